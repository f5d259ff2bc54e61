// A new indicator by a form: what is wrong is told at its field while one types, and the two files are shown before they
// are written. What was typed stays when one looks elsewhere.

import { get, post, save, Superseded } from "./api.js";
import { button, choice, h, swap } from "./dom.js";
import { beside, list } from "./problems.js";
import { go, store, tell } from "./store.js";
import { t } from "./words.js";

/** What was typed, by field; numbers by year as `targets.R8`. */
const typed = new Map();
const KINDS = ["cumulative", "annual", "level", "rate", "milestone"];
const WAYS = ["higher", "lower", "within"];
let timer = 0;

window.addEventListener("beforeunload", (event) => { if ([...typed.values()].some((each) => each.trim())) event.preventDefault(); });

/** The form; `result` stays over the redraw that a saving brings. */
export function begin(result) {
  const told = h("div", { "aria-live": "polite" });
  const files = h("div", {});
  const form = h("form", { class: "begin", novalidate: true, onsubmit: (event) => { event.preventDefault(); write(form, result); } });
  const check = () => draft(form, told, files);
  const later = () => { swap(result); clearTimeout(timer); timer = setTimeout(check, 250); };
  form.addEventListener("input", (event) => { typed.set(event.target.name, event.target.value); later(); });
  form.append(group(t("begin_what"), names()), group(t("begin_how"), measured()), group(t("begin_numbers"), numbers()),
    h("div", { class: "buttons" }, h("button", { class: "main", "data-key": "begin-go" }, t("begin_go")), button(t("begin_stop"), () => go({ kind: "rule" }))), result);
  check();
  return h("div", { class: "editor" }, form, h("div", {}, told, files));
}

const group = (title, fields) => h("fieldset", {}, h("legend", {}, title), fields);
const chosen = (name, otherwise) => typed.get(name) ?? otherwise;

/** A field, with room for what is wrong with it. */
function slot(label, control, hint = "") {
  const { name } = control;
  control.id = `begin-${name}`;
  control.dataset.key = control.id;
  control.setAttribute("aria-describedby", `begin-wrong-${name}${hint ? ` begin-hint-${name}` : ""}`);
  return h("div", { class: "field" }, h("label", { for: control.id }, label), control, hint && h("p", { class: "quiet", id: `begin-hint-${name}` }, hint), h("p", { class: "wrong", id: `begin-wrong-${name}`, hidden: true }));
}

const words = (name, attributes = {}) => h("input", { type: "text", name, autocomplete: "off", value: chosen(name, ""), ...attributes });
const select = (name, options, otherwise) => choice(options, chosen(name, otherwise), () => {}, { name });

function names() {
  const { indicators, plan } = store.state;
  const departments = [...new Set(indicators.map((each) => each.department).filter(Boolean))];
  const strategies = plan.strategies.map((each) => [each.key, `${each.key} ${each.title}`]);
  return [
    slot(t("begin_id"), words("id", { required: true, spellcheck: "false", autocapitalize: "off" }), t("begin_id_hint")),
    slot(t("no"), words("no", { inputmode: "numeric", placeholder: String(Math.max(0, ...indicators.map((each) => each.no ?? 0)) + 1) })),
    slot(t("begin_title"), words("title")), slot(t("begin_indicator"), words("indicator"), t("begin_indicator_hint")),
    slot(t("department"), words("department", { list: "begin-departments" })), h("datalist", { id: "begin-departments" }, departments.map((value) => h("option", { value }))),
    slot(t("strategy"), select("strategy", [["", t("begin_none")], ...strategies], "")),
  ];
}

const measured = () => [
  slot(t("begin_kind"), select("kind", KINDS.map((each) => [each, t(`kind_of_${each}`)]), "level")),
  slot(t("begin_better"), select("better", WAYS.map((each) => [each, t(`better_${each}`)]), "higher")),
  slot(t("unit"), words("unit", { placeholder: "件" })), slot(t("begin_decimals"), words("decimals", { inputmode: "numeric", placeholder: "0" })),
];

/** Baseline, actuals and targets; years of the past may have actuals, every year of the plan a target. */
function numbers() {
  const { plan } = store.state;
  const row = (title, of, years) => h("fieldset", {}, h("legend", {}, title), years.map((year) => slot(year, words(`${of}.${year}`, { inputmode: "decimal", class: "box" }))));
  const closed = plan.years.filter((year) => !plan.projected.includes(year));
  return [h("p", { class: "quiet whole" }, t("begin_numbers_hint")),
    slot(t("baseline_year"), words("baseline.year", { class: "box" })), slot(t("baseline_value"), words("baseline.value", { inputmode: "decimal", class: "box" })),
    row(t("begin_actuals"), "actuals", closed), row(t("begin_targets"), "targets", plan.years)];
}

/** What was typed as the server takes it. */
function question() {
  const body = { actuals: {}, targets: {} };
  for (const [name, value] of typed) {
    const [table, key] = name.split(".");
    if (key && table !== "baseline" && value.trim()) body[table][key] = value;
    else if (!key) body[name] = value;
  }
  const [year, value] = [chosen("baseline.year", "").trim(), chosen("baseline.value", "").trim()];
  if (year || value) body.baseline = { year, value };
  return body;
}

async function draft(form, told, files) {
  try {
    const answer = await post("/api/indicator/draft", question());
    if (!form.isConnected) return;
    mark(form, answer.fields, false);
    swap(told, answer.diagnostics.length > 0 && list(answer.diagnostics), answer.files.length > 0 && answer.fields.length === 0 && !answer.diagnostics.some((each) => each.severity === "error") && h("p", { class: "ok" }, t("begin_ready")));
    swap(files, h("h3", {}, t("begin_files")), answer.files.length ? answer.files.map((file) => h("details", { open: true }, h("summary", {}, file.path), h("pre", { tabindex: 0, role: "group", "aria-label": file.path }, file.text))) : h("p", { class: "quiet" }, t("begin_no_files")));
  } catch (fault) {
    if (!(fault instanceof Superseded)) swap(told, beside(fault));
  }
}

/** Tells what is wrong at its field; a field that nobody touched is left in peace until the form is sent. */
function mark(form, fields, all) {
  for (const control of form.querySelectorAll("[name]")) {
    const wrong = fields.find((each) => each.field === control.name);
    const isTold = wrong && (all || typed.has(control.name));
    const place = form.querySelector(`#${CSS.escape(`begin-wrong-${control.name}`)}`);
    control.setAttribute("aria-invalid", isTold ? "true" : "false");
    place.hidden = !isTold;
    swap(place, isTold && h("b", {}, wrong.message), isTold && ` ${wrong.hint}`);
  }
  if (all) form.querySelector("[aria-invalid=true]")?.focus();
}

async function write(form, result) {
  try {
    const answer = await save("/api/indicator", question());
    const { id, path } = answer.saved.find((each) => each.kind === "rule");
    typed.clear();
    store.state = await get("/api/state");
    go({ kind: "rule", id });
    tell("said", t("begun", { path }));
    swap(result, h("p", { class: "ok" }, t("begun", { path: answer.saved.map((each) => each.path).join("、") })), h("p", { class: "quiet" }, t("begun_next")));
  } catch (fault) {
    if (fault.error === "changed") mark(form, [{ field: "id", message: fault.message, hint: fault.hint }], true);
    else if (fault.fields?.length) mark(form, fault.fields, true);
    else swap(result, beside(fault));
  }
}
