// Why a request was refused: the likely mistake, the checks in order, and the facts of the one that failed.
import { copyButton } from "./copy.js";
import { el, section } from "./element.js";
import { block, inline, valueBlock } from "./recorded.js";

/** Return the parts of the view of an explanation; `checks` are those of the vendor, in order. */
export function showExplanation(explanation, checks) {
  const { check, reason, passed, likely_mistake: mistake, facts } = explanation;
  const { strings_to_sign: texts = {}, ...others } = facts;
  return el(
    "div",
    { class: "explanation" },
    mistake
      ? el(
          "div",
          { class: "mistake", role: "note" },
          el("h3", {}, "Likely mistake: ", inline(mistake.name)),
          el("p", {}, ...inline(mistake.remedy).childNodes),
        )
      : el(
          "div",
          { class: "mistake unknown", role: "note" },
          el("h3", {}, "No known mistake fits"),
          el("p", {}, "The facts below are all that the server saw."),
        ),
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
    section("Facts", listed(others)),
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
      el("dt", {}, name.replaceAll("_", " ")),
      el("dd", {}, isNested(value) ? valueBlock(value, name) : inline(plain(value))),
    ]),
  );
}

/** Tell whether a value needs more than a line. */
function isNested(value) {
  const parts = value !== null && typeof value === "object" ? Object.values(value) : [];
  return parts.length > 0 && (!Array.isArray(value) || parts.some((part) => typeof part === "object"));
}

function plain(value) {
  if (Array.isArray(value) && value.length) return value.join(", ");
  if (value === null || typeof value === "object") return "–";
  return value;
}
