// 年次: where the yearly cycle stands; actuals are put on record, and the review's proposals are decided on with reasons.

import { get, save } from "./api.js";
import { button, choice, field, h, headings, swap, table } from "./dom.js";
import { beside, list } from "./problems.js";
import { indicator, on, store, tell } from "./store.js";
import { t } from "./words.js";

/** A figure that looks like a slip: it may be confirmed. */
const DOUBTFUL = "M947";

/** What came of the last step; it stays when the files, which just changed, are read again. */
const results = { record: h("div", { "aria-live": "polite" }), adopt: h("div", { "aria-live": "polite" }) };

on("place", () => Object.values(results).forEach((each) => swap(each)));

/** The view. */
export function cycle() {
  const status = h("div", {}, t("loading"));
  const review = h("div", {});
  fill(status, review);
  return h("div", {}, h("h2", {}, t("cycle_title")), status, review);
}

async function fill(status, review) {
  try {
    const told = await get("/api/cycle");
    swap(status, stages(told.status), missing(told.status), !store.state.read_only && record(told.status), history(told.entries));
    swap(review, proposals(await get("/api/cycle/review")));
  } catch (fault) {
    swap(status, beside(fault));
  }
}

function stages(status) {
  const state = ({ stage, on }) => on ?? (stage === status.next ? t("stage_next") : t("stage_open"));
  const rows = status.stages.map((each) => h("tr", { class: each.stage === status.next && "moved" }, h("th", { scope: "row" }, t(`stage_${each.stage}`)), h("td", { class: each.stage === status.next ? "differs" : null }, state(each))));
  return [status.year && h("p", {}, t("cycle_of", { year: status.year, edition: status.edition })), table(t("cycle_title"), headings(t("stage"), t("stage_on")), rows)];
}

const named = (id) => `No.${indicator(id)?.no ?? ""} ${indicator(id)?.indicator ?? id}`;

function missing(status) {
  const rows = status.departments.filter((each) => each.missing.length).map((each) => h("tr", {}, h("th", { scope: "row" }, each.name), h("td", {}, each.missing.map(named).join("、"))));
  return rows.length > 0 && [h("h3", {}, t("missing")), table(t("missing"), headings(t("department"), t("indicator")), rows)];
}

/** The form for a figure; what looks like a slip is asked about once more. */
function record(status) {
  const result = results.record;
  const ids = store.state.indicators.map((each) => [each.id, named(each.id)]);
  const id = choice(ids, status.departments.flatMap((each) => each.missing)[0], () => swap(result), { id: "record-of" });
  const year = choice(store.state.plan.years.map((each) => [each, each]), status.year, () => swap(result), { id: "record-year" });
  const text = (name) => h("input", { type: "text", autocomplete: "off", id: `record-${name}`, oninput: () => swap(result) });
  const inputs = { value: text("value"), source: text("source"), by: text("by"), reason: text("reason") };
  const provisional = h("input", { type: "checkbox", id: "record-provisional" });
  const send = async (confirmed) => {
    const given = Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, input.value.trim() || undefined]));
    try {
      const answer = await save("/api/cycle/record", { address: `${id.value}@${year.value}`, ...given, provisional: provisional.checked, confirmed });
      tell("said", t("recorded"));
      swap(result, h("p", { class: "ok" }, t("recorded")), list(answer.diagnostics));
    } catch (fault) {
      swap(result, beside(fault), !confirmed && fault.diagnostics?.some((each) => each.code === DOUBTFUL) && button(t("confirm"), () => send(true)));
    }
  };
  return h("section", {}, h("h3", {}, t("record")), h("div", { class: "tools" }, field(t("indicator"), id), field(t("year"), year), field(t("typed"), inputs.value), field(t("source"), inputs.source), field(t("by"), inputs.by), field(t("reason_closed"), inputs.reason),
    h("label", { class: "check" }, provisional, t("provisional")), button(t("do_record"), () => send(false), { class: "main", id: "record-go" })), result);
}

function history(entries) {
  return entries.length > 0 && h("details", {}, h("summary", {}, `${t("history")} (${entries.length})`), h("pre", { tabindex: 0, role: "group", "aria-label": t("history") }, entries.map((each) => JSON.stringify(each)).join("\n")));
}

function proposals({ year, proposals: all }) {
  const result = results.adopt;
  const changes = all.filter((each) => each.is_change);
  if (changes.length === 0) return [h("h3", {}, t("review", { year })), h("p", {}, t("no_changes", { n: all.length })), result];
  const decisions = changes.map((each) => decision(each));
  const by = h("input", { type: "text", id: "adopt-by" });
  const edition = h("input", { type: "text", id: "adopt-edition" });
  const send = async () => {
    const taken = decisions.map((each) => each.read()).filter(Boolean);
    if (taken.length === 0) return swap(result, h("p", {}, t("none_decided")));
    try {
      const answer = await save("/api/cycle/adopt", { decisions: taken, year, by: by.value.trim() || undefined, edition: edition.value.trim() || undefined });
      tell("said", t("recorded"));
      swap(result, h("p", { class: "ok" }, t("recorded")), list(answer.diagnostics));
    } catch (fault) {
      swap(result, beside(fault));
    }
  };
  const head = headings(t("indicator"), t("year"), t("now"), t("proposed"), t("reason"), t("verdict"));
  return [h("h3", {}, t("review", { year })), table(t("review", { year }), head, decisions.map((each) => each.row)), h("p", { class: "quiet" }, t("only_changes", { n: all.length - changes.length })),
    !store.state.read_only && h("div", { class: "tools" }, field(t("by"), by), field(t("edition_new"), edition), button(t("do_adopt"), send, { class: "main", id: "adopt-go" })), result];
}

function decision(each) {
  const called = `${named(each.id)} ${each.year}`;
  const verdict = choice([["", t("leave")], ["adopt", t("adopt")], ["reject", t("reject")]], "", () => {}, { "aria-label": `${t("verdict")}: ${called}` });
  const reason = h("input", { type: "text", "aria-label": `${t("decision_reason")}: ${called}`, placeholder: t("decision_reason") });
  const row = h("tr", {}, h("th", { scope: "row" }, named(each.id)), h("td", {}, each.year), h("td", { class: "number" }, each.shown.now), h("td", { class: "number differs" }, each.shown.proposed), h("td", { class: "long" }, each.reason),
    h("td", {}, store.state.read_only ? t("leave") : [verdict, " ", reason]));
  const read = () => verdict.value && { id: each.id, year: each.year, verdict: verdict.value, reason: reason.value.trim() || undefined };
  return { row, read };
}
