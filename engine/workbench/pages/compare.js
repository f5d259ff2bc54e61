// 比較: scenarios side by side with what they assume and what comes of it; what it takes to reach a target; what matters
// most. The first column is the scenario of the moment with its changes.

import { post, Superseded } from "./api.js";
import { button, choice, field, figure, h, headings, swap, table } from "./dom.js";
import { tidy } from "./premises.js";
import { beside } from "./problems.js";
import { take } from "./reports.js";
import { seek } from "./seek.js";
import { indicator, last, note, on, store, trial } from "./store.js";
import { t } from "./words.js";

/** The view. */
export function compare() {
  const shown = h("div", {});
  const saved = h("div", {});
  const others = store.state.scenarios.filter((each) => each.name !== (store.place.scenario || "baseline"));
  const tick = (event) => {
    const { others: now } = store.place;
    store.place.others = event.target.checked ? [...now, event.target.value] : now.filter((name) => name !== event.target.value);
    note();
    fill(shown, saved);
  };
  const box = (each) => h("label", { class: "check" }, h("input", { type: "checkbox", value: each.name, checked: store.place.others.includes(each.name), onchange: tick }), each.title);
  current = { shown, saved };
  fill(shown, saved);
  return h("div", {}, h("h2", {}, t("compare_title")), h("fieldset", {}, h("legend", {}, t("beside_scenarios")), others.map(box)), shown, saved, seek(), tornado());
}

let current = null;
let timer = 0;

on("changes", () => {
  clearTimeout(timer);
  timer = setTimeout(() => { if (current?.shown.isConnected) fill(current.shown, current.saved); }, 250);
});

const titled = (name) => store.state.scenarios.find((each) => each.name === name)?.title ?? name;

/** What is compared: where something was changed, the plain scenario is the base. */
function trials() {
  const now = trial();
  const plain = { scenario: now.scenario, changes: [] };
  const others = store.place.others.filter((name) => name !== now.scenario).map((scenario) => ({ scenario, changes: [] }));
  return now.changes.length ? [plain, now, ...others] : [plain, ...others];
}

const heading = (each) => (each.changes.length ? t("edited", { title: titled(each.scenario) }) : titled(each.scenario));

async function fill(shown, saved) {
  const all = trials();
  if (all.length < 2) return swap(shown, h("p", { class: "quiet" }, t("choose_scenarios")));
  try {
    const { comparison } = await post("/api/compare", { trials: all });
    const answers = await Promise.all(all.map((each, at) => post("/api/evaluate", { ...each, against: at ? all[0].scenario : undefined }, `compare-${at}`)));
    const format = (name) => button(t("comparison_xlsx", { format: name.toUpperCase() }), () => take({ report: "comparison", format: name, trials: all }, saved), { class: name === "xlsx" ? "main" : null, "data-key": `comparison-${name}` });
    swap(shown, results(all, comparison, answers), h("div", { class: "buttons" }, format("xlsx"), format("html"), format("csv")), assumed(all, comparison));
  } catch (fault) {
    if (!(fault instanceof Superseded)) swap(shown, beside(fault));
  }
}

function results(all, comparison, answers) {
  const year = last();
  const sizes = new Map();
  for (const each of comparison.comparisons.flatMap((one) => one.indicators)) sizes.set(each.id, Math.max(sizes.get(each.id) ?? 0, each.size ?? 0));
  const ids = store.state.indicators.map((each) => each.id).filter((id) => sizes.has(id)).sort((a, b) => sizes.get(b) - sizes.get(a));
  const cells = answers.map((answer) => new Map(answer.indicators.map((each) => [each.id, each.years[year]])));
  const one = (now) => h("td", { class: `number ${now.base ? "differs" : ""}` }, now.shown.outcome ?? t("absent"), now.base?.shown.change && h("b", {}, `（${now.base.shown.change}）`),
    h("span", { class: "quiet block" }, [now.shown.grade, now.shown.chance].filter(Boolean).join(" ")));
  const rows = ids.map((id) => h("tr", {}, h("th", { scope: "row" }, `No.${indicator(id).no} ${indicator(id).indicator}`, h("span", { class: "quiet" }, ` ${indicator(id).unit}`)),
    h("td", { class: "number" }, cells[0].get(id).shown.target ?? t("absent")), cells.map((each) => one(each.get(id)))));
  const head = headings(t("indicator"), h("th", { scope: "col", class: "number" }, t("target", { year })), ...all.map((each) => h("th", { scope: "col", class: "number" }, heading(each))));
  return [h("h3", {}, t("results", { year })), rows.length > 0 && table(t("results", { year }), head, rows), h("p", { class: "quiet" }, t("unchanged", { n: store.state.indicators.length - rows.length }))];
}

function assumed(all, comparison) {
  const words = (value) => (typeof value === "number" ? tidy(value) : value ?? t("absent"));
  const years = (change) => (Object.keys(change.years ?? {}).length ? Object.entries(change.years).map(([year, { base, other }]) => `${year}: ${words(base)} → ${words(other)}`).join("、") : `${words(change.base)} → ${words(change.other)}`);
  const rows = comparison.comparisons.flatMap((one, at) => one.changes.map((each) => h("tr", {}, h("th", { scope: "row" }, heading(all[at + 1])), h("td", {}, each.label ? `${each.label}（${each.address}）` : each.address), h("td", {}, years(each)), h("td", {}, each.unit))));
  return [h("h3", {}, t("differences")), table(t("differences"), headings(t("scenario"), t("name"), t("value"), t("unit")), rows)];
}

function tornado() {
  const year = last();
  const shown = h("div", {});
  const pick = choice(store.state.indicators.map((each) => [each.id, `No.${each.no} ${each.indicator}`]), store.place.id, () => {}, { id: "tornado-of" });
  const show = async () => {
    try {
      const { figures } = await post("/api/sensitivity", { ...trial(), of: [`${pick.value}@${year}`] });
      swap(shown, figure(figures[0], t("in_numbers")) ?? h("p", {}, t("nothing")));
    } catch (fault) {
      if (!(fault instanceof Superseded)) swap(shown, beside(fault));
    }
  };
  return h("section", {}, h("h2", {}, t("tornado")), h("p", { class: "quiet" }, t("tornado_about", { year })), h("div", { class: "tools" }, field(t("indicator"), pick), button(t("show"), show, { id: "tornado-show" })), h("div", { "aria-live": "polite" }, shown));
}
