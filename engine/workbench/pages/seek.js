// What it takes to reach a target: one assumption is moved until the indicator meets its target, and the answer can be
// put into the assumptions.

import { post, Superseded } from "./api.js";
import { button, choice, field, h, swap } from "./dom.js";
import { tidy } from "./premises.js";
import { beside } from "./problems.js";
import { change, indicator, last, store, tell, trial } from "./store.js";
import { t } from "./words.js";

/** The part of the page. */
export function seek() {
  const year = last();
  const shown = h("div", {});
  const pick = choice(store.state.indicators.map((each) => [each.id, `No.${each.no} ${each.indicator}`]), store.place.id, () => levers(by, pick.value), { id: "seek-of" });
  const by = h("select", { id: "seek-by" });
  levers(by, pick.value);
  const sure = choice([["", t("sure_no")], ...[50, 70, 80, 90].map((n) => [String(n / 100), t("sure_p", { n })])], "", () => {}, { id: "seek-sure" });
  const ask = async () => {
    const question = { ...trial(), goal: `${pick.value}@${year} meets target`, by: by.value ? [by.value] : undefined, probability: sure.value ? Number(sure.value) : undefined };
    try {
      const { seek: found, accept } = await post("/api/seek", question);
      swap(shown, told(found, accept));
    } catch (fault) {
      if (!(fault instanceof Superseded)) swap(shown, beside(fault));
    }
  };
  return h("section", { class: "act" }, h("h2", {}, t("seek_title", { year })), h("div", { class: "tools" }, field(t("goal"), pick), field(t("seek_by"), by), field(t("sure"), sure), button(t("seek"), ask, { class: "main", id: "seek-go" })),
    h("div", { "aria-live": "polite" }, shown));
}

function levers(by, id) {
  const its = store.state.indicators.find((each) => each.id === id);
  const movable = [...store.assumptions.values()].filter((each) => !each.fixed && each.range && each.range.low < each.range.high);
  const near = movable.filter((each) => each.address.startsWith(`${id}.`) || each.readers.some((reader) => reader.indicator === id));
  const option = (each) => h("option", { value: each.address }, called(each.address));
  swap(by, its.lever && h("option", { value: "" }, t("lever", { name: called(`${id}.${its.lever}`) })), near.map(option), h("optgroup", { label: t("which_all") }, movable.filter((each) => !near.includes(each)).map(option)));
}

/** `No.6 追加の不納欠損額（arrears.writeoff）`. */
function called(address) {
  const each = store.assumptions.get(address);
  const of = indicator(address.slice(0, address.lastIndexOf(".")));
  return each?.label ? `${of ? `No.${of.no} ` : ""}${each.label}（${address}）` : address;
}

const VERDICTS = { reached: "reached", best: "best", no_effect: "no_effect", not_evaluable: "seek_not" };

/** The number reached; with a wish for certainty it is a chance. */
const reached = (found, value) => (value === null || value === undefined ? null : h("p", {}, `${t("result")}: ${found.draws ? `${Math.round(value * 100)}%` : `${tidy(value)} ${found.goal.unit}`}`));

function told(found, accept) {
  if (found.already) return h("p", { class: "ok" }, t("already"));
  return found.trials.map((each, at) => {
    const use = () => {
      change(accept[at].flatMap(({ address, value }) => (address.includes("@") ? [[address, value]] : store.state.plan.projected.map((year) => [`${address}@${year}`, value]))));
      tell("said", t("accepted"));
      swap(done, t("accepted"));
    };
    const done = h("p", { "aria-live": "polite" });
    const moves = each.moves.map((move) => h("li", {}, called(move.lever), ` ${move.unit}: `, Object.entries(move.values).map(([year, value]) => `${year} = ${tidy(value)}`).join("、")));
    return h("div", { class: each.verdict === "reached" ? "ok" : "problem" }, h("p", {}, h("b", {}, t(VERDICTS[each.verdict] ?? "seek_not"))), reached(found, each.value), moves.length > 0 && h("ul", {}, moves),
      accept[at]?.length > 0 && [button(t("accept"), use, { "data-key": `accept-${at}` }), done]);
  });
}
