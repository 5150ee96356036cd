// The journal as it grows, and beside it the entry that was chosen.
import { el, empty, button, statusPill } from "./element.js";
import { showEntry } from "./entry.js";
import { Form } from "./form.js";
import { inline } from "./recorded.js";
import { attempt, say } from "./say.js";

export const title = "Journal";
const SHOWN = 300; // rows; the server keeps more
const FIRST = 100;
const AGAIN_MS = 1000;
const FILTERS = ["vendor", "operation", "status", "refused"]; // those in front; all others stand behind "More"

let view;

export async function open({ api, world, signal, rest }) {
  view = new Journal(api, world, signal);
  await view.start(rest[0]);
  return view.element;
}

/** Choose another entry without reading the journal anew. */
export function move(rest) {
  view.choose(rest[0]);
}

class Journal {
  constructor(api, world, signal) {
    Object.assign(this, { api, world, signal, filters: {}, newest: "req-0", paused: false });
    this.rows = el("tbody");
    this.none = empty(
      "Nothing was received yet. Send a request to one of the base URLs on the panel ",
      el("a", { href: world.address("sandboxes") }, "Sandboxes"),
      ".",
    );
    this.state = el("span", { class: "live", role: "status" });
    this.entry = el("article", { class: "entry", "aria-label": "The chosen request" });
    this.pauseButton = button("Pause", () => this.pause(), { "aria-pressed": "false" });
    this.element = el(
      "div",
      { class: "journal" },
      el(
        "div",
        { class: "list" },
        el(
          "div",
          { class: "bar" },
          this.state,
          this.pauseButton,
          button("Empty the journal", () => this.empty()),
        ),
        this.filterForm(),
        el(
          "table",
          { class: "requests" },
          el(
            "thead",
            {},
            el(
              "tr",
              {},
              ["Time", "Request", "Status", "Why"].map((name) => el("th", { scope: "col" }, name)),
            ),
          ),
          this.rows,
        ),
        this.none,
      ),
      this.entry,
    );
  }

  filterForm() {
    const schema = this.api.querySchema("requests.stream");
    const operations = (values) =>
      this.world.vendors
        .filter(({ name }) => [undefined, name].includes(values.vendor))
        .flatMap(({ operations: all }) => all.map(({ id }) => [id, id]));
    const form = new Form(schema, this.api.document, {
      leaveOut: ["after"],
      behind: Object.keys(schema.properties).filter((name) => !FILTERS.includes(name)),
      choices: { vendor: () => this.world.vendors.map(({ name }) => [name, name]), operation: operations },
      changed: (values) => values && this.filter(values),
      sent: (values) => this.filter(values),
    });
    return el("details", { class: "filters" }, el("summary", {}, "Filter"), form.element);
  }

  async start(chosen) {
    await this.read();
    this.choose(chosen);
    this.signal.addEventListener("abort", () => this.following?.abort());
  }

  /** Read the newest entries, then follow what comes. */
  async read() {
    this.following?.abort();
    this.following = new AbortController();
    const { signal } = this.following;
    const entries = await this.world.call("requests.list", { ...this.filters, limit: FIRST });
    this.newest = entries[0]?.request_id ?? "req-0";
    this.rows.replaceChildren(...entries.map((entry) => this.row(entry)));
    this.mark();
    if (!this.paused) this.follow(signal);
    else this.state.textContent = "paused";
  }

  async follow(signal) {
    while (!signal.aborted) {
      this.state.textContent = "live";
      try {
        for await (const entry of this.api.stream(
          "requests.stream",
          { sandbox_id: this.world.id, ...this.filters, after: this.newest },
          signal,
        )) {
          if (entry === null) return (this.state.textContent = "this sandbox is gone");
          this.newest = entry.request_id;
          this.rows.prepend(this.row(entry));
          while (this.rows.children.length > SHOWN) this.rows.lastChild.remove();
          this.mark();
        }
      } catch (problem) {
        if (problem.name === "AbortError" || signal.aborted) return;
        this.state.textContent = problem.status ? problem.message : "no server, trying again";
        if (problem.status) return;
      }
      await new Promise((wake) => setTimeout(wake, AGAIN_MS));
    }
  }

  async pause() {
    this.paused = !this.paused;
    this.pauseButton.setAttribute("aria-pressed", String(this.paused));
    this.pauseButton.textContent = this.paused ? "Go on" : "Pause";
    if (this.paused) {
      this.following.abort();
      this.state.textContent = "paused";
    } else await attempt(() => this.read());
  }

  async filter(values) {
    this.filters = values;
    await attempt(() => this.read());
  }

  async empty() {
    await attempt(() => this.world.call("requests.clear"), "The journal is empty.");
    await attempt(() => this.read());
  }

  row(entry) {
    const address = this.world.address("journal", entry.request_id);
    const reason = reasonOf(entry);
    return el(
      "tr",
      { id: entry.request_id },
      el(
        "td",
        { class: "when" },
        el("time", { datetime: entry.at, title: entry.at }, entry.at.slice(11, 19)),
      ),
      el(
        "td",
        { class: "what" },
        el("a", { href: address }, el("b", {}, entry.method), " ", ...inline(entry.path).childNodes),
        el("small", {}, `${entry.vendor} ${entry.operation ?? "no operation"}`),
      ),
      el("td", {}, statusPill(entry.status)),
      el("td", { class: entry.refused_by ? "why" : "why calm" }, reason.replaceAll("_", " ")),
    );
  }

  /** Show an entry beside the list. */
  async choose(requestId) {
    this.chosen = requestId;
    this.mark();
    this.element.classList.toggle("chosen", Boolean(requestId));
    if (!requestId)
      return this.entry.replaceChildren(
        empty("Choose a request to see what was sent, what was checked, and why."),
      );
    try {
      const entry = await this.world.call("requests.show", { request_id: requestId });
      if (this.chosen === requestId) this.entry.replaceChildren(...showEntry(entry, this.world));
    } catch (problem) {
      this.entry.replaceChildren(empty(problem.message));
      say(problem.message, "wrong");
    }
  }

  mark() {
    this.none.hidden = this.rows.children.length > 0;
    this.rows.querySelector("[aria-selected]")?.removeAttribute("aria-selected");
    // found among the rows, not in the page: at the start they are not part of it yet
    if (this.chosen) this.rows.children.namedItem(this.chosen)?.setAttribute("aria-selected", "true");
  }
}

/** Say in a word why an entry is worth a look: the mistake, else the check that failed. */
function reasonOf({ injected, explanation, refused_by: check, unread }) {
  if (injected) return "on demand";
  return explanation?.likely_mistake?.name ?? check ?? (unread.length ? "unread fields" : "");
}
