// つながり: which indicator has an influence on which, as a drawing that answers and as a table. A click or Enter on a box
// chooses it: what is before and after it stays, the rest fades; once more opens it. A line is as wide as its elasticity
// is large, and its pattern tells the evidence.

import { post, Superseded } from "./api.js";
import { button, choice, field, figure, h, headings, swap, table } from "./dom.js";
import { to } from "./indicator.js";
import { link } from "./place.js";
import { beside } from "./problems.js";
import { go, last, on, quietly, store, tell, trial } from "./store.js";
import { t } from "./words.js";

/** Pixels of a line: of an elasticity of 0, and of 1 or more. */
const [THIN, WIDE] = [1.2, 7];
/** The elasticities of the legend. */
const SAMPLES = [0.01, 0.1, 0.5, 1];

let parts = null;
let answer = null;
let timer = 0;

on("changes", () => { clearTimeout(timer); timer = setTimeout(() => parts?.shown.isConnected && fill(), 250); });

/** The view. */
export function network() {
  const options = [["", t("whole")], ...store.state.indicators.map((each) => [each.id, `No.${each.no} ${each.indicator}`])];
  const pick = choice(options, store.place.id || "", choose, { id: "network-of", "data-key": "network-of" });
  parts = { pick, bar: h("div", { class: "buttons chosen" }), shown: h("div", {}, t("loading")), around: h("div", {}), drawing: null };
  if (answer) draw();
  fill();
  return h("div", {}, h("h2", {}, t("network_title")), h("div", { class: "tools" }, field(t("network_of"), pick), parts.bar), parts.shown, parts.around);
}

async function fill() {
  const { shown } = parts;
  try {
    answer = await post("/api/graph", trial());
    if (parts.shown === shown) draw();
  } catch (fault) {
    if (!(fault instanceof Superseded)) swap(shown, beside(fault));
  }
}

function draw() {
  const drawn = figure(answer.figure, t("in_numbers"));
  const box = drawn?.querySelector(".drawing");
  const scrolled = parts.drawing?.scrollLeft ?? 0;
  if (box) {
    box.classList.add("as-is");
    answering(box.querySelector("svg"));
    box.after(legend());
  }
  parts.drawing = box;
  swap(parts.shown, h("p", { class: "quiet" }, t("network_about")), drawn);
  if (box) box.scrollLeft = scrolled;
  mark();
}

/** Chooses one of them, or none. */
function choose(id) {
  quietly({ id });
  parts.pick.value = id;
  mark();
  const of = node(id);
  tell("said", of ? t("network_said", { name: named(id), before: before(id).size, after: after(id).size }) : t("network_none"));
}

/** Makes the boxes of the drawing buttons, and the lines as wide as their elasticities. */
function answering(svg) {
  svg.setAttribute("role", "group");
  for (const box of svg.querySelectorAll("[data-node]")) {
    const { id } = answer.graph.nodes[Number(box.dataset.node)];
    const act = () => (store.place.id === id ? go({ view: "indicator", id }) : choose(id));
    box.dataset.id = id;
    box.dataset.key = `node-${id}`;
    // The name is what can be read in the box; the whole of it stands in the title.
    const read = [...box.querySelectorAll("text")].map((each) => each.textContent).join(" ");
    for (const [name, value] of [["role", "button"], ["tabindex", "0"], ["aria-label", read]]) box.setAttribute(name, value);
    box.prepend(titled(named(id)));
    box.addEventListener("click", act);
    box.addEventListener("keydown", (event) => {
      if (event.key === "Escape") choose("");
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      act();
    });
  }
  for (const line of svg.querySelectorAll("[data-from]")) {
    const [from, into] = [line.dataset.from, line.dataset.to].map((at) => answer.graph.nodes[Number(at)].id);
    Object.assign(line.dataset, { source: from, target: into });
    widen(line.querySelector("path"), elasticity(from, into));
    line.prepend(titled(`${named(from)} → ${named(into)}: ${t("elasticity")} ${elasticity(from, into)?.shown ?? t("absent")}`));
  }
}

function titled(words) {
  const title = document.createElementNS("http://www.w3.org/2000/svg", "title");
  title.textContent = words;
  return title;
}

const width = (value) => THIN + (WIDE - THIN) * Math.sqrt(Math.min(1, Math.abs(value)));

/** The pattern grows with the line, so that it can be told apart. */
function widen(path, found) {
  if (!path || !found) return;
  const pixels = width(found.value);
  const grown = Math.max(1, pixels / 2.4);
  const dashes = path.getAttribute("stroke-dasharray");
  path.setAttribute("stroke-width", pixels);
  if (dashes) path.setAttribute("stroke-dasharray", dashes.split(" ").map((each) => Number(each) * grown).join(" "));
}

