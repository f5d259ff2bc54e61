// ルール: a rule or a sheet as text; what is wrong with it at the line, and what it would change in the outlook, before
// anything is saved.

import { get, post, save, Superseded } from "./api.js";
import { begin } from "./begin.js";
import { button, choice, field, h, headings, swap, table } from "./dom.js";
import { beside, list } from "./problems.js";
import { go, indicator, on, store, tell, trial } from "./store.js";
import { t } from "./words.js";

/** Texts that were typed and not saved, by kind and id: going to another view does not lose them. */
const typed = new Map();
/** What came of the last saving; it stays when the files, which just changed, are read again. */
const result = h("div", { "aria-live": "polite" });
const kinds = ["rule", "sheet"];
/** The editor's place: the same for ever, so that what was asked before a redraw still acts on what is seen. */
const area = h("div", {});
let shown = "";

window.addEventListener("beforeunload", (event) => { if (typed.size > 0) event.preventDefault(); });

on("place", () => swap(result));

/** The view. */
export function rules() {
  const { place, state } = store;
  if (place.kind === "new" && !state.read_only) return h("div", {}, h("h2", {}, t("begin_heading")), begin(result));
  const id = (indicator(place.id) ?? state.indicators[0]).id;
  const kind = kinds.includes(place.kind) ? place.kind : "rule";
  if (shown !== `${kind}:${id}`) swap(area, t("loading"));
  shown = `${kind}:${id}`;
  load(kind, id);
  return h("div", {}, h("h2", {}, t("rules_title")), h("div", { class: "tools" },
    field(t("indicator"), choice(state.indicators.map((each) => [each.id, `No.${each.no} ${each.indicator}`]), id, (next) => go({ id: next }), { id: "rules-of", "data-key": "rules-of" })),
    field(t("text_kind"), choice([["rule", t("kind_rule")], ["sheet", t("kind_sheet")]], kind, (next) => go({ kind: next }), { id: "rules-kind", "data-key": "rules-kind" })),
    !state.read_only && button(t("begin_heading"), () => go({ kind: "new" }), { "data-key": "begin-new" })), area);
}

async function load(kind, id) {
  try {
    const file = await get("/api/text", { kind, id });
    if (shown === `${kind}:${id}`) edit(file);
  } catch (fault) {
    swap(area, beside(fault));
  }
}

function edit(file) {
  const key = `${file.kind}:${file.id}`;
  const mine = typed.get(key) ?? { text: file.text, stamp: file.stamp };
  const text = h("textarea", { class: "text", spellcheck: "false", autocapitalize: "off", id: "text", value: mine.text });
  const told = h("div", { "aria-live": "polite" });
  const effect = h("div", {});
  const state = h("p", { class: "quiet" });
  const check = () => draft(file, text, told, effect);
  const note = () => {
    const isSame = text.value === file.text;
    mine.text = text.value;
    if (isSame) typed.delete(key);
    else typed.set(key, mine);
    state.textContent = t(isSame ? "same_as_file" : "unsaved");
  };
  let timer = 0;
  text.addEventListener("input", () => { swap(result); note(); clearTimeout(timer); timer = setTimeout(check, 200); });
  const keep = () => write(file, mine, keep);
  const back = () => { typed.delete(key); edit(file); };
  const buttons = h("div", { class: "buttons" }, !store.state.read_only && button(t("save_text"), () => keep(), { class: "main", id: "save-text" }), button(t("back"), back), state);
  swap(area, h("div", { class: "editor" }, h("div", {}, field(t("text_of", { path: file.path }), text), buttons, result), h("div", {}, told, effect)));
  note();
  check();
}

async function draft(file, text, told, effect) {
  try {
    const answer = await post("/api/draft", { ...trial(), draws: 0, texts: [{ kind: file.kind, id: file.id, text: text.value }] });
    swap(told, answer.diagnostics.length ? list(answer.diagnostics, (each) => place(each, file, text)) : h("p", { class: "ok" }, t("checked")));
    swap(effect, answer.effect && changes(answer.effect));
  } catch (fault) {
    if (!(fault instanceof Superseded)) swap(told, beside(fault));
  }
}

/** The place of a diagnostic: in this text a button that goes there. */
function place({ path, line, column }, file, text) {
  if (!line) return path && h("span", { class: "quiet" }, path);
  if (path !== file.path) return h("span", { class: "quiet" }, `${path}:${line}:${column}`);
  const go = () => {
    const lines = text.value.split("\n");
    const start = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0) + [...(lines[line - 1] ?? "")].slice(0, column - 1).join("").length;
    text.focus();
    text.setSelectionRange(start, start + 1);
  };
  return button(t("at_line", { line, column }), go, { class: "small" });
}

function changes(effect) {
  const rows = effect.indicators.flatMap((each) => Object.entries(each.years).filter(([, now]) => now.base).map(([year, now]) => h("tr", {},
    h("th", { scope: "row" }, `No.${indicator(each.id)?.no ?? ""} ${indicator(each.id)?.indicator ?? each.id}`), h("td", {}, year), h("td", { class: "number" }, now.base.shown.outcome ?? t("absent")),
    h("td", { class: "number differs" }, now.shown.outcome ?? t("absent")), h("td", {}, [now.base.shown.grade, now.shown.grade].map((words) => words ?? t("absent")).join(" → ")))));
  if (rows.length === 0) return [h("h3", {}, t("effect")), h("p", {}, t("no_effect_yet"))];
  return [h("h3", {}, t("effect")), table(t("effect"), headings(t("indicator"), t("year"), t("now"), t("proposed"), t("grade_row")), rows)];
}

/** Saves what was typed; what is typed meanwhile stays, and is based on what was saved. */
async function write(file, mine, again) {
  const { kind, id } = file;
  const { text } = mine;
  try {
    const { saved } = await save("/api/text", { kind, id, text, stamp: mine.stamp });
    mine.stamp = saved[0].stamp;
    if (mine.text === text) typed.delete(`${kind}:${id}`);
    tell("said", t("saved", { path: file.path }));
    swap(result, h("p", { class: "ok" }, t("saved", { path: file.path })));
    await load(kind, id);
  } catch (fault) {
    swap(result, fault.error === "changed" ? conflict(file, mine, fault, again) : beside(fault));
  }
}

function conflict(file, mine, fault, again) {
  const overwrite = () => { mine.stamp = fault.current.stamp; again(); };
  const theirs = () => { typed.delete(`${file.kind}:${file.id}`); edit({ ...file, ...fault.current }); };
  return [h("div", { class: "problem", role: "alert" }, h("strong", {}, t("conflict")), h("p", {}, fault.hint)), h("pre", { tabindex: 0, role: "group", "aria-label": t("theirs") }, fault.current?.text ?? ""),
    fault.current && h("div", { class: "buttons" }, button(t("take_theirs"), theirs), button(t("over_mine"), overwrite))];
}
