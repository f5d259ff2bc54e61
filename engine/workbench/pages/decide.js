// The review's proposals are decided on: adopted, changed to another number, rejected or kept, each with its reason.

import { save } from "./api.js";
import { button, choice, field, h, headings, swap, table } from "./dom.js";
import { beside, list } from "./problems.js";
import { named } from "./record.js";
import { on, store, tell } from "./store.js";
import { t } from "./words.js";

/** What came of the last decision; it stays when the files, which just changed, are read again. */
const result = h("div", { "aria-live": "polite" });
/** What was decided and typed so far, by indicator and year: it stays when the files are read again. */
const drafts = new Map();
const kept = { by: "", edition: "" };
/** Whether proposals to keep a target are shown too. */
let isAll = false;

on("place", () => swap(result));

/** The proposals after a year. */
export function proposals({ year, proposals: all }, status) {
  const area = h("div", {});
  const draw = () => swap(area, form(year, isAll ? all : all.filter((each) => each.is_change), status));
  const changes = all.filter((each) => each.is_change).length;
  const toggle = h("label", { class: "check" }, h("input", { type: "checkbox", id: "review-all", checked: isAll, onchange: (event) => { isAll = event.target.checked; draw(); } }), t("show_kept", { n: all.length - changes }));
  draw();
  return [h("h3", { id: "review-title", tabindex: -1 }, t("review", { year })), changes === 0 && h("p", {}, t("no_changes", { n: all.length })), all.length > changes && toggle, area, result];
}

function form(year, shown, status) {
  if (shown.length === 0) return null;
  const decisions = shown.map((each) => decision(each));
  const text = (name) => h("input", { type: "text", id: `adopt-${name}`, autocomplete: "off", value: kept[name], oninput: (event) => { kept[name] = event.target.value; } });
  const [by, edition] = [text("by"), text("edition")];
  const send = async () => {
    const taken = decisions.map((each) => each.read()).filter(Boolean);
    if (taken.length === 0) return swap(result, h("p", {}, t("none_decided")));
    try {
      const answer = await save("/api/cycle/adopt", { decisions: taken, year, by: by.value.trim() || undefined, edition: edition.value.trim() || undefined });
      tell("said", t("recorded"));
      drafts.clear();
      kept.edition = "";
      swap(result, h("p", { class: "ok" }, t("recorded")), list(answer.diagnostics));
    } catch (fault) {
      swap(result, beside(fault));
    }
  };
  const head = headings(t("indicator"), t("year"), t("now"), t("proposed"), t("reason"), t("verdict"));
  return [table(t("review", { year }), head, decisions.map((each) => each.row)),
    !store.state.read_only && h("div", { class: "tools" }, field(t("decided_by"), by), field(status.sealed ? t("edition_needed") : t("edition_new"), edition), button(t("do_adopt"), send, { class: "main", id: "adopt-go" }))];
}

function decision(each) {
  const called = `${named(each.id)} ${each.year}`;
  const offered = each.is_change ? ["adopt", "change", "reject"] : ["keep", "change"];
  const key = `${each.id}@${each.year}`;
  const draft = drafts.get(key) ?? { verdict: "", value: "", reason: "" };
  const note = (others) => drafts.set(key, Object.assign(draft, others));
  const value = h("input", { type: "text", class: "box", value: draft.value, oninput: (event) => note({ value: event.target.value }), "aria-label": `${t("decided_value")}: ${called}`, placeholder: t("decided_value"), hidden: draft.verdict !== "change" });
  const verdict = choice([["", t("leave")], ...offered.map((word) => [word, t(word)])], draft.verdict, (word) => { note({ verdict: word }); value.hidden = word !== "change"; }, { "aria-label": `${t("verdict")}: ${called}` });
  const reason = h("input", { type: "text", value: draft.reason, oninput: (event) => note({ reason: event.target.value }), "aria-label": `${t("decision_reason")}: ${called}`, placeholder: t("decision_reason") });
  const row = h("tr", {}, h("th", { scope: "row" }, named(each.id)), h("td", {}, each.year), h("td", { class: "number" }, each.shown.now), h("td", { class: `number ${each.is_change ? "differs" : ""}` }, each.shown.proposed), h("td", { class: "long" }, each.reason),
    h("td", { class: "decision" }, store.state.read_only ? t("leave") : [verdict, value, reason]));
  const read = () => verdict.value && { id: each.id, year: each.year, verdict: verdict.value, value: value.hidden ? undefined : value.value.trim(), reason: reason.value.trim() || undefined };
  return { row, read };
}
