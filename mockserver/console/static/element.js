// Elements are made of names and texts. Nothing in this console ever reads markup: what a client sent is text.

/** Make an element; properties that begin with "on" are listeners, all others are attributes. */
export function el(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(
    ...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false),
  );
  return made;
}

/** Make a button that does something; while it does, it cannot be pressed again. */
export function button(label, action, properties = {}) {
  const made = el("button", { type: "button", ...properties }, label);
  made.addEventListener("click", async () => {
    made.disabled = true;
    try {
      await action();
    } finally {
      made.disabled = false;
    }
  });
  return made;
}

/** A part of a panel under a heading. */
export function section(title, ...children) {
  return el("section", {}, el("h2", {}, title), ...children);
}

/** What stands where there is nothing to show yet. */
export function empty(...children) {
  return el("p", { class: "empty" }, ...children);
}

/** A coloured word: a status, a state, a level of evidence. */
export function pill(word, kind = "") {
  return el("span", { class: `pill ${kind}`.trim() }, String(word));
}

/** The colour of an HTTP status; 0 stands for a connection that was closed without an answer. */
export function statusPill(status) {
  return pill(status === 0 ? "no answer" : status, `status${String(status)[0]}`);
}
