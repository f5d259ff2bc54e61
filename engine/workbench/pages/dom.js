// Building the page: elements with text as text, drawings of the server as nodes, and keeping the focus over a redraw.

/** An element. `on…` are listeners, `true` is an attribute without a value; what is null or false is left out. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "value") element.value = value;
    else if (name === "checked" || name === "disabled" || name === "selected" || name === "open") element[name] = true;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** Puts children in place of what is there; the focus stays on what is the same, or at least near, and what was opened stays open. */
export function swap(parent, ...children) {
  const refocus = focused(parent);
  const opened = [...parent.querySelectorAll("details[open] > summary")].map((each) => each.textContent);
  parent.replaceChildren(...children.flat(Infinity).filter(Boolean));
  for (const each of parent.querySelectorAll("details > summary")) {
    if (opened.includes(each.textContent)) each.parentElement.open = true;
  }
  refocus();
  if (astray && astray.at !== document.activeElement) astray = null;
  astray?.find(parent)?.focus({ preventScroll: true });
}

/** Where the focus went from what is not drawn again yet, and how to find that. */
let astray = null;

/** An id without the number that `field` gave it. */
const plain = (element) => element.id.replace(/\d+$/, "");

/** How the focus comes back to what is the same by `data-key`, name or words; else to what it was in. */
function focused(parent) {
  const at = document.activeElement;
  if (at === parent || !parent.contains(at)) return () => {};
  const { key } = at.dataset;
  const name = at.getAttribute("aria-label");
  const like = key ? `[data-key="${CSS.escape(key)}"]` : `${at.localName}${name ? `[aria-label="${CSS.escape(name)}"]` : ""}`;
  const same = (within) => [...within.querySelectorAll(like)].filter((each) => key || name || (plain(each) === plain(at) && each.textContent === at.textContent));
  const nth = same(parent).indexOf(at);
  const find = (within) => same(within)[nth] ?? same(within)[0];
  return () => {
    const found = find(parent);
    if (!found && !parent.hasAttribute("tabindex")) parent.tabIndex = -1;
    (found ?? parent).focus({ preventScroll: true });
    astray = found ? null : { at: parent, find };
  };
}

/** A table in a box that scrolls by itself: the box can be reached by keyboard and has a name. */
export function table(caption, head, rows, attributes = {}) {
  return h("div", { class: "table", role: "group", "aria-label": caption, tabindex: 0 },
    h("table", attributes, h("caption", { class: "unseen" }, caption), h("thead", {}, head), h("tbody", {}, rows)));
}

/** A row of headings. */
export function headings(...names) {
  return h("tr", {}, names.map((name) => (typeof name === "string" ? h("th", { scope: "col" }, name) : name)));
}

/** A field with its label before it. */
export function field(label, control, attributes = {}) {
  const id = control.id || `f-${label.replace(/\s+/g, "_")}-${(counter += 1)}`;
  control.id = id;
  return h("div", { class: "field", ...attributes }, h("label", { for: id }, label), control);
}
let counter = 0;

/** A choice: options are `[value, words]`. */
export function choice(options, chosen, onchange, attributes = {}) {
  const options_ = options.map(([value, words]) => h("option", { value, selected: value === chosen }, words));
  return h("select", { ...attributes, onchange: (event) => onchange(event.target.value) }, options_);
}

export const button = (words, onclick, attributes = {}) => h("button", { type: "button", ...attributes, onclick }, words);

/** A drawing with its title; the same in numbers below it. */
export function figure(drawn, inNumbers) {
  if (!drawn) return null;
  const svg = document.importNode(new DOMParser().parseFromString(drawn.svg, "image/svg+xml").documentElement, true);
  const head = headings(...drawn.table.columns.map((column) => [column.group, column.title].filter(Boolean).join(" ")));
  const rows = drawn.table.rows.map((row) => h("tr", {}, row.map((cell) => h("td", { class: cell.number === null ? null : "number" }, cell.text + cell.mark))));
  return h("figure", {},
    h("div", { class: "drawing", role: "group", "aria-label": drawn.title, tabindex: 0 }, svg),
    h("figcaption", {}, drawn.description),
    h("details", {}, h("summary", {}, inNumbers), table(drawn.title, head, rows)));
}

/** Blocks of a report, which hold no scripts, as nodes. */
export const blocks = (html) => [...new DOMParser().parseFromString(html, "text/html").body.childNodes].map((node) => document.importNode(node, true));

/** Gives a file to the person. */
export function download(blob, name) {
  const link = h("a", { href: URL.createObjectURL(blob), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
