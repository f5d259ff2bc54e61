// What the page knows: the plan as the server told it, where the person is, what was changed, and the way back.
// Changes are kept by year (`ID.NAME@YEAR`); `wire` puts them together again where every projected year has the same.

import { read, write } from "./place.js";

export const store = {
  state: null,
  place: read(),
  /** Assumptions of the chosen scenario, by address. */
  assumptions: new Map(),
  /** The last answer of `evaluate`. */
  answer: null,
  past: [],
  future: [],
};

const listeners = new Map();

/** Calls `listener` when `what` happens: `place`, `changes`, `noted`, `plan`, `answer`, `problem`. */
export function on(what, listener) {
  listeners.set(what, [...(listeners.get(what) ?? []), listener]);
}

export function tell(what, detail) {
  for (const listener of listeners.get(what) ?? []) listener(detail);
}

/** Goes elsewhere; a step in the browser's history. */
export function go(others) {
  Object.assign(store.place, others);
  clearTimeout(noting);
  history.pushState(null, "", write(store.place));
  tell("place", others);
}

/** Notes the place without a step in the browser's history. */
export function note() {
  clearTimeout(noting);
  history.replaceState(null, "", write(store.place));
  tell("noted");
}

/** The same when nothing moved for a moment: browsers take only so many notes in a while. */
function noteSoon() {
  clearTimeout(noting);
  noting = setTimeout(note, 150);
}
let noting = 0;

/** Spreads changes without a year over the projected years; those that say nothing new are left out. */
export function settle(changes) {
  const settled = new Map();
  for (const [address, value] of changes) {
    const [name, year] = address.split("@");
    for (const each of year ? [year] : store.state.plan.projected) {
      if (inherited(name, each) !== value) settled.set(`${name}@${each}`, value);
    }
  }
  return settled;
}

export const inherited = (name, year) => store.assumptions.get(name)?.values[year] ?? null;

/** The number in force: what was changed, else the scenario's. */
export const current = (name, year) => store.place.changes.get(`${name}@${year}`) ?? inherited(name, year);

/** Puts numbers in (`[address, value]`; null takes the change back). While a slider moves, `step` is false but once. */
export function change(entries, step = true, stamp = performance.now()) {
  const before = new Map(store.place.changes);
  const next = new Map(before);
  for (const [address, value] of entries) {
    const [name, year] = address.split("@");
    if (value === null || value === inherited(name, year)) next.delete(address);
    else next.set(address, value);
  }
  replace(next, step ? before : null, stamp);
}

function replace(next, before, stamp) {
  if (before) {
    store.past.push(before);
    store.past.splice(0, Math.max(0, store.past.length - 200));
    store.future.length = 0;
  }
  store.place.changes = next;
  noteSoon();
  tell("changes", stamp);
}

export const reset = () => store.place.changes.size && replace(new Map(), new Map(store.place.changes));

/** One step back or forward. */
export function undo(from = store.past, to = store.future) {
  const next = from.pop();
  if (!next) return false;
  to.push(new Map(store.place.changes));
  replace(next, null, performance.now());
  return true;
}

export const redo = () => undo(store.future, store.past);

/** The changes as the server takes them. */
export function wire() {
  const { projected } = store.state.plan;
  const names = new Map();
  for (const [address, value] of store.place.changes) {
    const [name, year] = address.split("@");
    names.set(name, (names.get(name) ?? new Map()).set(year, value));
  }
  return [...names].flatMap(([name, years]) => {
    const same = years.size === projected.length && new Set(years.values()).size === 1;
    if (same) return [{ address: name, value: years.get(projected[0]) }];
    return projected.filter((year) => years.has(year)).map((year) => ({ address: `${name}@${year}`, value: years.get(year) }));
  });
}

/** The trial of the moment. */
export const trial = () => ({ scenario: store.place.scenario || "baseline", changes: wire() });

export const indicator = (id) => store.state.indicators.find((each) => each.id === id);
export const last = () => store.state.plan.projected.at(-1) ?? store.state.plan.years.at(-1);
