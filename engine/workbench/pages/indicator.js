// 指標: one indicator: the drawing with target and actuals, why its number is what it is, its rule and sheet as they are
// written, and the revisions proposed.

import { get } from "./api.js";
import { choice, field, figure, h, headings, swap, table } from "./dom.js";
import { cell } from "./evaluate.js";
import { explain } from "./explain.js";
import { link } from "./place.js";
import { premises } from "./premises.js";
import { go, indicator as known, last, on, store } from "./store.js";
import { beside } from "./problems.js";
import { t } from "./words.js";

let drawing = null;
let shown = null;

/** The view. */
export function indicator() {
  const { place, state } = store;
  const its = known(place.id) ?? state.indicators[0];
  place.id = its.id;
  place.of = "id";
  store.figures = [{ kind: "trend", id: its.id }];
  shown = its;
  drawing = h("div", {});
  const year = state.plan.years.includes(place.year) ? place.year : last();
  const texts = h("div", {}, t("loading"));
  const revisions = h("div", {});
  fill(texts, revisions, its);
  return h("div", { class: "sides" }, h("div", {}, head(its), drawing, years(year), explain(`${its.id}@${year}`, year), texts, revisions), premises());
}

on("answer", (answer) => {
  if (!drawing?.isConnected || !shown) return;
  swap(drawing, numbers(shown), figure(answer.figures[0], t("in_numbers")) ?? h("p", { class: "quiet" }, t("limit")));
});

function head(its) {
  const options = store.state.indicators.map((each) => [each.id, `No.${each.no} ${each.indicator}`]);
  const strategy = store.state.plan.strategies.find((each) => each.key === its.strategy);
  return h("div", {}, field(t("choose_indicator"), choice(options, its.id, (id) => go({ id }), { id: "choose", "data-key": "choose" })),
    h("h2", {}, `No.${its.no} ${its.indicator}`, its.unit && h("span", { class: "quiet" }, ` ${its.unit}`)),
    h("dl", {}, fact(t("strategy"), strategy ? `${strategy.key} ${strategy.title}` : its.strategy), fact(t("department"), its.department),
      fact(t("reads"), links(its.reads)), fact(t("read_by"), links(its.read_by))));
}

const fact = (name, value) => (value && value.length !== 0 ? [h("dt", {}, name), h("dd", {}, value)] : null);
const links = (ids) => ids.map((id, at) => [at > 0 && "、", h("a", { href: link(store.place, { id }), onclick: to({ id }) }, known(id)?.indicator ?? id)]);

/** Follows a link within the page. */
export const to = (others) => (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  go(others);
};

function years(year) {
  const options = store.state.plan.years.map((each) => [each, each]);
  return h("div", { class: "tools" }, field(t("year"), choice(options, year, (chosen) => go({ year: chosen }), { id: "year", "data-key": "year" })));
}

function numbers(its) {
  const { years: all } = store.state.plan;
  const end = cell(its.id, last());
  const row = (name, of) => h("tr", {}, h("th", { scope: "row" }, name), all.map((year) => h("td", { class: "number" }, of(cell(its.id, year)) ?? t("absent"))));
  const was = all.some((year) => cell(its.id, year)?.base);
  return [table(its.indicator, headings(t("year"), ...all.map((year) => h("th", { scope: "col", class: "number" }, year))), [
    row(t("value"), (now) => now?.shown.outcome && now.shown.outcome + now.shown.mark),
    was && row(t("beside"), (now) => now?.base && `${now.base.shown.outcome ?? t("absent")}（${now.base.shown.change ?? "±0"}）`),
    row(t("target_row"), (now) => now?.shown.target && now.shown.target + now.shown.target_mark),
    row(t("grade_row"), (now) => now?.shown.grade), row(t("chance"), (now) => now?.shown.chance)].filter(Boolean)),
  end?.shown.chance_words && h("p", {}, t("chance_said", { year: last(), words: end.shown.chance_words, chance: end.shown.chance }))];
}

async function fill(texts, revisions, its) {
  try {
    const told = await get("/api/indicator", { id: its.id });
    swap(texts, written(told, its));
    const { year, proposals } = await get("/api/cycle/review");
    swap(revisions, h("h3", {}, t("revisions", { year })), revised(proposals.filter((each) => each.id === its.id), year));
  } catch (fault) {
    swap(texts, beside(fault));
  }
}

function written(told, its) {
  const story = Object.entries(told.narrative).map(([year, { done, next }]) => [fact(`${year} ${t("done")}`, done), fact(`${year} ${t("next")}`, next)]);
  const open = (kind) => h("a", { href: link(store.place, { view: "rules", kind }), onclick: to({ view: "rules", kind }) }, t("edit_rule"));
  const text = (title, kind, given) => given && h("details", { open: kind === "rule" }, h("summary", {}, `${title} ${given.path}`), h("pre", { tabindex: 0, role: "group", "aria-label": given.path }, given.text), h("p", {}, open(kind)));
  return [told.note && [h("h3", {}, t("notes")), h("p", {}, told.note)], story.length > 0 && [h("h3", {}, t("narrative")), h("dl", {}, story)],
    told.questions.length > 0 && [h("h3", {}, t("questions")), h("ul", {}, told.questions.map((each) => h("li", {}, each)))],
    h("h3", {}, t("rule_text")), text(t("rule_text"), "rule", told.rule), text(t("sheet_text"), "sheet", told.sheet)];
}

function revised(proposals, year) {
  if (proposals.length === 0) return h("p", {}, t("no_revision"));
  return table(t("revisions", { year }), headings(t("year"), t("now"), t("proposed"), t("reason")), proposals.map((each) => h("tr", {}, h("th", { scope: "row" }, each.year),
    h("td", { class: "number" }, each.shown.now), h("td", { class: `number ${each.is_change ? "differs" : ""}` }, each.shown.proposed), h("td", { class: "long" }, each.reason))));
}
