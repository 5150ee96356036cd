// What clients sent and servers answered, shown so that nothing in it can pretend to be something else.
import { el } from "./element.js";

// Control characters, invisible ones, those that turn the direction of writing, and halves of characters.
const ODD =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufff9-\ufffc]|\p{Surrogate}/gu;

/** Return text as nodes, with every odd character written as its number. */
export function recorded(text) {
  const nodes = [];
  let end = 0;
  for (const match of text.matchAll(ODD)) {
    const code = match[0].codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
    nodes.push(
      text.slice(end, match.index),
      el("span", { class: "odd", title: "a character that cannot be seen" }, `U+${code}`),
    );
    end = match.index + match[0].length;
  }
  return [...nodes, text.slice(end)];
}

/** A block of recorded text, JSON indented where it is JSON. */
export function block(text, label) {
  return el("pre", { tabindex: "0", "aria-label": label }, el("code", {}, ...recorded(indented(text))));
}

/** A value of JSON as a block. */
export function valueBlock(value, label) {
  return block(typeof value === "string" ? value : JSON.stringify(value, null, 2), label);
}

/** Recorded text within a line. */
export function inline(text) {
  return el("code", {}, ...recorded(String(text)));
}

/** Indent JSON without reading it: numbers, escapes and doubled keys stay as they were sent. */
function indented(text) {
  if (!isJson(text)) return text;
  let depth = 0;
  let written = "";
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{},:]|[^\s[\]{},:"]+/g)) {
    const open = /[[{]$/.test(written);
    if ("]}".includes(token)) written += `${open ? "" : line((depth -= 1))}${token}`;
    else
      written += `${open ? line(depth) : ""}${token}${token === "," ? line(depth) : token === ":" ? " " : ""}`;
    if ("[{".includes(token)) depth += 1;
    else if (open && "]}".includes(token)) depth -= 1;
  }
  return written;
}

function line(depth) {
  return `\n${"  ".repeat(depth)}`;
}

function isJson(text) {
  try {
    return typeof JSON.parse(text) === "object";
  } catch {
    return false;
  }
}
