// The browser tests: one browser, a desk for each story, one line each. `cargo xtask browser [PART]` starts this with
// MITOSHI (the program), MITOSHI_CHROMIUM and MITOSHI_BROWSER_TOOLS; PART chooses stories by their files' names. Of a story
// that fails, a picture of each screen is left beside the tools.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { launch } from "./browser.mjs";
import { Desk } from "./desk.mjs";

/** Milliseconds that a story may take on a busy machine. */
const MOST = 600_000;
/** Stories at once. */
const AT_ONCE = 2;
const part = process.argv[2] ?? "";
const names = readdirSync(new URL("stories/", import.meta.url)).filter((name) => name.endsWith(".mjs") && name.includes(part)).sort();
const browser = await launch();
const begun = Date.now();
const failed = [];

/** Tells one story at its own desk. */
async function tell(name) {
  const start = Date.now();
  const { about, options, default: story } = await import(`./stories/${name}`);
  const desk = await Desk.open(browser, options);
  const said = [];
  let good = false;
  try {
    await within(story(desk, (words) => said.push(words)));
    good = true;
    await desk.close(good);
    console.log(`good  ${about} (${((Date.now() - start) / 1000).toFixed(1)} s)${said.map((words) => `\n      ${words}`).join("")}`);
  } catch (fault) {
    failed.push(name);
    console.log(`BAD   ${about} (stories/${name})\n${fault.stack ?? fault}`);
    for (const person of desk.people) console.log([...person.faults, `at ${person.page.url()}`].join("\n"));
    for (const [at, { page }] of desk.people.entries()) await page.screenshot({ path: join(process.env.MITOSHI_BROWSER_TOOLS, `${name}-${at}.png`) }).catch(() => {});
    if (!good) await desk.close(false);
  }
}

function within(story) {
  let timer;
  const late = new Promise((_, fail) => { timer = setTimeout(() => fail(new Error(`not done after ${MOST / 1000} s`)), MOST); });
  return Promise.race([story, late]).finally(() => clearTimeout(timer));
}

// Where time is measured, nobody else works.
for (const name of names.filter((each) => each.includes("time"))) await tell(name);
const queue = names.filter((each) => !each.includes("time")).values();
await Promise.all(Array.from({ length: AT_ONCE }, async () => { for (const name of queue) await tell(name); }));
await browser.close();
console.log(`${names.length} stories, ${failed.length} failed, ${((Date.now() - begun) / 1000).toFixed(0)} s${failed.length ? `: ${failed.join(", ")}` : ""}`);
process.exit(failed.length || !names.length ? 1 : 0);
