// What is wrong, above everything else: errors of the files, of a question, of a saving; each with its hint.

import { h, swap, button } from "./dom.js";
import { on, store } from "./store.js";
import { t } from "./words.js";

const box = document.querySelector("#problems");
let current = null;

on("problem", (problem) => { current = problem; draw(); });
on("answer", () => { if (current) { current = null; draw(); } });
on("plan", draw);

function draw() {
  const { broken, warnings = [] } = store.state ?? {};
  swap(box, broken && told(store.state.plan ? t("broken") : t("broken_first"), broken.diagnostics), current && asked(current),
    warnings.length > 0 && h("details", { class: "notice" }, h("summary", {}, t("warnings", { n: warnings.length })), list(warnings)));
}

function asked(problem) {
  const close = button(t("close"), () => { current = null; draw(); });
  return h("div", { class: "problem", role: "alert" }, h("strong", {}, problem.message), problem.diagnostics?.length ? null : hint(problem.hint), list(problem.diagnostics ?? []), close);
}

const told = (words, diagnostics) => h("div", { class: "problem", role: "alert" }, h("strong", {}, words), list(diagnostics));
const hint = (words) => words && h("p", { class: "hint" }, `${t("hint")}: ${words}`);

/** Diagnostics as a list; `place` may make a button of the place of one. */
export function list(diagnostics, place = where) {
  if (diagnostics.length === 0) return null;
  return h("ul", { class: "diagnostics" }, diagnostics.map((each) => h("li", {},
    h("span", { class: `tag ${each.severity}` }, `${t(each.severity)} ${each.code}`), " ", each.message, " ", place(each),
    each.notes.map((words) => h("p", { class: "quiet" }, `${t("note")}: ${words}`)), each.hints.map(hint))));
}

function where({ path, line, column }) {
  return path && h("span", { class: "quiet" }, line ? `${path}:${line}:${column}` : path);
}

/** A problem beside what caused it. */
export const beside = (problem) => h("div", { class: "problem", role: "alert" }, h("strong", {}, problem.message), problem.diagnostics?.length ? list(problem.diagnostics) : hint(problem.hint));
