// A new indicator by the form: what is wrong is told at its field, both files are shown, then written and opened.

import assert from "node:assert/strict";
import { eventually } from "../person.mjs";

export const about = "new indicator: mistakes at their field, the two files shown, written, opened; an id that is taken";

export default async function story(desk) {
  const analyst = await desk.person("#view=rules");
  const { page } = analyst;
  const wrong = (name) => page.locator(`[name='${name}'][aria-invalid=true]`);
  const type = (name, words) => page.locator(`[name='${name}']`).fill(words);
  await analyst.button("新しい指標を作る").click();
  await type("id", "9 visits");
  await type("targets.R8", "たくさん");
  await wrong("id").waitFor();
  await wrong("targets.R8").waitFor();
  analyst.refused("400 /api/indicator");
  await analyst.button("この2つのファイルを作る").click();
  await eventually(async () => assert.equal(await page.evaluate(() => document.activeElement.name), "id"));
  assert.equal(desk.has("rules/library_visits.toml"), false);

  await type("id", "library_visits");
  for (const [name, words] of Object.entries({ title: "図書館の利用", unit: "人", "targets.R8": "1,200", "actuals.R5": "1,000" })) await type(name, words);
  await analyst.sees("このまま作れます。");
  const shown = await page.getByRole("group", { name: "rules/library_visits.toml" }).innerText();
  await analyst.button("この2つのファイルを作る").click();
  await analyst.sees("rules/library_visits.toml、rules/library_visits.rhai を作りました。");
  await analyst.stands(/id=library_visits/);
  await eventually(async () => assert.match(await page.locator("#text").inputValue(), /fn project\(last, yearly_change\)/));
  const written = desk.read("rules/library_visits.toml");
  assert.equal(written.trim(), shown.trim());
  assert.match(written, /^R8 = 1200$/m);

  await analyst.button("新しい指標を作る").click();
  await type("id", "library_visits");
  await analyst.sees(/すでにあります。/);
}
