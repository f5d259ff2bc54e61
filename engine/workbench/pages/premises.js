// 前提: a slider and a number box for every assumption, for all projected years at once or year by year. What was
// changed stands first. Moving a slider is one step to undo, however far it goes.

import { button, choice, field, h, swap } from "./dom.js";
import { change, current, indicator, inherited, on, store } from "./store.js";
import { t } from "./words.js";

const chosen = { which: "main", search: "", here: "" };
/** Milliseconds: what moves again sooner than this is the same step to undo. */
const ONE_MOVE = 1200;
const split = new Set();
let rows = [];
let list = null;
let changed = null;

/** The panel. */
export function premises() {
  list = h("div", { class: "rows" });
  changed = h("div", { class: "changed" });
  if (chosen.which === "of" && !indicator(store.place.id)) chosen.which = "main";
  const its = indicator(store.place.id);
  if (store.place.of === "id" && its) chosen.which = "of";
  const options = [["main", t("which_main")], ["all", t("which_all")], ...(its ? [["of", t("which_of", { no: its.no })]] : [])];
  const here = `${store.place.view} ${store.place.id ?? ""}`;
  if (here !== chosen.here) Object.assign(chosen, { here, search: "" });
  const search = h("input", { type: "search", value: chosen.search, oninput: (event) => { chosen.search = event.target.value; draw(); } });
  const panel = h("section", { class: "panel", "aria-label": t("premises") }, h("h2", {}, t("premises_title")), changed,
    h("div", { class: "tools" }, field(t("which"), choice(options, chosen.which, (value) => { Object.assign(chosen, { which: value, search: "" }); search.value = ""; draw(); })), field(t("search"), search)), list);
  draw();
  return panel;
}

on("changes", () => {
  if (!list?.isConnected) return;
  for (const row of rows) row();
  drawChanged();
});

const owner = (address) => address.slice(0, address.lastIndexOf("."));
const short = (address) => address.slice(address.lastIndexOf(".") + 1);
const title = (id) => (id === "plan" ? t("shared") : `No.${indicator(id)?.no ?? ""} ${indicator(id)?.indicator ?? id}`);
const numbered = (name) => (indicator(owner(name)) ? `No.${indicator(owner(name)).no}` : t("shared"));
const named = (each) => (each.label ? `${each.label}（${short(each.address)}）` : short(each.address));

/** The lever of each sheet, and assumptions that another indicator reads. */
function isMain(each) {
  if (each.fixed || each.range?.low === each.range?.high) return false;
  const id = owner(each.address);
  const isCross = each.evidence === "assumption" && each.readers.some((reader) => reader.indicator !== id);
  return id === "plan" || isCross || indicator(id)?.lever === short(each.address);
}

function isShown(each) {
  const of = store.place.id;
  const which = { main: () => isMain(each), all: () => true, of: () => owner(each.address) === of || each.readers.some((reader) => reader.indicator === of) };
  const text = `${each.address} ${each.label} ${each.basis} ${title(owner(each.address))}`.toLowerCase();
  return (chosen.search ? text.includes(chosen.search.trim().toLowerCase()) : which[chosen.which]());
}

function draw() {
  rows = [];
  const groups = new Map();
  for (const each of [...store.assumptions.values()].filter(isShown)) {
    const id = owner(each.address);
    groups.set(id, [...(groups.get(id) ?? []), each]);
  }
  const drawn = [...groups].map(([id, members]) => h("section", {}, h("h3", {}, title(id)), members.map(premise)));
  swap(list, drawn.length ? drawn : h("p", {}, t("no_premises")));
  drawChanged();
}

function drawChanged() {
  const { changes } = store.place;
  const entry = ([address, value]) => {
    const [name, year] = address.split("@");
    const each = store.assumptions.get(name);
    return h("li", {}, h("span", {}, `${each ? `${numbered(name)} ${named(each)}` : name} ${year}: `, tidy(inherited(name, year)), " → ", h("b", {}, tidy(value))), " ",
      button(t("reset"), () => change([[address, null]]), { "aria-label": `${t("reset")}: ${name} ${year}`, "data-key": `reset-${address}` }));
  };
  swap(changed, changes.size ? [h("h3", {}, t("changed_premises")), h("ul", {}, [...changes].map(entry))] : h("p", { class: "quiet" }, t("nothing_changed")));
}

