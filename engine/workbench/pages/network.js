// つながり: which indicator has an influence on which, as a drawing and as a table; one of them with what is before and
// after it. The kind of evidence is told in words; the elasticity is a number.

import { post, Superseded } from "./api.js";
import { choice, field, figure, h, headings, swap, table } from "./dom.js";
import { to } from "./indicator.js";
import { link } from "./place.js";
import { tidy } from "./premises.js";
import { beside } from "./problems.js";
import { go, last, on, store, trial } from "./store.js";
import { t } from "./words.js";

let refill = null;
let timer = 0;

on("changes", () => { clearTimeout(timer); timer = setTimeout(() => refill?.(), 250); });

/** The view. */
export function network() {
  const shown = h("div", {}, t("loading"));
  const fill = async () => {
    if (!shown.isConnected && shown.dataset.filled) return;
    try {
      const answer = await post("/api/graph", trial());
      shown.dataset.filled = "yes";
      swap(shown, told(answer));
    } catch (fault) {
      if (!(fault instanceof Superseded)) swap(shown, beside(fault));
    }
  };
  refill = fill;
  fill();
  const options = [["", t("whole")], ...store.state.indicators.map((each) => [each.id, `No.${each.no} ${each.indicator}`])];
  return h("div", {}, h("h2", {}, t("network_title")), field(t("network_of"), choice(options, store.place.id || "", (id) => go({ id }), { id: "network-of", "data-key": "network-of" })), shown);
}

function told({ graph, elasticities, figure: drawn }) {
  const of = graph.nodes.find((node) => node.id === store.place.id);
  const drawing = figure(drawn, t("in_numbers"));
  drawing?.querySelector(".drawing").classList.add("as-is");
  const before = reach(graph.links, of?.id, "to", "from");
  const after = reach(graph.links, of?.id, "from", "to");
  const kept = (each) => !of || ((before.has(each.from) && (before.has(each.to) || each.to === of.id)) || (after.has(each.to) && (after.has(each.from) || each.from === of.id)));
  return [of ? [side(t("upstream_of"), before, graph), side(t("downstream_of"), after, graph)] : drawing, links(graph, elasticities, kept), of && drawing, loops(graph)];
}

/** Everything that can be reached from an indicator along the links. */
function reach(all, id, here, there) {
  const found = new Set();
  const todo = id ? [id] : [];
  while (todo.length) {
    const at = todo.pop();
    for (const each of all.filter((one) => one[here] === at && one[there] !== id && !found.has(one[there]))) {
      found.add(each[there]);
      todo.push(each[there]);
    }
  }
  return found;
}

const node = (graph, id) => graph.nodes.find((each) => each.id === id);
const named = (graph, id) => `No.${node(graph, id)?.no ?? ""} ${node(graph, id)?.label ?? id}`;
const goto = (graph, id) => h("a", { href: link(store.place, { id }), onclick: to({ id }) }, named(graph, id));

function side(title, ids, graph) {
  return h("section", {}, h("h3", {}, title), ids.size ? h("ul", {}, [...ids].map((id) => h("li", {}, goto(graph, id)))) : h("p", { class: "quiet" }, t("nothing")));
}

function links(graph, elasticities, kept) {
  const elastic = (each) => elasticities.find((one) => one.from === each.from && one.to === each.to)?.value;
  const rows = graph.links.filter(kept).map((each) => [Math.abs(elastic(each) ?? 0), each]).sort((a, b) => b[0] - a[0]).map(([, each]) => h("tr", {},
    h("td", { class: "long" }, goto(graph, each.from)), h("td", { class: "long" }, goto(graph, each.to)), h("td", {}, each.lags.map((lag) => (lag === 0 ? t("same_year") : t("years_later", { n: lag }))).join("、")),
    h("td", {}, h("span", { class: `tag ${each.evidence}` }, t(`evidence_${each.evidence}`))), h("td", { class: "number" }, elastic(each) === undefined || elastic(each) === null ? t("absent") : tidy(Number(elastic(each).toPrecision(2))))));
  return [h("p", { class: "quiet" }, t("elasticity_about", { year: last() })),
    table(t("network_title"), headings(t("from"), t("to"), t("lags"), t("evidence"), h("th", { scope: "col", class: "number" }, t("elasticity"))), rows)];
}

function loops(graph) {
  return graph.loops.length > 0 && [h("h3", {}, t("loops")), h("ul", {}, graph.loops.map((loop) => h("li", {}, loop.circle.map((each) => `${named(graph, each.from)} → ${named(graph, each.to)}`).join("、"))))];
}
