// The clock of the sandbox: one for every check, exam state, webhook and date.
import { button, el, section } from "./element.js";
import { Form } from "./form.js";
import { attempt } from "./say.js";
import { resolved } from "./schema.js";

export const title = "Clock";
const STEPS = [
  ["30 s", 30],
  ["5 min", 300],
  ["1 h", 3600],
  ["24 h", 86_400],
  ["25 h", 90_000],
];

export async function open({ api, world }) {
  const face = el("p", { class: "face" });
  const show = (clock) => {
    world.showClock(clock);
    face.replaceChildren(el("b", {}, clock.now.replace("T", " ").replace("Z", " UTC")), ` ${clock.mode}`);
  };
  const change = async (control, body, done) => {
    const clock = await attempt(() => world.call(control, {}, body), done);
    if (clock) show(clock);
  };
  const by = (sign) =>
    STEPS.map(([label, seconds]) =>
      button(`${sign}${label}`, () =>
        change("clock.advance", { seconds: sign === "+" ? seconds : -seconds }, `Moved by ${sign}${label}.`),
      ),
    );
  const set = new Form(resolved(api.bodySchema("clock.set"), api.document), api.document, {
    submit: "Set the clock",
    sent: (values) => change("clock.set", values, "The clock is set."),
  });
  const step = new Form(resolved(api.bodySchema("clock.advance"), api.document), api.document, {
    submit: "Move",
    sent: (values) => change("clock.advance", values, "The clock is moved."),
  });
  show(await world.call("clock.show"));
  return el(
    "div",
    { class: "columns" },
    el(
      "div",
      {},
      section(
        "Now",
        face,
        el(
          "div",
          { class: "actions" },
          button("Freeze", () => change("clock.set", { mode: "frozen" }, "The clock stands still.")),
          button("Let it be real", () =>
            change("clock.set", { mode: "real" }, "The clock is that of the machine."),
          ),
        ),
        el("h3", {}, "Forward"),
        el("div", { class: "actions" }, by("+")),
        el("h3", {}, "Back"),
        el("div", { class: "actions" }, by("−")),
      ),
      el(
        "p",
        { class: "about" },
        "Nonce memory, timestamp window, token expiry, exam states, webhook retries and the header Date all obey this clock.",
      ),
    ),
    el("div", {}, section("Set it", set.element), section("Move it by seconds", step.element)),
  );
}
