// The webhooks that were sent, every attempt with its answer.
import { button, el, empty, pill, statusPill } from "./element.js";
import { block, inline, valueBlock } from "./recorded.js";
import { attempt } from "./say.js";

export const title = "Deliveries";
const LOOK_MS = 2000;

export async function open({ world, signal }) {
  const list = el("div", { class: "stack" });
  let before = "";
  const look = async () => {
    const found = await world.call("deliveries.list");
    const now = JSON.stringify(found);
    if (now !== before) list.replaceChildren(...drawn(found, world, look)); // else what is unfolded stays so
    before = now;
  };
  await look();
  const timer = setInterval(() => document.hidden || look().catch(() => {}), LOOK_MS);
  signal.addEventListener("abort", () => clearInterval(timer));
  const settle = button("Do all that is due now", async () => {
    await attempt(() => world.call("deliveries.settle"), "Nothing is left to wait for.");
    await attempt(look);
  });
  return el("div", {}, el("div", { class: "bar" }, settle), list);
}

function drawn(found, world, look) {
  if (!found.length)
    return [
      empty(
        "No webhook was sent. Set a target on the panel Settings or in a request, then let something happen on the panel Events.",
      ),
    ];
  return found.map((delivery) => one(delivery, world, look));
}

function one(delivery, world, look) {
  const resend = async () => {
    await attempt(
      () => world.call("deliveries.resend", { delivery_id: delivery.delivery_id }),
      "It is sent once more.",
    );
    await attempt(look);
  };
  return el(
    "article",
    { class: "card" },
    el(
      "h2",
      { class: "line" },
      pill(delivery.state.replaceAll("_", " "), delivery.state),
      " ",
      `${delivery.vendor} ${delivery.webhook}`,
      " ",
      el("small", {}, delivery.delivery_id),
    ),
    el(
      "p",
      {},
      inline(delivery.url),
      el(
        "small",
        {},
        ` made ${delivery.created_at}${delivery.state === "waiting" ? `, due ${delivery.due_at}` : ""}`,
      ),
    ),
    el("ol", { class: "items" }, delivery.attempts.map(attemptRow)),
    el("details", {}, el("summary", {}, "Body"), valueBlock(delivery.body, "Body of the webhook")),
    el(
      "div",
      { class: "actions" },
      button("Send it once more", resend, { "aria-label": `Send ${delivery.delivery_id} once more` }),
    ),
  );
}

function attemptRow({ at, elapsed_ms: elapsed, status, answer, problem, headers }) {
  return el(
    "li",
    {},
    el(
      "div",
      {},
      status === null ? pill("failed", "status5") : statusPill(status),
      " ",
      el("small", {}, `${at} · ${elapsed} ms`),
      " ",
      problem && inline(problem),
    ),
    el(
      "details",
      {},
      el("summary", {}, "Headers and answer"),
      valueBlock(Object.fromEntries(headers), "Headers of the attempt"),
      answer ? block(answer, "Answer of the receiver") : empty("No body came back."),
    ),
  );
}
