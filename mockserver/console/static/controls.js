// Every control that the server declares, with a form made from its declaration.
import { el, empty, section } from "./element.js";
import { Form } from "./form.js";
import { valueBlock } from "./recorded.js";
import { attempt } from "./say.js";
import { resolved } from "./schema.js";

export const title = "All controls";
const ENDLESS = "text/event-stream";

export async function open({ api, world }) {
  const names = [...api.controls.values()]
    .filter((control) => !Object.values(control.responses).some((answer) => answer.content?.[ENDLESS]))
    .map(({ name }) => name);
  const result = el("div");
  const place = el("div");
  const about = el("p", { class: "about" });
  const choice = el(
    "select",
    { id: "control", onchange: () => draw() },
    names.map((name) => el("option", {}, name)),
  );
  const draw = () => {
    const control = api.control(choice.value);
    about.replaceChildren(control.summary, " ", el("code", {}, `${control.method} /__admin${control.path}`));
    result.replaceChildren(empty("What the server answers is shown here."));
    place.replaceChildren(formOf(control, api, world, result).element);
  };
  draw();
  return el(
    "div",
    { class: "columns" },
    section(
      "Control",
      el("div", { class: "field" }, el("label", { for: "control" }, "Name"), choice),
      about,
      place,
    ),
    section("Answer", result),
  );
}

function formOf(control, api, world, result) {
  const addressed = (control.parameters ?? []).map(({ name, schema, description, required }) => [
    name,
    { description, ...schema },
    required,
  ]);
  const body = api.bodySchema(control.name);
  const schema = {
    properties: {
      ...Object.fromEntries(addressed),
      ...(body ? { body: { type: "object", description: fieldsOf(body, api.document) } } : {}),
    },
    required: addressed.filter(([, , required]) => required).map(([name]) => name),
  };
  return new Form(schema, api.document, {
    submit: "Call",
    start: { sandbox_id: world.id, ...(body ? { body: "{}" } : {}) },
    sent: async ({ body: sent, ...values }) => {
      const missing = schema.required.find((name) => values[name] === undefined);
      if (missing) return result.replaceChildren(empty(`Fill in ${missing}.`));
      const answer = await attempt(() => api.call(control.name, values, sent), "Done.");
      result.replaceChildren(
        ...(answer === undefined
          ? []
          : [
              answer === null
                ? empty("Done; there is no more to say.")
                : valueBlock(answer, "Answer of the control"),
            ]),
      );
    },
  });
}

/** Name the fields of a body; of alternatives those of them all. */
function fieldsOf(schema, root) {
  const parts = [schema, ...(schema.oneOf ?? []), ...(schema.anyOf ?? [])].map(
    (part) => resolved(part, root).properties ?? {},
  );
  const names = [...new Set(parts.flatMap(Object.keys))];
  return names.length ? `JSON with ${names.join(", ")}` : "JSON";
}
