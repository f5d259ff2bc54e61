// Why a number is what it is: the calculation with the numbers put in, what they are, and what stands behind them.
// Every number that can be asked about further is a button; beside it a link to its indicator where that is another one.

import { post, Superseded } from "./api.js";
import { button, h, headings, swap, table } from "./dom.js";
import { cell } from "./evaluate.js";
import { to } from "./indicator.js";
import { link } from "./place.js";
import { indicator, on, store, trial } from "./store.js";
import { tidy } from "./premises.js";
import { beside } from "./problems.js";
import { t } from "./words.js";

let redraw = null;
let repaint = null;

on("changes", () => redraw?.());
// Numbers are shown as the outlook shows them, so they are written again when it is there and nothing moves.
on("answer", () => { clearTimeout(painting); painting = setTimeout(() => repaint?.(), 300); });
let painting = 0;

/** The explanation of an address, with a way back to where one began. */
export function explain(address, year) {
  const box = h("div", { class: "explain" });
  const trail = [address];
  let found = null;
  const paint = () => found && swap(box, told(found, trail, show));
  const show = async () => {
    if (!box.isConnected && box.hasChildNodes()) return;
    try {
      ({ explanation: found } = await post("/api/explain", { ...trial(), address: trail.at(-1) }));
      paint();
    } catch (fault) {
      if (!(fault instanceof Superseded)) swap(box, beside(fault));
    }
  };
  let timer = 0;
  redraw = () => { clearTimeout(timer); timer = setTimeout(show, 250); };
  repaint = () => box.isConnected && box.querySelector("details[open]") === null && paint();
  show();
  return h("section", {}, h("h3", {}, t("why", { year })), box);
}

function told(its, trail, show) {
  const go = (address) => () => { trail.push(address); show(); };
  const back = trail.length > 1 && button(t("one_back"), () => { trail.pop(); show(); }, { "data-key": "explain-back" });
  const { calculation } = its;
  return [h("div", { class: "buttons" }, back), h("p", {}, h("b", {}, `${its.address} = ${value(its)}`), " ", its.title, evidence(its), home(its.address)), h("p", { class: "quiet" }, [its.origin?.text, its.basis].filter(Boolean).join("。")),
    its.failure && h("p", { class: "problem" }, its.failure.message),
    its.reasons.length > 0 && h("ul", {}, its.reasons.map((each) => h("li", {}, typeof each === "string" ? each : each.text))),
    calculation && [h("h4", {}, `${t("formula")}${calculation.place ? `（${calculation.place.file}:${calculation.place.line}）` : ""}`), calculation.comment && h("p", {}, calculation.comment), h("pre", { tabindex: 0, role: "group", "aria-label": t("formula") }, calculation.text),
      h("ul", { class: "tree" }, calculation.steps.map((step) => h("li", {}, h("code", {}, /^let\s/.test(step.written) ? step.written : [step.name, step.written].filter(Boolean).join(" = ")), step.value !== null && ` = ${typeof step.value === "number" ? tidy(step.value) : step.value}`, step.numbers && h("p", { class: "quiet" }, h("code", {}, step.numbers))))),
      calculation.inputs.length > 0 && inputs(calculation.inputs, go)],
    its.upstream.length > 0 && h("details", {}, h("summary", {}, t("upstream")), tree(its.upstream, go))];
}

function inputs(all, go) {
  return table(t("inputs"), headings(t("name"), t("what"), h("th", { scope: "col", class: "number" }, t("value")), t("evidence")), all.map((each) => h("tr", {},
    h("th", { scope: "row" }, h("code", {}, each.name)), h("td", { class: "long" }, each.address ? ask(each, go) : each.title, home(each.address), h("p", { class: "quiet" }, [each.origin?.text, each.basis].filter(Boolean).join("。"))),
    h("td", { class: "number" }, value(each)), h("td", {}, evidence(each)))));
}

const ask = (each, go) => button(`${each.title}（${each.address}）`, go(each.address), { class: "link", "data-key": `ask-${each.address}` });

/** The way to the indicator that a number belongs to, if one looks at another. */
function home(address) {
  const [name, year] = address?.split("@") ?? [];
  const its = indicator(name?.split(".")[0]);
  if (!its || its.id === store.place.id) return null;
  const there = { view: "indicator", id: its.id, ...(year ? { year } : {}) };
  return [" ", h("a", { href: link(store.place, there), onclick: to(there), class: "home" }, t("go_to", { no: its.no }))];
}

function tree(nodes, go) {
  return h("ul", { class: "tree" }, nodes.map((node) => h("li", {}, ask(node, go), ` = ${value(node)}`, home(node.address), node.below.length > 0 && tree(node.below, go))));
}

const evidence = (each) => each.evidence && [" ", h("span", { class: `tag ${each.evidence}` }, t(`evidence_${each.evidence}`))];

/** Rounded as in reports where it is an indicator's outcome. */
function value(each) {
  if (each.value === null) return t("absent");
  const [id, year] = each.address?.split("@") ?? [];
  const now = cell(id, year);
  const shown = now && now.outcome === each.value ? now.shown.outcome : tidy(each.value);
  return each.unit ? `${shown} ${each.unit}` : shown;
}
