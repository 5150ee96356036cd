// Forms made from the schemas that the server declares: a new field of a control appears here by itself.
import { el } from "./element.js";
import { choicesOf, isNumber, isText, resolved, takesText } from "./schema.js";

let made = 0;

/**
 * A form for the properties of an object schema.
 *
 * `root` holds the definitions that the schema refers to. `leaveOut` names properties that are not asked for,
 * `behind` those that stand behind "More". `choices` offers values: name → (values so far) → [[value, label]].
 */
export class Form {
  constructor(
    schema,
    root,
    { choices = {}, leaveOut = [], behind = [], start = {}, submit, sent, changed } = {},
  ) {
    this.fields = Object.entries(schema.properties ?? {})
      .filter(([name]) => !leaveOut.includes(name))
      .map(
        ([name, part]) =>
          new Field(
            name,
            resolved(part, root),
            (schema.required ?? []).includes(name),
            choices[name],
            start[name],
          ),
      );
    const more = this.fields.filter((field) => behind.includes(field.name));
    this.element = el(
      "form",
      { class: "form", novalidate: true },
      this.fields.filter((field) => !more.includes(field)).map((field) => field.element),
      more.length > 0 &&
        el(
          "details",
          { class: "wide" },
          el("summary", {}, "More"),
          el(
            "div",
            { class: "form" },
            more.map((field) => field.element),
          ),
        ),
      submit && el("div", { class: "actions" }, el("button", { class: "main" }, submit)),
    );
    this.element.addEventListener("submit", async (event) => {
      event.preventDefault();
      const values = this.read();
      if (values && sent) await sent(values);
    });
    this.element.addEventListener("change", () => {
      this.#offer();
      changed?.(this.read());
    });
    this.#offer();
  }

  /** Return the values that were filled in, null where one cannot be read; the field then says why. */
  read() {
    const values = {};
    let readable = true;
    for (const field of this.fields) {
      const value = field.read();
      if (field.problem) readable = false;
      else if (value !== undefined) values[field.name] = value;
    }
    return readable ? values : null;
  }

  #offer() {
    const values = Object.fromEntries(this.fields.map((field) => [field.name, field.read()]));
    for (const field of this.fields) field.offer(values);
  }
}

class Field {
  constructor(name, schema, required, choices, start) {
    Object.assign(this, { name, schema, choices, problem: "" });
    const id = `field-${(made += 1)}`;
    this.input = this.#input(id, required);
    this.hint = el("small", { id: `${id}-hint` }, schema.description ?? "");
    this.input.setAttribute("aria-describedby", `${id}-hint`);
    this.element = el(
      "div",
      { class: this.#isLong() ? "field wide" : "field" },
      el("label", { for: id }, name.replaceAll("_", " ")),
      this.input,
      this.hint,
    );
    if (start !== undefined && start !== null && !(choices || choicesOf(schema)))
      this.input.value = typeof start === "string" ? start : JSON.stringify(start);
    this.start = start ?? schema.default ?? undefined;
  }

  /** Offer the values that fit what else was filled in. */
  offer(values) {
    const offered = this.choices
      ? this.choices(values)
      : choicesOf(this.schema)?.map((value) => [value, String(value)]);
    if (!offered) return;
    const before = this.input.options.length ? this.input.value : JSON.stringify(this.start);
    const fixed = this.schema.const !== undefined;
    this.input.replaceChildren(
      ...(fixed ? [] : [el("option", { value: "" }, offered.length ? "–" : "– none –")]),
      ...offered.map(([value, label]) => el("option", { value: JSON.stringify(value) }, label)),
    );
    this.input.value = [...this.input.options].some((option) => option.value === before)
      ? before
      : this.input.options[0].value;
  }

  /** Return the value, undefined where nothing was filled in. */
  read() {
    this.problem = "";
    const text = this.input.value;
    let value;
    if (text !== "") value = this.#value(text);
    this.input.toggleAttribute("aria-invalid", Boolean(this.problem));
    this.hint.textContent = this.problem || (this.schema.description ?? "");
    return value;
  }

  #value(text) {
    if (this.input.tagName === "SELECT") return JSON.parse(text);
    if (isText(this.schema)) return text;
    if (takesText(this.schema)) return /^\d+$/.test(text) ? Number(text) : text;
    try {
      return JSON.parse(text);
    } catch {
      this.problem = isNumber(this.schema)
        ? "This is not a number."
        : "This is not JSON: texts stand in double quotes.";
      return undefined;
    }
  }

  #input(id, required) {
    const properties = { id, name: this.name, required, autocomplete: "off", spellcheck: "false" };
    if (this.choices || choicesOf(this.schema)) return el("select", properties);
    if (this.#isLong()) return el("textarea", { ...properties, rows: "2" });
    const inputmode = isNumber(this.schema) ? "decimal" : undefined;
    const placeholder = this.schema.format === "date-time" ? "2026-11-21T09:30:00Z" : undefined;
    return el("input", { ...properties, type: "text", inputmode, placeholder });
  }

  #isLong() {
    return (
      ["array", "object"].includes(this.schema.type) ||
      !(
        this.choices ||
        choicesOf(this.schema) ||
        isText(this.schema) ||
        isNumber(this.schema) ||
        takesText(this.schema)
      )
    );
  }
}
