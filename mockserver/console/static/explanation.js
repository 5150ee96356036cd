// Why a request was refused: the likely mistake, the checks in order, and the facts of the one that failed.
import { copyButton } from "./copy.js";
import { el, section } from "./element.js";
import { block, inline, valueBlock } from "./recorded.js";

const LATEST_MS = Date.UTC(10000, 0) - 1; // as `LATEST_MS` of the server's clock

/** Return the parts of the view of an explanation; `checks` are the access checks of the vendor, in order. */
export function showExplanation(explanation, checks, world) {
  const { check, reason, passed, likely_mistake: mistake, facts } = explanation;
  const { strings_to_sign: texts = {}, statements = [], ...others } = facts;
  return el(
    "div",
    { class: "explanation" },
    mistake ? likely(mistake) : checks.includes(check) && unknown(), // the answer itself tells of all others
    section(
      "Checks",
      el(
        "ol",
        { class: "checks" },
        inOrder(checks, check).map((name) => one(name, name === check, passed.includes(name), reason)),
      ),
    ),
    Object.entries(texts).map(([name, text]) =>
      section(
        `String to sign${Object.keys(texts).length > 1 ? ` (URL ids ${name})` : ""}`,
        block(text, "String to sign"),
        copyButton(text, "the string to sign"),
      ),
    ),
    Object.keys(others).length > 0 && section("Facts", listed(others)),
    statements.length > 0 && section("Statements behind it", linked(statements, world)),
  );
}

function likely(mistake) {
  return el(
    "div",
    { class: "mistake", role: "note" },
    el("h3", {}, "Likely mistake: ", inline(mistake.name)),
    el("p", {}, ...inline(mistake.remedy).childNodes),
  );
}

function unknown() {
  return el(
    "div",
    { class: "mistake unknown", role: "note" },
    el("h3", {}, "No known mistake fits"),
    el("p", {}, "The facts below are all that the server saw."),
  );
}

function linked(statements, world) {
  return el(
    "ul",
    { class: "chips" },
    statements.map((id) =>
      el("li", {}, el("a", { href: world.address("statements", id) }, el("code", {}, id))),
    ),
  );
}

/** The checks of the vendor; one that comes behind them, such as that of the fields, is the last. */
function inOrder(checks, failed) {
  return checks.includes(failed) ? checks : [...checks, failed];
}

function one(name, failed, passed, reason) {
  const state = failed ? "failed" : passed ? "passed" : "not reached";
  return el(
    "li",
    { class: state.replace(" ", "-") },
    el("b", {}, name.replaceAll("_", " ")),
    " ",
    el("span", {}, failed ? reason : state),
  );
}

function listed(facts) {
  return el(
    "dl",
    { class: "facts" },
    Object.entries(facts).map(([name, value]) => [
      el("dt", {}, (isMoment(name, value) ? name.slice(0, -3) : name).replaceAll("_", " ")),
      el("dd", {}, isNested(value) ? valueBlock(value, name) : inline(plain(name, value))),
    ]),
  );
}

/** Tell whether a fact is a moment in milliseconds that a date can show. */
function isMoment(name, value) {
  return name.endsWith("_ms") && Number.isInteger(value) && value >= 0 && value <= LATEST_MS;
}

/** Tell whether a value needs more than a line. */
function isNested(value) {
  const parts = value !== null && typeof value === "object" ? Object.values(value) : [];
  return parts.length > 0 && (!Array.isArray(value) || parts.some((part) => typeof part === "object"));
}

function plain(name, value) {
  if (isMoment(name, value)) return new Date(value).toISOString();
  if (Array.isArray(value) && value.length) return value.join(", ");
  if (value === null || typeof value === "object") return "–";
  return value;
}
