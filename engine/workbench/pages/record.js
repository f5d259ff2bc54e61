// Actuals are put on record, or declared absent with the reason; what looks like a slip is asked about once more. When
// every figure is there, the year is closed.

import { save } from "./api.js";
import { button, choice, field, h, swap } from "./dom.js";
import { beside, list } from "./problems.js";
import { indicator, on, store, tell } from "./store.js";
import { t } from "./words.js";

/** A figure that looks like a slip: it may be confirmed. */
const DOUBTFUL = "M947";

/** What came of the last step; it stays when the files, which just changed, are read again. */
const results = { record: h("div", { "aria-live": "polite" }), close: h("div", { "aria-live": "polite" }) };
/** What was typed: it stays when the files are read again. Who records is the same for many figures; from what, seldom. */
const kept = { by: "", source: "", year: "", id: "", value: "", absent: "", reason: "", none: false, provisional: false };

/** Who records. */
export const who = () => kept.by.trim() || undefined;

/** Takes away what was said of the last step. */
export const forget = () => Object.values(results).forEach((each) => swap(each));

on("place", forget);

export const named = (id) => `No.${indicator(id)?.no ?? ""} ${indicator(id)?.indicator ?? id}`;

/** The form for a figure; `choose` puts an indicator in. */
export function record(status) {
  const result = results.record;
  const quiet = () => swap(result);
  const id = choice(store.state.indicators.map((each) => [each.id, named(each.id)]), kept.id || status.departments.flatMap((each) => each.missing)[0], (chosen) => { kept.id = chosen; quiet(); }, { id: "record-of" });
  const year = choice(store.state.plan.years.map((each) => [each, each]), kept.year || status.year || store.state.plan.years.at(-1), (chosen) => { kept.year = chosen; quiet(); show(); }, { id: "record-year" });
  const text = (name) => h("input", { type: "text", autocomplete: "off", id: `record-${name}`, value: kept[name], oninput: (event) => { quiet(); kept[name] = event.target.value; } });
  const inputs = { value: text("value"), source: text("source"), by: text("by"), absent: text("absent"), reason: text("reason") };
  const box = (name) => h("input", { type: "checkbox", id: `record-${name}`, checked: kept[name], onchange: (event) => { kept[name] = event.target.checked; quiet(); show(); } });
  const boxes = { none: box("none"), provisional: box("provisional") };
  const marks = [h("label", { class: "check" }, boxes.none, t("is_absent")), h("label", { class: "check" }, boxes.provisional, t("provisional"))];
  const parts = { value: field(t("typed"), inputs.value), source: field(t("source"), inputs.source), absent: field(t("why_absent"), inputs.absent), reason: field(t("reason_closed"), inputs.reason) };
  const show = () => {
    const isNone = boxes.none.checked;
    Object.assign(parts.value, { hidden: isNone });
    Object.assign(parts.source, { hidden: isNone });
    marks[1].hidden = isNone;
    parts.absent.hidden = !isNone;
    parts.reason.hidden = store.state.plan.projected.includes(year.value);
  };
  const given = () => {
    const said = Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, input.value.trim() || undefined]));
    const figure = boxes.none.checked ? { absent: said.absent ?? "" } : { value: said.value, source: said.source, provisional: boxes.provisional.checked };
    return { address: `${id.value}@${year.value}`, ...figure, by: said.by, reason: parts.reason.hidden ? undefined : said.reason };
  };
  const send = async (confirmed) => {
    if (boxes.none.checked && !inputs.absent.value.trim()) return swap(result, h("p", { class: "problem", role: "alert" }, t("say_why_absent")));
    try {
      const answer = await save("/api/cycle/record", { ...given(), confirmed });
      tell("said", t("recorded"));
      emptied();
      swap(result, h("p", { class: "ok" }, answer.entries.length ? t("recorded") : t("recorded_already")), list(answer.diagnostics));
    } catch (fault) {
      swap(result, beside(fault), !confirmed && fault.diagnostics?.some((each) => each.code === DOUBTFUL) && button(t("confirm"), () => send(true), { "data-key": "record-confirm" }));
    }
  };
  const section = h("section", { class: "act" }, h("h3", { id: "record", tabindex: -1 }, t("record")), h("div", { class: "tools" }, field(t("indicator"), id), field(t("year"), year)),
    h("div", { class: "tools" }, parts.value, parts.absent, parts.source, field(t("by"), inputs.by), parts.reason, marks, button(t("do_record"), () => send(false), { class: "main", id: "record-go" })), result);
  section.choose = (chosen) => { Object.assign(kept, { year: "", id: chosen }); [id.value, year.value] = [chosen, status.year]; quiet(); show(); (boxes.none.checked ? inputs.absent : inputs.value).focus(); };
  show();
  return section;
}

/** The form for the next figure, whether it was drawn again already or not. */
function emptied() {
  Object.assign(kept, { id: "", source: "", value: "", absent: "", reason: "", none: false, provisional: false });
  for (const name of ["value", "source", "absent", "reason"]) document.querySelector(`#record-${name}`).value = "";
  for (const name of ["none", "provisional"]) {
    const box = document.querySelector(`#record-${name}`);
    if (box.checked) box.click();
  }
}

/** Closing the first open year: it asks once more, as later corrections need a reason. */
export function close(status) {
  const result = results.close;
  if (!status.year) return result;
  const { year } = status;
  const missing = status.departments.flatMap((each) => each.missing).length;
  const provisional = status.departments.flatMap((each) => each.provisional);
  const by = h("input", { type: "text", id: "close-by", autocomplete: "off", value: kept.by });
  const send = async () => {
    try {
      await save("/api/cycle/close", { year, by: by.value.trim() || undefined });
      kept.year = "";
      tell("said", t("closed", { year }));
      swap(result, h("p", { class: "ok" }, t("closed", { year })));
    } catch (fault) {
      swap(result, beside(fault));
    }
  };
  const ask = () => swap(result, h("div", { class: "notice" }, h("p", {}, t("close_sure", { year })), provisional.length > 0 && h("p", {}, t("close_provisional", { names: provisional.map(named).join("、") })),
    h("div", { class: "buttons" }, button(t("do_close", { year }), send, { class: "main", "data-key": "close-sure" }), button(t("close"), () => swap(result)))));
  return h("section", { class: "act" }, h("h3", { id: "close", tabindex: -1 }, t("close_title", { year })), missing > 0
    ? h("p", {}, t("close_missing", { n: missing }))
    : h("div", { class: "tools" }, field(t("by"), by), button(t("do_close", { year }), ask, { class: "main", "data-key": "close-go" })), result);
}
