// What happens on a vendor's side: a candidate finishes, a proctor concludes, a warning is raised.
import { el, empty, section } from "./element.js";
import { Form } from "./form.js";
import { valueBlock } from "./recorded.js";
import { attempt } from "./say.js";
import { resolved } from "./schema.js";

export const title = "Events";

export async function open({ api, world }) {
  const declared = await world.call("events.list");
  if (!declared.length) return empty("No vendor of this server has events.");
  const place = el("div");
  const result = el(
    "div",
    {},
    empty("What came of it is shown here; webhooks that it causes are on the panel Deliveries."),
  );
  const choice = el(
    "select",
    { id: "event", onchange: () => draw() },
    declared.map(({ vendor, event, summary }, index) =>
      el("option", { value: index }, `${vendor}: ${event.replaceAll("_", " ")} – ${summary}`),
    ),
  );
  const later = resolved(api.bodySchema("events.create"), api.document).properties.after_seconds;
  const draw = () => {
    const { vendor, event, schema } = declared[choice.value];
    const fields = { ...schema, properties: { ...schema.properties, after_seconds: later } };
    const form = new Form(fields, schema, {
      behind: ["deliveries", "after_seconds"],
      submit: "Let it happen",
      sent: async (values) => {
        const happened = await attempt(
          () => world.call("events.create", {}, { vendor, event, ...values }),
          "It happened.",
        );
        if (happened) result.replaceChildren(valueBlock(happened, "What came of it"));
      },
    });
    place.replaceChildren(form.element);
  };
  draw();
  return el(
    "div",
    { class: "columns" },
    section(
      "Let something happen",
      el("div", { class: "field wide" }, el("label", { for: "event" }, "Event"), choice),
      place,
    ),
    section("Result", result),
  );
}