/** One assumption. */
function premise(each) {
  const { projected } = store.state.plan;
  const { address } = each;
  const body = h("div", { class: "numbers" });
  const differs = () => new Set(projected.map((year) => current(address, year))).size > 1;
  const toggle = button(t("by_year"), () => { split.has(address) ? split.delete(address) : split.add(address); fill(); }, { class: "small", "data-key": `split-${address}` });
  const reset = button(t("reset"), () => change(projected.map((year) => [`${address}@${year}`, null])), { class: "small", "aria-label": `${t("reset")}: ${address}`, "data-key": `reset-all-${address}` });
  let updates = [];
  const fill = () => {
    const isSplit = split.has(address) || differs();
    toggle.setAttribute("aria-pressed", String(isSplit));
    const lines = isSplit ? projected.map((year) => line(each, [year])) : [line(each, projected)];
    updates = lines.map((made) => made.update);
    swap(body, lines.map((made) => made.element));
    body.dataset.split = String(isSplit);
  };
  let known = null;
  const update = () => {
    const numbers = projected.map((year) => `${store.place.changes.has(`${address}@${year}`)}${current(address, year)}`).join();
    if (numbers === known) return;
    known = numbers;
    const isChanged = projected.some((year) => store.place.changes.has(`${address}@${year}`));
    element.classList.toggle("is-changed", isChanged);
    reset.hidden = !isChanged;
    if (differs() && body.dataset.split !== "true") fill();
    for (const each of updates) each();
  };
  const element = h("div", { class: "premise", role: "group", "aria-label": `${title(owner(address))} ${named(each)}` },
    h("p", { class: "name" }, h("b", {}, named(each)), each.unit && h("span", { class: "quiet" }, ` ${each.unit}`), " ", h("span", { class: `tag ${each.evidence}` }, t(`evidence_${each.evidence}`)),
      each.changed.length > 0 && h("span", { class: "tag" }, t("by_scenario"))),
    body,
    h("p", { class: "quiet" }, each.range && `${t("range", { low: tidy(each.range.low), high: tidy(each.range.high), unit: each.unit })}。`.replace(/。$/, document.documentElement.lang === "ja" ? "。" : ". "), each.basis),
    h("div", { class: "buttons" }, toggle, reset));
  fill();
  update();
  rows.push(update);
  return element;
}

/** A slider and a box for years that move together. */
function line(each, years) {
  const { address, range } = each;
  const words = years.length > 1 ? t("all_years") : years[0];
  const called = years.length > 1 ? t("all_years_of") : years[0];
  const put = (value, step, stamp) => change(years.map((year) => [`${address}@${year}`, value]), step, stamp);
  const box = h("input", { type: "text", inputmode: "decimal", class: "box", "aria-label": t("value_in", { name: address, year: called }), "data-key": `box-${address}-${words}` });
  box.addEventListener("change", () => {
    if (typed(box, put)) box.value = tidy(current(address, years[0]));
    update();
  });
  const slider = range && range.low < range.high && !each.fixed ? slide(each, called, words, put) : null;
  const wrong = h("p", { class: "wrong", id: `wrong-${address}-${words}`, hidden: true });
  box.setAttribute("aria-describedby", wrong.id);
  const element = h("div", { class: "line" }, h("span", { class: "year" }, words), slider, box, wrong);
  const update = () => {
    const value = current(address, years[0]);
    if (document.activeElement !== box) box.value = tidy(value);
    if (slider && document.activeElement !== slider) slider.value = value ?? range.low;
    slider?.setAttribute("aria-valuetext", `${tidy(value)}${each.unit}`);
    element.classList.toggle("is-changed", years.some((year) => store.place.changes.has(`${address}@${year}`)));
    const isWrong = box.getAttribute("aria-invalid") === "true";
    const isOutside = !isWrong && value !== null && range && (value < range.low || value > range.high);
    box.classList.toggle("outside", Boolean(isOutside));
    wrong.hidden = !isWrong && !isOutside;
    wrong.textContent = isWrong ? t("not_a_number") : isOutside ? t("outside", { low: tidy(range.low), high: tidy(range.high), unit: each.unit }) : "";
  };
  update();
  return { element, update };
}

function slide(each, called, words, put) {
  const { low, high } = each.range;
  const step = stepOf(high - low);
  const slider = h("input", { type: "range", min: low, max: high, step, "aria-label": t("slider_in", { name: each.address, year: called }), "data-key": `slider-${each.address}-${words}` });
  let moved = -Infinity;
  slider.addEventListener("input", (event) => {
    put(Number(Number(slider.value).toPrecision(12)), event.timeStamp - moved > ONE_MOVE, event.timeStamp);
    moved = event.timeStamp;
  });
  slider.addEventListener("blur", () => { moved = -Infinity; });
  return slider;
}

/** A step of one, two or five with zeros, so that a slider has 50 to 125 of them. */
function stepOf(width) {
  const ten = 10 ** Math.floor(Math.log10(width / 50));
  const times = [5, 2, 1].find((each) => width / (each * ten) >= 50) ?? 1;
  return Number((times * ten).toPrecision(3));
}

/** A number as people write it: commas only where they part thousands. */
const NUMBER = /^[-+]?(\d{1,3}(,\d{3})+|\d*)(\.\d*)?(e[-+]?\d+)?$/i;

/** Takes what was typed in a box, full-width digits too; false if it is no number. */
function typed(box, put) {
  const text = box.value.normalize("NFKC").replace(/^[△▲−]/, "-").trim();
  const value = text === "" ? null : NUMBER.test(text) && /\d/.test(text) ? Number(text.replaceAll(",", "")) : NaN;
  const isWrong = value !== null && !Number.isFinite(value);
  box.setAttribute("aria-invalid", String(isWrong));
  if (!isWrong) put(value);
  return !isWrong;
}

/** A number of an assumption in a box: in full, but for the digits that come from halves and thirds in binary. */
export const tidy = (value) => (value === null || value === undefined ? "" : String(Number(value.toPrecision(6))));
