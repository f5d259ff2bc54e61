// 見通し: every indicator with actual, outlook, target, grade and chance, beside what it is compared with; the
// assumptions to move are on the same screen. Numbers come rounded from the server.

import { choice, field, h, headings, swap, table } from "./dom.js";
import { beside, cell } from "./evaluate.js";
import { link } from "./place.js";
import { premises } from "./premises.js";
import { go, last, on, store, tell } from "./store.js";
import { t } from "./words.js";

const chosen = { filter: "all", group: "none", sort: "no" };
let area = null;
let summary = null;
let timer = 0;
/** The rows as they stand, by indicator: one that says the same again is not drawn again. */
let rows = new Map();
let shape = "";

/** The view. */
export function outlook() {
  area = h("div", {});
  summary = h("p", { class: "summary" });
  shape = "";
  return h("div", { class: "sides" },
    h("section", { class: "wide" }, h("h2", {}, t("outlook_title")), tools(), summary, area),
    premises());
}

on("answer", () => {
  if (!area?.isConnected) return;
  draw();
  clearTimeout(timer);
  timer = setTimeout(aloud, 700);
});

function tools() {
  const pick = (name, options) => field(t(name), choice(options.map(([value, words]) => [value, words]), chosen[name], (value) => { chosen[name] = value; draw(); }, { id: `pick-${name}` }));
  const scenarios = store.state.scenarios.map((each) => [each.name, each.title]);
  return h("div", { class: "tools" },
    pick("filter", [["all", t("all")], ["unmet", t("unmet", { year: last() })], ["moved", t("moved")]]),
    pick("group", [["none", t("group_none")], ["strategy", t("group_strategy")], ["department", t("group_department")]]),
    pick("sort", [["no", t("sort_no")], ["slack", t("sort_slack")], ["chance", t("sort_chance")], ["change", t("sort_change")]]),
    field(t("beside"), choice([["", t("beside_auto")], ...scenarios], store.place.against || "", (against) => go({ against }), { id: "pick-beside", "data-key": "beside" })));
}

const shownYears = () => [store.state.plan.actuals_until, ...store.state.plan.projected].filter(Boolean);
const atLast = (each) => cell(each.id, last());

function listed() {
  const filters = { all: () => true, unmet: (each) => atLast(each)?.met === false, moved: (each) => moved(each.id) };
  const key = {
    no: (each) => each.no, slack: (each) => atLast(each)?.achievement ?? Infinity, chance: (each) => atLast(each)?.chance ?? Infinity,
    change: (each) => -size(each),
  }[chosen.sort];
  return store.state.indicators.filter(filters[chosen.filter]).map((each, at) => [key(each), at, each]).sort((a, b) => (a[0] === b[0] ? a[1] - b[1] : a[0] - b[0])).map((each) => each[2]);
}

const moved = (id) => shownYears().some((year) => cell(id, year)?.base);

function size(each) {
  const now = atLast(each);
  if (!now?.base || now.outcome === null || now.base.outcome === null) return 0;
  return Math.abs(now.outcome - now.base.outcome) / (Math.abs(now.base.outcome) || 1);
}

function groups(rows) {
  if (chosen.group === "none") return [["", rows]];
  const found = new Map();
  for (const each of rows) found.set(each[chosen.group], [...(found.get(each[chosen.group]) ?? []), each]);
  const title = (key) => (chosen.group === "strategy" ? `${key} ${store.state.plan.strategies.find((each) => each.key === key)?.title ?? ""}` : key);
  return [...found].map(([key, members]) => [title(key), members]);
}

function draw() {
  const { answer, state } = store;
  const years = shownYears();
  const end = last();
  const joint = answer.joint[end];
  swap(summary, joint && h("strong", {}, t("joint", { year: end, ...joint, expected: joint.expected.toFixed(1) })), " ", compared(answer));
  const members = listed();
  const before = rows;
  rows = new Map(members.map((each) => [each.id, kept(each, years, before.get(each.id))]));
  const order = JSON.stringify([years, end, chosen.group, document.documentElement.lang, members.map((each) => each.id)]);
  if (order === shape && area.firstChild) {
    for (const [id, { element }] of rows) if (before.get(id).element !== element) refocus(before.get(id).element, element);
    return;
  }
  shape = order;
  const head = headings(t("no"), t("indicator"), ...years.map((year) => number(t(state.plan.projected.includes(year) ? "outcome_projected" : "outcome_actual", { year }))),
    number(t("target", { year: end })), t("grade", { year: years[0] }), t("grade", { year: end }), t("chance", { year: end }));
  const bodies = groups(members).flatMap(([title, its]) => [
    title && h("tr", { class: "group" }, h("th", { colspan: years.length + 6, scope: "rowgroup" }, title)), ...its.map((each) => rows.get(each.id).element)]);
  swap(area, members.length ? table(t("outlook_title"), head, bodies.filter(Boolean), { class: "outlook" }) : h("p", {}, t("none")), h("p", { class: "quiet" }, t("legend_marks")), h("p", { class: "quiet" }, t("legend_signs")));
}