function legend() {
  const sample = (value) => {
    const line = h("span", { class: "width", "aria-hidden": "true" });
    line.style.borderTopWidth = `${width(value)}px`;
    return h("li", {}, line, ` ${value === SAMPLES.at(-1) ? t("or_more", { value }) : value}`);
  };
  return h("ul", { class: "widths", "aria-label": t("width_about") }, h("li", { "aria-hidden": "true" }, t("width_about")), SAMPLES.map(sample));
}

/** Shows what was chosen: classes on the drawing, the lists, and the rows of the table. */
function mark() {
  const { id } = store.place;
  const of = node(id);
  const [up, down] = [before(id), after(id)];
  const isKept = (each) => !of || ((up.has(each.from) && (up.has(each.to) || each.to === id)) || (down.has(each.to) && (down.has(each.from) || each.from === id)));
  for (const box of parts.drawing?.querySelectorAll("[data-id]") ?? []) {
    const { id: its } = box.dataset;
    box.setAttribute("aria-pressed", its === id ? "true" : "false");
    box.classList.toggle("is-chosen", its === id);
    box.classList.toggle("fades", Boolean(of) && its !== id && !up.has(its) && !down.has(its));
  }
  for (const line of parts.drawing?.querySelectorAll("[data-source]") ?? []) line.classList.toggle("fades", !isKept({ from: line.dataset.source, to: line.dataset.target }));
  const open = of && h("a", { href: link(store.place, { view: "indicator", id }), onclick: to({ view: "indicator", id }), class: "as-button", "data-key": "network-open" }, t("open_indicator", { no: of.no }));
  swap(parts.bar, open, of && button(t("network_clear"), () => { choose(""); parts.pick.focus(); }, { "data-key": "network-clear" }));
  swap(parts.around, of && [side(t("upstream_of"), up), side(t("downstream_of"), down)], links(isKept), loops());
}

/** Everything that can be reached from an indicator along the links. */
function reach(id, here, there) {
  const found = new Set();
  const todo = id ? [id] : [];
  while (todo.length) {
    const at = todo.pop();
    for (const each of answer.graph.links.filter((one) => one[here] === at && one[there] !== id && !found.has(one[there]))) {
      found.add(each[there]);
      todo.push(each[there]);
    }
  }
  return found;
}

const before = (id) => reach(id, "to", "from");
const after = (id) => reach(id, "from", "to");
const node = (id) => answer?.graph.nodes.find((each) => each.id === id);
const named = (id) => `No.${node(id)?.no ?? ""} ${node(id)?.label ?? id}`;
const elasticity = (from, into) => answer.elasticities.find((each) => each.from === from && each.to === into);

function goto(id) {
  const click = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    choose(id);
  };
  return h("a", { href: link(store.place, { id }), onclick: click, "data-key": `goto-${id}` }, named(id));
}

function side(title, ids) {
  return h("section", {}, h("h3", {}, title), ids.size ? h("ul", {}, [...ids].map((id) => h("li", {}, goto(id)))) : h("p", { class: "quiet" }, t("nothing")));
}

function links(isKept) {
  const strong = (each) => Math.abs(elasticity(each.from, each.to)?.value ?? 0);
  const rows = answer.graph.links.filter(isKept).sort((a, b) => strong(b) - strong(a)).map((each) => h("tr", {},
    h("td", { class: "long" }, goto(each.from)), h("td", { class: "long" }, goto(each.to)), h("td", {}, each.lags.map((lag) => (lag === 0 ? t("same_year") : t("years_later", { n: lag }))).join("、")),
    h("td", {}, h("span", { class: `tag ${each.evidence}` }, t(`evidence_${each.evidence}`))), h("td", { class: "number" }, elasticity(each.from, each.to)?.shown ?? t("absent"))));
  return [h("h3", {}, t("links_title")), h("p", { class: "quiet" }, t("elasticity_about", { year: last() })),
    table(t("links_title"), headings(t("from"), t("to"), t("lags"), t("evidence"), h("th", { scope: "col", class: "number" }, t("elasticity"))), rows)];
}

function loops() {
  const { loops: all } = answer.graph;
  return all.length > 0 && [h("h3", {}, t("loops")), h("ul", {}, all.map((loop) => h("li", {}, loop.circle.map((each) => `${named(each.from)} → ${named(each.to)}`).join("、"))))];
}
