// 年次: where the yearly cycle stands, what is missing from whom, what was done. What can be done here leads to its form;
// for the rest the command is shown.

import { get, save } from "./api.js";
import { button, h, headings, swap, table } from "./dom.js";
import { proposals } from "./decide.js";
import { beside } from "./problems.js";
import { close, forget, named, record, who } from "./record.js";
import { on, store, tell } from "./store.js";
import { t } from "./words.js";

/** What came of the last undoing; it stays when the files, which just changed, are read again. */
const undone = h("div", { "aria-live": "polite" });
/** The most steps shown. */
const MOST = 50;

on("place", () => swap(undone));

/** The same boxes for ever: while they are filled again nothing jumps. */
const [status, review] = [h("div", {}), h("div", {})];

/** The view. */
export function cycle() {
  if (!status.firstChild) swap(status, t("loading"));
  fill(status, review);
  return h("div", {}, h("h2", {}, t("cycle_title")), status, review);
}

async function fill(status, review) {
  try {
    const told = await get("/api/cycle");
    const form = !store.state.read_only && record(told.status);
    swap(status, stages(told.status), missing(told.status, form), form, !store.state.read_only && close(told.status), undone, history(told.steps));
    swap(review, proposals(await get("/api/cycle/review"), told.status));
  } catch (fault) {
    swap(status, beside(fault));
  }
}

function stages(status) {
  const state = ({ stage, on: day }) => day ?? (stage === status.next ? t("stage_next") : t("stage_open"));
  const rows = status.stages.map((each) => h("tr", { class: each.stage === status.next && "moved" }, h("th", { scope: "row" }, t(`stage_${each.stage}`)), h("td", { class: each.stage === status.next ? "day differs" : "day" }, state(each)), h("td", {}, how(each.stage, status.year))));
  return [status.year ? h("p", {}, t("cycle_of", { year: status.year, edition: status.edition })) : [h("p", {}, t("all_closed")), command("mitoshi roll --to …")],
    table(t("cycle_title"), headings(t("stage"), t("stage_on"), t("stage_how")), rows)];
}

/** Where a stage is done: below, or by a command. */
function how(stage, year) {
  const below = { record: "record", close: "close", adopt: "review-title" }[stage];
  if (below) return store.state.read_only ? "" : h("a", { href: `#${below}`, onclick: (event) => { event.preventDefault(); const place = document.querySelector(`#${below}`); place?.scrollIntoView({ block: "start" }); place?.focus({ preventScroll: true }); } }, t("stage_below"));
  return command(stage === "request" ? `mitoshi request --year ${year} -o ${t("folder_request")}` : `mitoshi publish -o ${t("folder_publish")} -s baseline`);
}

const command = (words) => h("code", {}, words);

function missing(status, form) {
  const one = (id) => h("li", {}, form ? button(named(id), () => form.choose(id), { class: "link", "data-key": `missing-${id}` }) : named(id));
  const rows = status.departments.filter((each) => each.missing.length).map((each) => h("tr", {}, h("th", { scope: "row" }, each.name), h("td", {}, h("ul", { class: "several" }, each.missing.map(one)))));
  return rows.length > 0 && [h("h3", {}, t("missing")), table(t("missing"), headings(t("department"), t("indicator")), rows)];
}

/** What was done, newest first; figures can be taken back. */
function history(steps) {
  if (steps.length === 0) return null;
  const row = (step) => h("tr", {}, h("td", { class: "number" }, String(step.no)), h("td", {}, step.on), h("th", { scope: "row" }, [step.what, step.year].filter(Boolean).join(" "), step.undoes && ` (${step.undoes})`),
    h("td", { class: "long" }, step.table.rows.slice(0, 20).map((cells) => h("p", {}, changed(cells))), step.table.rows.length > 20 && h("p", { class: "quiet" }, t("and_more", { n: step.table.rows.length - 20 }))),
    h("td", {}, [step.by, step.reason].filter(Boolean).join("。")),
    h("td", {}, step.can_undo && !store.state.read_only && button(t("take_back"), () => undo(step), { class: "small", "aria-label": `${t("take_back")}: ${step.no} ${step.what}`, "data-key": `undo-${step.no}` })));
  return h("details", { open: true }, h("summary", {}, `${t("history")} (${steps.length})`), table(t("history"), headings(h("th", { scope: "col", class: "number" }, t("no")), t("day"), t("what_done"), t("changed_facts"), t("who_why"), h("th", { scope: "col" }, h("span", { class: "unseen" }, t("take_back")))), steps.slice(0, MOST).map(row)), steps.length > MOST && h("p", { class: "quiet" }, t("and_more", { n: steps.length - MOST })));
}

/** `No.6 未収債権額 R6の実績: — → 412（決算書）`. */
function changed(cells) {
  const [no, name, item, old, now, source] = cells.map((cell) => cell.text);
  return `${no && `No.${no} `}${name} ${item}: ${old} → ${now}${source ? t("in_brackets", { words: source }) : ""}`;
}

async function undo(step) {
  try {
    await save("/api/cycle/undo", { no: step.no, by: who() });
    forget();
    tell("said", t("taken_back", { no: step.no }));
    swap(undone, h("p", { class: "ok" }, t("taken_back", { no: step.no })));
  } catch (fault) {
    swap(undone, beside(fault));
  }
}
