// The numbers of the moment. Every change asks anew and cancels the older question, unless nothing was painted for a
// while (then the older one may end first, so that a slow computer shows something). From input to paint is measured.

import { post, Superseded } from "./api.js";
import { on, store, tell, trial } from "./store.js";

const DRAWS = 10_000;
const PATIENCE = 150;
const KEPT = 200;

let wanted = null;
let asking = false;
let painted = performance.now();
const samples = [];

/** For tests: the last medians, in milliseconds. */
window.__mitoshi = { draws: DRAWS, answers: 0, samples, median: null, last: null, drawing: null };

on("changes", (stamp) => ask(stamp));

/** Asks for the numbers of the moment; `stamp` is when the person acted. */
export function ask(stamp = performance.now()) {
  wanted = stamp;
  if (asking && performance.now() - painted > PATIENCE) return;
  send();
}

async function send() {
  const stamp = wanted;
  wanted = null;
  asking = true;
  const { place } = store;
  const question = { ...trial(), draws: DRAWS, figures: store.figures ?? [] };
  const against = beside();
  if (against) question.against = against;
  try {
    const answer = await post("/api/evaluate", question);
    asking = false;
    requestAnimationFrame(() => show(answer, stamp, place));
  } catch (fault) {
    if (fault instanceof Superseded) return;
    asking = false;
    tell("problem", fault);
  }
  if (wanted !== null) send();
}

/** What is compared with: what was chosen, else the plain scenario if something was changed, else the baseline. */
export function beside() {
  const { scenario = "baseline", against, changes } = store.place;
  const chosen = against || (changes.size === 0 && scenario !== "baseline" ? "baseline" : null);
  return chosen === scenario && changes.size === 0 ? null : chosen;
}

function show(answer, stamp) {
  store.answer = { ...answer, cells: new Map(answer.indicators.map((each) => [each.id, each.years])) };
  const begun = performance.now();
  tell("answer", store.answer);
  window.__mitoshi.drawing = performance.now() - begun;
  const channel = new MessageChannel();
  channel.port1.onmessage = () => measured(stamp);
  channel.port2.postMessage(null);
}

function measured(stamp) {
  painted = performance.now();
  performance.measure("mitoshi: input to paint", { start: stamp, end: painted });
  samples.push(painted - stamp);
  samples.splice(0, Math.max(0, samples.length - KEPT));
  const sorted = [...samples].sort((a, b) => a - b);
  Object.assign(window.__mitoshi, { answers: window.__mitoshi.answers + 1, last: samples.at(-1), median: sorted[sorted.length >> 1] });
}

/** The cell of an indicator in a year, if there is an answer. */
export const cell = (id, year) => store.answer?.cells.get(id)?.[year] ?? null;
