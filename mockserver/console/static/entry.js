// One request: why it was refused, what was sent, what was answered.
import { copyButton } from "./copy.js";
import { curlOf } from "./curl.js";
import { button, el, empty, section, statusPill } from "./element.js";
import { showExplanation } from "./explanation.js";
import { block, inline, valueBlock } from "./recorded.js";
import { attempt } from "./say.js";

/** Return the parts of the view of an entry. */
export function showEntry(entry, world) {
  const { request, answer } = entry;
  return [
    el("p", { class: "back" }, el("a", { href: world.address("journal") }, "← All requests")),
    el(
      "h2",
      { class: "line" },
      el("b", {}, entry.method),
      " ",
      inline(entry.path),
      " ",
      statusPill(entry.status),
    ),
    el("p", { class: "about" }, about(entry)),
    el(
      "div",
      { class: "actions" },
      button("Replay, signed anew", () => replay(entry, world)),
      copyButton(() => curlOf(entry, world), "the request as curl", "Copy as curl"),
      copyButton(() => JSON.stringify(entry, null, 2), "the entry as JSON", "Copy as JSON"),
    ),
    entry.injected && el("p", { class: "note" }, "An error on demand, ", ...whence(entry.injected), "."),
    entry.explanation && showExplanation(entry.explanation, checksOf(entry, world), world),
    entry.unread.length > 0 &&
      section(
        "Fields that nobody read",
        el(
          "p",
          {},
          "They were sent, and no part of the operation looks at them. Are they spelt as documented?",
        ),
        el(
          "ul",
          { class: "chips" },
          entry.unread.map((name) => el("li", {}, inline(name))),
        ),
      ),
    section(
      "Request",
      request.query && el("p", { class: "about" }, "Query ", inline(request.query)),
      headers(request.headers, "Headers of the request"),
      bodyOf(request.body, "Body of the request"),
    ),
    section(
      "Answer",
      headers([["content-type", answer.content_type], ...answer.headers], "Headers of the answer"),
      bodyOf(answer.body, "Body of the answer"),
    ),
    Object.keys(entry.notes).length > 0 &&
      !entry.explanation &&
      section("Noted by the checks", valueBlock(entry.notes, "Noted by the checks")),
  ].filter(Boolean);
}

function about(entry) {
  const parts = [
    entry.request_id,
    entry.at.replace("T", " ").replace("Z", " UTC"),
    `${entry.vendor} ${entry.operation ?? "(no operation)"}`,
  ];
  if (entry.duration_ms !== null && entry.duration_ms !== undefined) parts.push(`${entry.duration_ms} ms`);
  if (entry.request.peer) parts.push(`from ${entry.request.peer}`);
  return parts.join(" · ");
}

/** Say what asked for an error: one value or header of the request, or a rule that was armed. */
function whence({ by, fault, fault_id: id, code, place, unknown }) {
  const asked = unknown ? ", which the operation does not document" : "";
  if (by === "prefer") return ["asked for by ", inline(`Prefer: code=${code}`), asked];
  if (by === "magic_value") return ["asked for by the value of ", inline(place), asked];
  return ["by the fault ", inline(id), ` (${fault.replaceAll("_", " ")})`];
}

function checksOf(entry, world) {
  return world.vendors.find(({ name }) => name === entry.vendor)?.checks ?? [];
}

async function replay(entry, world) {
  const sent = await attempt(() => world.call("requests.replay", { request_id: entry.request_id }));
  if (sent) location.hash = world.address("journal", sent.request_id);
}

function headers(pairs, label) {
  return el(
    "table",
    { class: "headers", "aria-label": label },
    el(
      "tbody",
      {},
      pairs.map(([name, value]) =>
        el("tr", {}, el("th", { scope: "row" }, inline(name)), el("td", {}, inline(value))),
      ),
    ),
  );
}

function bodyOf(text, label) {
  return text ? block(text, label) : empty("No body.");
}
