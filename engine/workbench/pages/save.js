// 保存: the changes of the moment as a scenario. What will be written is shown first; if somebody else was quicker, both
// are shown and nothing is lost.

import { get, save as send } from "./api.js";
import { button, choice, field, h, swap } from "./dom.js";
import { go, on, store, tell, wire } from "./store.js";
import { beside } from "./problems.js";
import { t } from "./words.js";

/** What came of the last saving; it stays when the files, which just changed, are read again. */
const result = h("div", { "aria-live": "polite" });
/** `stamp`: the file to write over as it was when it was chosen. */
const draft = { over: "", stamp: null, name: "", title: "", note: "" };

on("place", () => swap(result));

/** The view. */
export function save() {
  if (store.state.read_only) return h("p", {}, t("cannot_save"));
  if (store.place.changes.size === 0) return h("div", {}, h("h2", {}, t("save_title")), h("p", {}, t("nothing_to_save")), result);
  if (!draft.name) draft.name = free();
  const shown = h("div", {});
  const redraw = () => swap(shown, preview());
  const mine = store.state.scenarios.filter((each) => each.name !== "baseline");
  const input = (name, label, given = {}) => field(label, h("input", { type: "text", value: draft[name], oninput: (event) => { draft[name] = event.target.value; redraw(); }, id: `save-${name}`, ...given }));
  const fresh = h("div", { class: "form" }, input("title", t("title")), input("note", t("memo")), input("name", t("file_name"), { autocomplete: "off", spellcheck: "false", "aria-describedby": "save-wrong" }));
  const over = choice([["", t("save_new")], ...mine.map((each) => [each.name, t("save_over", { title: each.title })])], draft.over, (value) => { Object.assign(draft, { over: value, stamp: stampOf(value) }); fresh.hidden = value !== ""; redraw(); }, { id: "save-over" });
  fresh.hidden = draft.over !== "";
  redraw();
  return h("div", {}, h("h2", {}, t("save_title")), field(t("save_as"), over), fresh, shown, result);
}

function preview() {
  const name = draft.over || draft.name.trim();
  const wrong = draft.over ? "" : problem(name);
  const path = `scenarios/${name || "…"}.toml`;
  const head = draft.over ? "" : `title = ${quoted(draft.title || name || "…")}\nextends = [${quoted(parent())}]\n${draft.note ? `note = ${quoted(draft.note)}\n` : ""}`;
  const act = () => !wrong && write(name, draft.over ? draft.stamp : null);
  return [h("h3", {}, draft.over ? t("will_put", { path }) : t("will_write", { path })), h("pre", { tabindex: 0, role: "group", "aria-label": path }, head + toml()),
    h("p", { id: "save-wrong", class: "hint" }, wrong), button(t("do_save"), act, { class: "main", "aria-disabled": wrong ? "true" : null, "data-key": "do-save" })];
}

/** A file name that no scenario has: Japanese titles do not make one. */
function free() {
  const isFree = (name) => !stampOf(name);
  return Array.from({ length: 1000 }, (_, n) => `what_if_${n + 1}`).find(isFree) ?? "";
}

const parent = () => store.place.scenario || "baseline";
const stampOf = (name) => store.state.scenarios.find((each) => each.name === name)?.stamp ?? null;
const quoted = (text) => `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;

function problem(name) {
  if (!/^[a-z][a-z0-9_]*$/.test(name)) return t("bad_name");
  return stampOf(name) ? t("taken") : "";
}

/** The lines of the file, as the server writes them: a number for all years, a table of years else. */
export function toml() {
  const { projected } = store.state.plan;
  const tables = new Map();
  for (const { address, value } of inOrder(wire())) {
    const [name, year] = address.split("@");
    const dot = name.lastIndexOf(".");
    const table = dot < 0 ? "outcomes" : name.endsWith(".target") ? "targets" : `assumptions.${name.slice(0, dot)}`;
    const key = dot < 0 ? name : table === "targets" ? name.slice(0, dot) : name.slice(dot + 1);
    const keys = tables.get(table) ?? tables.set(table, new Map()).get(table);
    keys.set(key, { ...keys.get(key), ...(year ? { [year]: value } : { all: value }) });
  }
  const years = (given) => ("all" in given ? given.all : `{ ${projected.filter((year) => year in given).map((year) => `${year} = ${given[year]}`).join(", ")} }`);
  return [...tables].map(([table, keys]) => `\n[${table}]\n${[...keys].map(([key, given]) => `${key} = ${years(given)}\n`).join("")}`).join("");
}

/** Tables in the order of their names, within one as the plan has it. */
function inOrder(changes) {
  const order = [...store.assumptions.keys()];
  const place = (address) => (order.indexOf(address.split("@")[0]) + order.length + 1) % (order.length + 1);
  return [...changes].sort((a, b) => place(a.address) - place(b.address));
}

async function write(name, stamp) {
  const body = draft.over ? {} : { title: draft.title || name, note: draft.note || null, extends: [parent()] };
  try {
    const { saved } = await send("/api/scenario", { name, stamp, changes: wire(), ...body });
    const text = await get("/api/text", { kind: "scenario", id: name });
    Object.assign(draft, { over: "", stamp: null, name: "", title: "", note: "" });
    tell("said", t("saved", { path: saved[0].path }));
    swap(result, h("p", { class: "ok" }, t("saved", { path: saved[0].path })), h("h3", {}, t("file_now")), h("pre", { tabindex: 0, role: "group", "aria-label": text.path }, text.text),
      button(t("open_saved"), () => go({ view: "outlook", scenario: name, changes: new Map() })));
  } catch (fault) {
    swap(result, fault.error === "changed" ? conflict(fault, name) : beside(fault));
  }
}


function conflict(fault, name) {
  const again = () => write(name, fault.current.stamp);
  return [h("div", { class: "problem", role: "alert" }, h("strong", {}, t("conflict")), h("p", {}, fault.hint)), h("h3", {}, t("theirs")), h("pre", { tabindex: 0, role: "group", "aria-label": t("theirs") }, fault.current?.text ?? ""),
    fault.current && button(t("over_theirs"), again, { class: "main" })];
}
