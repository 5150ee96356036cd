// The numbered statements of the vendors' pages behind each behaviour.
import { el, empty, pill } from "./element.js";

export const title = "Statements";
const SHOWN = 200;

/** `rest` may begin with words to search for. */
export async function open({ api, world, rest }) {
  const all = await api.call("statements.list");
  const search = el("input", {
    id: "search",
    type: "search",
    placeholder: "PE-058, nonce, reports.get",
    autocomplete: "off",
    value: rest[0],
  });
  const vendor = el(
    "select",
    { id: "of" },
    el("option", { value: "" }, "All vendors"),
    world.vendors.map(({ name, title: full }) => el("option", { value: name }, full)),
  );
  const evidence = el(
    "select",
    { id: "evidence" },
    el("option", { value: "" }, "Any evidence"),
    api
      .querySchema("statements.list")
      .properties.evidence.anyOf[0].enum.map((level) => el("option", {}, level)),
  );
  const rows = el("tbody");
  const count = el("p", { class: "about", role: "status" });
  const draw = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const found = all.filter(
      (statement) =>
        (!vendor.value || statement.vendor === vendor.value) &&
        (!evidence.value || statement.evidence === evidence.value) &&
        words.every((word) =>
          `${statement.id} ${statement.text} ${statement.source} ${statement.applies_to}`
            .toLowerCase()
            .includes(word),
        ),
    );
    count.textContent = `${found.length} of ${all.length}${found.length > SHOWN ? `, the first ${SHOWN} are shown` : ""}`;
    rows.replaceChildren(
      ...(found.length
        ? found.slice(0, SHOWN).map(row)
        : [el("tr", {}, el("td", { colspan: "4" }, empty("No statement holds all of these words.")))]),
    );
  };
  for (const field of [search, vendor, evidence]) field.addEventListener("input", draw);
  draw();
  return el(
    "div",
    {},
    el(
      "div",
      { class: "bar" },
      labelled("search", "Search", search),
      labelled("of", "Vendor", vendor),
      labelled("evidence", "Evidence", evidence),
    ),
    count,
    el(
      "table",
      { class: "statements" },
      el(
        "thead",
        {},
        el(
          "tr",
          {},
          ["Id", "What holds", "Applies to", "Evidence"].map((name) => el("th", { scope: "col" }, name)),
        ),
      ),
      rows,
    ),
  );
}

function labelled(id, label, field) {
  return el("div", { class: "field" }, el("label", { for: id }, label), field);
}

function row({ id, text, applies_to: applies, evidence, source }) {
  return el(
    "tr",
    {},
    el("th", { scope: "row" }, el("code", {}, id)),
    el("td", {}, text, el("small", {}, [source].flat().join(", "))),
    el("td", {}, el("small", {}, [applies].flat().join(", "))),
    el("td", {}, pill(evidence, evidence)),
  );
}
