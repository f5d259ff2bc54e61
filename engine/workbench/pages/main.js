// The start: reads the plan, draws the frame, shows the view that the address names, and follows the files on the disk.

import { get, speak } from "./api.js";
import { h, swap } from "./dom.js";
import { ask } from "./evaluate.js";
import { frame } from "./frame.js";
import { read } from "./place.js";
import "./problems.js";
import { note, on, redo, settle, store, tell, undo } from "./store.js";
import { choose, t } from "./words.js";
import { VIEWS } from "./views.js";

const main = document.querySelector("#main");
let shown = "";

/** Reads plan and scenario, then shows what the address says. */
async function load() {
  try {
    store.state = await get("/api/state");
    choose(store.place.lang || store.state.language);
    speak(store.place.lang || store.state.language);
    document.querySelector("#skip").textContent = t("skip");
    tell("plan");
    if (store.state.plan) await enter();
  } catch (fault) {
    tell("problem", fault);
  }
}

/** Takes the scenario of the address and everything that depends on it. */
async function enter() {
  const { place, state } = store;
  if (!state.scenarios.some((each) => each.name === (place.scenario || "baseline"))) {
    tell("problem", { message: t("unknown_scenario", { name: place.scenario }) });
    place.scenario = "baseline";
  }
  const answer = await get("/api/assumptions", { scenario: place.scenario || "baseline" });
  store.assumptions = new Map(answer.assumptions.map((each) => [each.address, each]));
  place.changes = settle(place.changes);
  note();
  show();
}

/** Draws frame and view; the view asks for its numbers through `ask`. */
function show() {
  const name = VIEWS[store.place.view] ? store.place.view : "outlook";
  frame(name);
  document.title = `${t(name)} — ${store.state.plan.title}`;
  store.figures = [];
  swap(main, h("h1", { class: "unseen" }, t(name)), VIEWS[name]());
  if (shown && shown !== name) {
    main.focus({ preventScroll: true });
    scrollTo(0, 0);
  }
  shown = name;
  ask();
}

on("place", (others) => ("scenario" in others || "lang" in others ? load() : show()));
window.addEventListener("popstate", () => { store.place = read(); load(); });
window.addEventListener("hashchange", () => { if (read().view !== store.place.view) { store.place = read(); load(); } });

window.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.target.matches("textarea, input:not([type=range])")) return;
  const key = event.key.toLowerCase();
  const step = key === "z" ? (event.shiftKey ? redo : undo) : key === "y" ? redo : null;
  if (!step) return;
  event.preventDefault();
  step();
});

/** What the screen says aloud. */
export const say = (words) => { document.querySelector("#said").textContent = words; };
on("said", say);

function follow() {
  let known = null;
  new EventSource("/api/events").addEventListener("plan", (event) => {
    const { revision } = JSON.parse(event.data);
    if (known !== null && revision !== known) load().then(() => say(t("reloaded")));
    known = revision;
  });
}

await load();
follow();