/** The row of an indicator: the one that stands there if nothing in it differs. */
function kept(each, years, before) {
  const key = JSON.stringify([each.indicator, each.unit, document.documentElement.lang, years.map((year) => cell(each.id, year)), cell(each.id, last())]);
  if (before?.key !== key) return { key, element: row(each, years) };
  before.element.querySelector("a").href = link(store.place, { view: "indicator", id: each.id });
  return before;
}

/** Puts a row in place of another; the focus stays. */
function refocus(old, element) {
  const hasFocus = old.contains(document.activeElement);
  old.replaceWith(element);
  if (hasFocus) element.querySelector("a").focus({ preventScroll: true });
}

const number = (words) => h("th", { scope: "col", class: "number" }, words);

function compared(answer) {
  const name = beside() ?? (answer.against && answer.settings.length ? answer.against : null);
  if (!name) return null;
  const scenario = store.state.scenarios.find((each) => each.name === name);
  return t("legend", { title: scenario?.title ?? name });
}

function row(each, years) {
  const end = cell(each.id, last());
  const open = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go({ view: "indicator", id: each.id });
  };
  return h("tr", { class: moved(each.id) && "moved" },
    h("td", { class: "number" }, String(each.no ?? "")),
    h("th", { scope: "row" }, h("a", { href: link(store.place, { view: "indicator", id: each.id }), onclick: open, "data-key": `row-${each.id}` }, each.indicator), each.unit && h("span", { class: "quiet" }, ` ${each.unit}`)),
    years.map((year) => outcome(cell(each.id, year))),
    h("td", { class: "number" }, end?.shown.target ? end.shown.target + end.shown.target_mark : t("absent"), end?.base && end.base.shown.target && end.base.target !== end.target && was(end.base.shown.target)),
    grade(cell(each.id, years[0])), grade(end), chance(end));
}

function outcome(now) {
  if (!now) return h("td", {}, t("absent"));
  const changed = now.base && now.outcome !== now.base.outcome;
  const label = store.state.indicators.length && now.shown.outcome;
  return h("td", { class: `number ${changed ? "differs" : ""} ${now.status}` }, label ? label + now.shown.mark : t("absent"), changed && was(now.base.shown.outcome ?? t("absent"), now.base.shown.change));
}

function grade(now) {
  if (!now?.shown.grade) return h("td", { class: "quiet" }, t("absent"));
  const before = now.base?.shown.grade;
  return h("td", { class: `grade ${now.met === false ? "unmet" : ""} ${before && before !== now.shown.grade ? "differs" : ""}` }, now.shown.grade, before && before !== now.shown.grade && was(before));
}

function chance(now) {
  if (now?.certain && now.met !== null) return h("td", { class: "chance" }, t(now.met ? "sure_met" : "sure_missed"), h("span", { class: "quiet" }, ` ${t("certain")}`));
  if (!now || now.chance === null) return h("td", { class: "quiet" }, t("absent"));
  const before = now.base?.shown.chance;
  const differs = before && before !== now.shown.chance;
  return h("td", { class: `chance ${differs ? "differs" : ""}` }, h("span", {}, now.shown.chance_words ?? now.shown.chance), now.shown.chance_words && h("span", { class: "quiet" }, ` ${now.shown.chance}`), differs && was(before));
}

function was(before, change) {
  return h("span", { class: "was" }, h("span", { class: "unseen" }, `${t("was_unseen")} `), t("was", { value: before }), change && h("b", {}, ` ${change}`));
}

function aloud() {
  const end = last();
  const joint = store.answer.joint[end];
  if (store.place.changes.size && joint) tell("said", t("said", { year: end, ...joint, moved: store.state.indicators.filter((each) => moved(each.id)).length }));
}
