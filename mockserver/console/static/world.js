// The chosen sandbox: its name and its time, at the top of every panel.
import { el } from "./element.js";

const LOOK_MS = 5000; // the clock may be moved by others, such as a test

/** The sandbox that all panels are about. */
export class World {
  constructor(api, place) {
    Object.assign(this, { api, id: "default", vendors: [], sandboxes: [], clock: null, readAt: 0 });
    Object.assign(this, { isLeaving: false, looking: null });
    this.select = el("select", {
      id: "sandbox",
      onchange: () => this.#picked(),
      onpointerenter: () => this.readSandboxes(), // tests make and remove them all the time
      onfocus: () => this.readSandboxes(),
    });
    this.time = el("a", { class: "time", title: "The clock of this sandbox" });
    place.replaceChildren(el("label", { for: "sandbox" }, "Sandbox"), this.select, this.time);
    this.timers = [
      setInterval(() => this.#tick(), 1000),
      setInterval(() => document.hidden || this.look(), LOOK_MS),
    ];
  }

  /** Read what does not change with a panel. */
  async open() {
    [this.vendors] = await Promise.all([this.api.call("vendors.list"), this.readSandboxes()]);
  }

  close() {
    this.timers.forEach(clearInterval);
  }

  /** Make a sandbox the one that panels are about. */
  choose(id) {
    const isNew = id !== this.id || !this.clock;
    if (id !== this.id) this.isLeaving = false;
    this.id = id;
    this.#draw();
    this.time.href = this.address("clock");
    if (isNew) this.look();
  }

  /** Return the address of a panel of this sandbox. */
  address(panel, ...rest) {
    return `#/${[this.id, panel, ...rest].map(encodeURIComponent).join("/")}`;
  }

  /** Carry out a control of this sandbox. */
  call(name, values = {}, body = undefined) {
    return this.api.call(name, { sandbox_id: this.id, ...values }, body);
  }

  /** Remove this sandbox; nothing more is read from it, also by and by. */
  async remove() {
    this.isLeaving = true;
    try {
      await this.looking;
      return await this.call("sandboxes.delete");
    } catch (problem) {
      this.isLeaving = false;
      throw problem;
    }
  }

  /** Read which sandboxes there are; the choice is drawn anew only where that has changed. */
  async readSandboxes() {
    const before = JSON.stringify(this.sandboxes);
    this.sandboxes = await this.api.call("sandboxes.list");
    if (JSON.stringify(this.sandboxes) !== before) this.#draw();
  }

  /** Read the clock. */
  look() {
    if (!this.isLeaving) this.looking = this.#look();
  }

  async #look() {
    const { id } = this;
    const clock = await this.call("clock.show").catch(() => null);
    if (id !== this.id) return; // another sandbox was chosen meanwhile
    if (clock) this.showClock(clock);
    else this.time.textContent = "";
  }

  /** Show a clock that was just read. */
  showClock(clock) {
    this.clock = clock;
    this.readAt = performance.now();
    this.#tick();
  }

  #tick() {
    if (!this.clock) return;
    const passed = this.clock.mode === "frozen" ? 0 : performance.now() - this.readAt;
    const now = new Date(Date.parse(this.clock.now) + passed);
    this.time.textContent = `${now.toISOString().slice(0, 19).replace("T", " ")} UTC · ${this.clock.mode}`;
    this.time.className = `time ${this.clock.mode}`;
  }

  #draw() {
    const known = this.sandboxes.some((sandbox) => sandbox.id === this.id);
    const listed = known ? this.sandboxes : [{ id: this.id, name: `${this.id} (gone)` }, ...this.sandboxes];
    this.select.replaceChildren(
      ...listed.map(({ id, name }) => el("option", { value: id }, name === id ? id : `${name} · ${id}`)),
    );
    this.select.value = this.id;
  }

  #picked() {
    const panel = location.hash.split("/")[2] || "journal";
    this.clock = null;
    location.hash = `#/${encodeURIComponent(this.select.value)}/${panel}`;
  }
}
