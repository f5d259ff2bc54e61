// 報告: every report of the plan with the numbers of the moment, shown below or as a file.

import { file, get, post } from "./api.js";
import { blocks, button, choice, download, field, h, swap } from "./dom.js";
import { beside } from "./problems.js";
import { store, tell, trial } from "./store.js";
import { t } from "./words.js";

let chosen = "outlook";

/** The view. */
export function reports() {
  const tools = h("div", {}, t("loading"));
  const [saved, shown] = [h("div", {}), h("div", {})];
  fill(tools, saved, shown);
  return h("div", {}, h("h2", {}, t("reports_title")), h("p", { class: "quiet" }, t("about_moment")), tools, saved, shown);
}

async function fill(tools, saved, shown) {
  try {
    const { reports: all, formats } = await get("/api/reports");
    const about = h("p", { class: "quiet" });
    const besides = h("div", {});
    const describe = () => {
      const report = all.find((each) => each.name === chosen) ?? all[0];
      about.textContent = report.about;
      besides.hidden = report.scenarios === "one";
    };
    swap(besides, sides());
    describe();
    const pick = choice(all.map((each) => [each.name, each.title]), chosen, (value) => { chosen = value; describe(); }, { id: "report" });
    const question = () => ({ report: chosen, trials: trials(besides) });
    const save = (format) => button(t("download_as", { format: format === "md" ? "Markdown" : format.toUpperCase() }), () => take({ ...question(), format }, saved), { "data-key": `save-${format}` });
    swap(tools, field(t("report"), pick), about, besides, h("div", { class: "buttons" }, button(t("preview"), () => preview(question(), shown), { class: "main" }), formats.map(save)));
  } catch (fault) {
    swap(tools, beside(fault));
  }
}

function sides() {
  const others = store.state.scenarios.filter((each) => each.name !== (store.place.scenario || "baseline"));
  return h("fieldset", {}, h("legend", {}, t("beside_scenarios")), others.map((each) => h("label", { class: "check" }, h("input", { type: "checkbox", value: each.name, checked: store.place.others.includes(each.name) }), each.title)));
}

/** The trial of the moment, and the scenarios that are ticked where the report takes several. */
function trials(besides) {
  const ticked = besides.hidden ? [] : [...besides.querySelectorAll("input:checked")].map((box) => ({ scenario: box.value, changes: [] }));
  return [trial(), ...ticked];
}

async function preview(question, shown) {
  try {
    const { html } = await post("/api/report", { ...question, format: "preview" });
    swap(shown, h("article", { class: "preview", "aria-label": t("report") }, blocks(html)));
    tell("said", t("made"));
  } catch (fault) {
    swap(shown, beside(fault));
  }
}

/** Downloads a report; what is wrong is shown in `shown`. */
export async function take(question, shown) {
  try {
    const { blob, name } = await file("/api/report", question);
    download(blob, name);
    tell("said", t("downloaded", { name }));
    swap(shown, h("p", { class: "ok" }, t("downloaded", { name })));
  } catch (fault) {
    swap(shown, beside(fault));
  }
}
