// Sandboxes: this one with its credentials, its saved states, and making others.
import { copyButton } from "./copy.js";
import { button, el, empty, section } from "./element.js";
import { Form } from "./form.js";
import { attempt } from "./say.js";
import { resolved } from "./schema.js";
import { snapshots } from "./snapshots.js";

export const title = "Sandboxes";

export async function open(context) {
  const { world } = context;
  await world.readSandboxes();
  const sandbox = await world.call("sandboxes.show");
  const place = el("div");
  const redraw = async () => place.replaceChildren(await snapshots(context, redraw));
  await redraw();
  return el(
    "div",
    { class: "columns" },
    el("div", {}, credentials(sandbox, world), removal(sandbox, context)),
    el("div", {}, making(context), place, carrying(sandbox, context)),
  );
}

function credentials(sandbox, world) {
  return el(
    "div",
    {},
    world.vendors.map(({ name, title: full }) =>
      section(
        full,
        el(
          "dl",
          { class: "credentials" },
          Object.entries(sandbox.credentials[name]).map(([key, value]) => [
            el("dt", {}, key.replaceAll("_", " ")),
            el(
              "dd",
              {},
              el("code", {}, value),
              copyButton(value, `the ${key.replaceAll("_", " ")} of ${name}`),
            ),
          ]),
        ),
      ),
    ),
  );
}

function making({ api, world }) {
  const form = new Form(resolved(api.bodySchema("sandboxes.create"), api.document), api.document, {
    submit: "Make a sandbox",
    start: { seed: true },
    sent: async (values) => {
      const made = await attempt(() => api.call("sandboxes.create", {}, values), "The sandbox is made.");
      if (!made) return;
      await world.readSandboxes();
      visit(made.id);
    },
  });
  return section("A new one", form.element);
}

function removal(sandbox, { world }) {
  const reset = button("Reset to its seed", () =>
    attempt(() => world.call("sandboxes.reset"), "Back to the seed; nonces and journal are empty."),
  );
  const remove = button(
    "Remove it",
    async () => {
      if (!confirm(`Remove the sandbox ${sandbox.name} with all that belongs to it?`)) return;
      if ((await attempt(() => world.remove(), "The sandbox is removed.")) === undefined) return;
      await world.readSandboxes();
      visit("default");
    },
    { class: "danger" },
  );
  return section(
    "This sandbox",
    el(
      "p",
      {},
      `Made ${sandbox.created_at}, `,
      sandbox.expires_at ? `removed by itself ${sandbox.expires_at}.` : "kept until it is removed.",
    ),
    el("div", { class: "actions" }, reset, sandbox.id !== "default" && remove),
  );
}

function carrying(sandbox, { api, world }) {
  const file = el("input", { type: "file", id: "world-file", accept: ".json,application/json" });
  file.addEventListener("change", async () => {
    const made = await attempt(
      async () => api.call("sandboxes.import", {}, JSON.parse(await file.files[0].text())),
      "The world is here, as a sandbox of its own.",
    );
    if (!made) return;
    await world.readSandboxes();
    visit(made.id);
  });
  const save = button("Save as a file", () =>
    attempt(async () => download(`${sandbox.id}.json`, await world.call("sandboxes.export"))),
  );
  return section(
    "Carry it to another server",
    el("div", { class: "actions" }, save),
    el("div", { class: "field" }, el("label", { for: "world-file" }, "Make a sandbox from a file"), file),
  );
}

function visit(id) {
  location.hash = `#/${encodeURIComponent(id)}/sandboxes`;
}

function download(name, value) {
  const link = el("a", {
    href: URL.createObjectURL(new Blob([JSON.stringify(value)], { type: "application/json" })),
    download: name,
  });
  link.click();
  URL.revokeObjectURL(link.href);
}
