// Asking the server. A question that a newer one took the place of is `Superseded`; anything else that went wrong is a
// `Problem` with the server's own words, diagnostics included.

import { t } from "./words.js";

export class Superseded extends Error {}

export class Problem extends Error {
  constructor(status, body) {
    super(body.message || t("no_answer"));
    Object.assign(this, { status, hint: "", diagnostics: [], ...body });
  }
}

// Not a UUID of `crypto`: from another computer, without HTTPS, there is none.
const page = [...crypto.getRandomValues(new Uint8Array(9))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const under_way = new Map();
let language = "";

export const speak = (chosen) => { language = chosen; };

const address = (route, query = {}) => {
  const known = Object.entries({ ...query, lang: language }).filter(([, value]) => value);
  return `${route}?${new URLSearchParams(known)}`;
};

/** Reads. */
export const get = (route, query) => ask(address(route, query), {});

/** Asks; a newer question of the same `lane` (usually the route) cancels the one under way. */
export async function post(route, body, lane = route) {
  under_way.get(lane)?.abort(new Superseded());
  const control = new AbortController();
  under_way.set(lane, control);
  const question = send({ ...body, page: `${page}-${lane.replace(/[^a-z0-9-]/g, "-")}`.slice(0, 64) }, control.signal);
  try {
    for (;;) {
      try {
        return await ask(address(route), question);
      } catch (fault) {
        // An older question may reach the server after this one and take its place: then this one is asked again.
        if (!(fault instanceof Superseded) || control.signal.aborted) throw fault;
      }
    }
  } finally {
    if (under_way.get(lane) === control) under_way.delete(lane);
  }
}

/** Saves: never cancelled. */
export const save = (route, body) => ask(address(route), send(body));

/** A report as a file. */
export async function file(route, body) {
  const answer = await reach(address(route), send(body));
  const name = /filename\*=UTF-8''([^;]+)/i.exec(answer.headers.get("content-disposition") ?? "")?.[1];
  const plain = /filename="?([^";]+)"?/i.exec(answer.headers.get("content-disposition") ?? "")?.[1];
  return { blob: await answer.blob(), name: name ? decodeURIComponent(name) : plain ?? "report" };
}

const send = (body, signal) => ({ method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body), signal });

const ask = async (url, options) => (await reach(url, options)).json();

async function reach(url, options) {
  let answer;
  try {
    answer = await fetch(url, options);
  } catch (fault) {
    if (fault instanceof Superseded || options.signal?.aborted) throw new Superseded();
    throw new Problem(0, { error: "away", message: t("away"), hint: t("away_hint") });
  }
  if (answer.ok) return answer;
  const body = await answer.json().catch(() => ({}));
  if (body.error === "superseded" || options.signal?.aborted) throw new Superseded();
  throw new Problem(answer.status, body);
}
