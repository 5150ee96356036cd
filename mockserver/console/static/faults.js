// Errors on demand: the rules of this sandbox, and a form for each kind that the server declares.
import { button, el, empty, pill, section } from "./element.js";
import { Form } from "./form.js";
import { attempt } from "./say.js";
import { resolved } from "./schema.js";

export const title = "Faults";
const IN_FRONT = ["fault", "vendor", "operation", "code", "times"];

export async function open({ api, world }) {
  const list = el("div");
  const redraw = async () => list.replaceChildren(...listed(await world.call("faults.list"), world, redraw));
  await redraw();
  return el("div", { class: "columns" }, el("div", {}, list), el("div", {}, adding(api, world, redraw)));
}

function listed(faults, world, redraw) {
  const act = (control, values, done) => async () => {
    await attempt(() => world.call(control, values), done);
    await redraw();
  };
  if (!faults.length)
    return [
      section(
        "Armed",
        empty("Nothing shall go wrong here. Every fault that you add strikes real requests of this sandbox."),
      ),
    ];
  const rows = faults.map(({ id, fault, remaining, asked, struck, armed_by: by, ...rule }) => {
    const left = remaining === null ? "" : `, ${remaining} left`;
    const remove = act("faults.remove", { fault_id: id }, "The fault is removed.");
    return el(
      "li",
      {},
      el(
        "div",
        { class: "row" },
        el("span", {}, pill(fault.replaceAll("_", " ")), " ", el("code", {}, inWords(rule))),
        button("Remove", remove, { "aria-label": `Remove the fault ${id}` }),
      ),
      el("small", {}, `asked ${asked}, struck ${struck}${left}, armed by ${by.replaceAll("_", " ")}`),
    );
  });
  return [
    section(
      "Armed",
      el("ol", { class: "items" }, rows),
      button("Remove all", act("faults.clear", {}, "No fault is left."), { class: "danger" }),
    ),
  ];
}

function inWords({ variant, delay_ms: delay, ...rule }) {
  const all = { ...rule, ...(variant > 1 ? { variant } : {}), ...(delay ? { delay_ms: delay } : {}) };
  const words = Object.entries(all).map(([name, value]) => `${name}=${value}`);
  return words.join(" ") || "every request";
}

function adding(api, world, redraw) {
  const { mapping } = api.bodySchema("faults.add").discriminator;
  const place = el("div");
  const kinds = el(
    "select",
    { id: "kind", onchange: () => draw() },
    Object.keys(mapping).map((name) => el("option", { value: name }, name.replaceAll("_", " "))),
  );
  const about = el("p", { class: "about" });
  const draw = () => {
    const schema = resolved({ $ref: mapping[kinds.value] }, api.document);
    about.textContent = schema.description?.split("\n\n").join(" ") ?? "";
    place.replaceChildren(formOf(schema, api, world, redraw).element);
  };
  draw();
  return section(
    "Add one",
    el("div", { class: "field" }, el("label", { for: "kind" }, "What goes wrong"), kinds),
    about,
    place,
  );
}

function formOf(schema, api, world, redraw) {
  const names = Object.keys(schema.properties);
  return new Form(schema, api.document, {
    leaveOut: ["fault", "variant"],
    behind: names.filter((name) => !IN_FRONT.includes(name) && !(schema.required ?? []).includes(name)),
    choices: {
      vendor: () => world.vendors.map(({ name, title: full }) => [name, full]),
      operation: (values) => operations(world, values).map(({ id, summary }) => [id, `${id} – ${summary}`]),
      ...(schema.properties.variant ? { code: (values) => errors(world, values) } : {}),
    },
    submit: "Add the fault",
    sent: async (values) => {
      const [code, variant] = String(values.code ?? "")
        .split("-")
        .map(Number);
      const body = {
        fault: schema.properties.fault.const,
        ...values,
        ...(code ? { code } : {}),
        ...(variant ? { variant } : {}),
      };
      await attempt(() => world.call("faults.add", {}, body), "The fault is armed.");
      await redraw();
    },
  });
}

function operations(world, { vendor }) {
  return world.vendors.filter(({ name }) => name === vendor).flatMap((one) => one.operations);
}

/** The documented errors of the chosen operation; those of a gateway are there for every one. */
function errors(world, values) {
  const documented = operations(world, values)
    .filter(({ id }) => id === values.operation)
    .flatMap((operation) => operation.errors);
  const gateway = [500, 502, 503, 504].filter((code) => !documented.some((error) => error.code === code));
  return [
    ...documented.map(({ name, when }) => [name, `${name} – ${when}`]),
    ...gateway.map((code) => [String(code), `${code} – as a gateway answers`]),
  ];
}
