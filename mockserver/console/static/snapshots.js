// Saved worlds of the sandbox: save, put back, forget.
import { button, el, empty, section } from "./element.js";
import { Form } from "./form.js";
import { attempt } from "./say.js";
import { resolved } from "./schema.js";

/** Return the list of saved worlds; `redraw` is called when it has changed. */
export async function snapshots({ api, world }, redraw) {
  const saved = await world.call("snapshots.list");
  const act = (control, name, done) => async () => {
    await attempt(() => world.call(control, { name }), done);
    await redraw();
  };
  const form = new Form(resolved(api.bodySchema("snapshots.create"), api.document), api.document, {
    submit: "Save this world",
    sent: async (values) => {
      await attempt(() => world.call("snapshots.create", {}, values), "Saved.");
      await redraw();
    },
  });
  const list = el(
    "ul",
    { class: "items" },
    saved.map(({ name, taken_at: at }) =>
      el(
        "li",
        {},
        el(
          "div",
          { class: "row" },
          el("span", {}, el("b", {}, name), " ", el("small", {}, at)),
          el(
            "span",
            { class: "actions" },
            button("Put back", act("snapshots.restore", name, "The saved world is back.")),
            button("Forget", act("snapshots.remove", name, "Forgotten.")),
          ),
        ),
      ),
    ),
  );
  return section(
    "Saved worlds",
    saved.length ? list : empty("None yet. A saved world holds rows, nonces, faults, clock and settings."),
    form.element,
  );
}
