// What this sandbox can set, vendor by vendor.
import { el, section } from "./element.js";
import { Form } from "./form.js";
import { attempt } from "./say.js";

export const title = "Settings";

export async function open({ api, world }) {
  const [schemas, values] = await Promise.all([api.call("settings.list"), world.call("settings.show")]);
  return el(
    "div",
    { class: "stack" },
    world.vendors.map(({ name, title: full }) => {
      const sent = (filled) => save(world, name, schemas[name], filled);
      const form = new Form(schemas[name], schemas[name], {
        submit: `Save the settings of ${full}`,
        start: values[name],
        sent,
      });
      return section(full, form.element);
    }),
  );
}

/** A field that was emptied means "not set", where the setting can be that. */
async function save(world, vendor, schema, filled) {
  const all = Object.fromEntries(
    Object.entries(schema.properties).map(([name, part]) => [
      name,
      filled[name] ?? (mayBeNull(part) ? null : undefined),
    ]),
  );
  await attempt(() => world.call("settings.change", {}, { [vendor]: all }), "The settings are saved.");
}

function mayBeNull(schema) {
  return (schema.anyOf ?? []).some((option) => option.type === "null");
}
