// What stays: the plan, the scenario, the language, the views, and the way back.

import { button, choice, field, h, swap } from "./dom.js";
import { link } from "./place.js";
import { go, on, redo, reset, store, tell, undo } from "./store.js";
import { VIEWS } from "./views.js";
import { chosen, t } from "./words.js";

const box = document.querySelector("#frame");

/** Draws it for a view. */
export function frame(view) {
  const { plan } = store.state;
  drawn = "";
  swap(box,
    h("div", { class: "top" },
      h("div", { class: "plan" }, h("p", { class: "title" }, plan.title),
        h("p", { class: "quiet" }, t("edition", { organisation: plan.organisation, edition: plan.edition, year: plan.actuals_until }), store.state.read_only && ` — ${t("read_only")}`)),
      h("div", { class: "controls" }, scenarios(), h("div", { class: "buttons", id: "steps" }, steps()))),
    h("div", { class: "second" }, h("nav", { "aria-label": t("views") }, h("ul", {}, Object.keys(VIEWS).map((name) => h("li", {}, to(name, view))))), language()));
}

function to(name, view) {
  const click = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go({ view: name });
  };
  return h("a", { href: link(store.place, { view: name }), "aria-current": name === view && "page", "data-key": `view-${name}`, onclick: click }, t(name));
}

function scenarios() {
  const options = store.state.scenarios.map((each) => [each.name, each.title === each.name ? each.name : each.title]);
  return field(t("scenario"), choice(options, store.place.scenario || "baseline", (scenario) => go({ scenario, against: "" }), { "data-key": "scenario", id: "scenario" }));
}

function language() {
  const next = chosen() === "ja" ? "en" : "ja";
  return button(t("other_language"), () => go({ lang: next }), { lang: next, "data-key": "language" });
}

function steps() {
  const n = store.place.changes.size;
  const step = (act, words) => () => { if (act()) tell("said", words); };
  return [
    button(t("undo"), step(undo, t("undone")), { "aria-disabled": store.past.length === 0 ? "true" : null, "data-key": "undo", "aria-keyshortcuts": "Control+Z" }),
    button(t("redo"), step(redo, t("redone")), { "aria-disabled": store.future.length === 0 ? "true" : null, "data-key": "redo", "aria-keyshortcuts": "Control+Y" }),
    n > 0 && h("span", { class: "count" }, t("changed_count", { n })),
    n > 0 && store.place.view !== "save" && button(t("save_these"), () => go({ view: "save" }), { "data-key": "save-these" }),
    n > 0 && button(t("reset_all"), reset, { "data-key": "reset-all" }),
  ];
}

let drawn = "";

on("changes", () => {
  const place = document.querySelector("#steps");
  const key = [store.place.changes.size, store.past.length > 0, store.future.length > 0, store.place.view].join();
  if (!place || (place.firstChild && drawn === key)) return;
  drawn = key;
  swap(place, steps());
});

on("noted", () => {
  for (const each of box.querySelectorAll("nav a")) each.href = link(store.place, { view: each.dataset.key.slice(5) });
});
