// From a movement of the slider to the painted numbers, with 10,000 draws: measured in the browser, told, never judged.

import assert from "node:assert/strict";
import { setTimeout as rest } from "node:timers/promises";
import { eventually } from "../person.mjs";

export const about = "time from slider to paint";

const MOVEMENTS = 60;

export default async function story(desk, say) {
  const { page, slider } = await desk.person();
  const its = slider("window_outsourcing.scope", "全年度");
  await its.scrollIntoViewIfNeeded();
  const { x, y, width, height } = await its.boundingBox();
  await its.evaluate((element) => { window.moved = 0; element.addEventListener("input", () => { window.moved += 1; }); });
  const before = await page.evaluate(() => window.__mitoshi.answers);
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.mouse.down();
  for (let step = 1; step <= MOVEMENTS; step += 1) {
    await page.mouse.move(x + width / 2 + ((step * width) / MOVEMENTS) * 0.45, y + height / 2);
    await rest(60);
  }
  await page.mouse.up();
  const moved = await page.evaluate(() => window.moved);
  assert.ok(moved >= 40, `only ${moved} movements`);
  await eventually(async () => {
    const now = await page.evaluate(() => window.__mitoshi.answers);
    await rest(1_500);
    assert.equal(await page.evaluate(() => window.__mitoshi.answers), now);
  });
  const { draws, times } = await page.evaluate((before) => ({ draws: window.__mitoshi.draws, times: window.__mitoshi.samples.slice(before - window.__mitoshi.answers) }), before);
  times.sort((a, b) => a - b);
  say(`${draws} draws, ${moved} movements, ${times.length} painted: median ${times[times.length >> 1].toFixed(0)} ms, slowest ${times.at(-1).toFixed(0)} ms`);
}
