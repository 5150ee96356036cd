// The frame: the door, the choice of a sandbox and the panels. An address is #/SANDBOX/PANEL/REST.
import { Api } from "./api.js";
import { openDoor } from "./door.js";
import { el, empty } from "./element.js";
import { say } from "./say.js";
import { World } from "./world.js";
import * as clock from "./clock.js";
import * as controls from "./controls.js";
import * as deliveries from "./deliveries.js";
import * as events from "./events.js";
import * as faults from "./faults.js";
import * as journal from "./journal.js";
import * as sandboxes from "./sandboxes.js";
import * as settings from "./settings.js";
import * as statements from "./statements.js";

const PANELS = { journal, sandboxes, clock, faults, settings, events, deliveries, statements, controls };
const api = new Api(new URL("..", import.meta.url));
const main = document.getElementById("main");
const links = new Map(Object.entries(PANELS).map(([name, { title }]) => [name, el("a", {}, title)]));
let world;
let leaving = new AbortController();
let shown = "";

async function show() {
  if (shown && location.hash.startsWith("#") && !location.hash.startsWith("#/")) return; // a jump in the page
  const [sandboxId, panel, ...rest] = parts();
  world.choose(sandboxId);
  if (shown === `${sandboxId}/${panel}` && PANELS[panel].move) return PANELS[panel].move(rest);
  shown = `${sandboxId}/${panel}`;
  leaving.abort();
  leaving = new AbortController();
  const { signal } = leaving;
  drawPanels(panel);
  document.title = `${PANELS[panel].title} · mockserver`;
  const heading = el("h1", {}, PANELS[panel].title);
  main.inert = true; // what stands there would act on the sandbox that is chosen now
  let content;
  try {
    content = await PANELS[panel].open({ api, world, signal, rest, go });
  } catch (problem) {
    if (problem.status === 401) return enter(problem.message);
    shown = "";
    content = empty(problem.message);
  }
  if (signal.aborted) return;
  main.replaceChildren(heading, content);
  main.inert = false;
}

/** Point every link to the chosen sandbox; the links stay, so that the focus does. */
function drawPanels(current) {
  for (const [name, link] of links) {
    link.href = world.address(name);
    if (name === current) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}

/** Return sandbox, panel and the rest of the address; the journal where somebody wrote what is no address. */
function parts() {
  try {
    const [start, sandboxId, panel, ...rest] = location.hash.split("/").map(decodeURIComponent);
    if (start !== "#" || !sandboxId) return ["default", "journal"];
    return Object.hasOwn(PANELS, panel ?? "") ? [sandboxId, panel, ...rest] : [sandboxId, "journal"];
  } catch {
    return ["default", "journal"];
  }
}

function go(panel, ...rest) {
  location.hash = world.address(panel, ...rest);
}

async function enter(problem = "") {
  leaving.abort();
  shown = "";
  try {
    await api.open();
  } catch (refusal) {
    main.inert = false;
    openDoor(main, api, problem || refusal.message, refusal.status, enter);
    return;
  }
  world?.close();
  world = new World(api, document.getElementById("world"));
  await world.open();
  await show();
}

document.getElementById("panels").append(...links.values());
addEventListener("hashchange", () => world && show());
addEventListener("unhandledrejection", (event) =>
  say(String(event.reason?.message ?? event.reason), "wrong"),
);
enter();
