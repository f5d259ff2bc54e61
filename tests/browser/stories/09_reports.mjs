// Every report is shown on the page; one is taken along in every format.

import assert from "node:assert/strict";
import { eventually } from "../person.mjs";

export const about = "reports: each on the page, one in every format";

/** How a file of each format begins. */
const BEGINS = { HTML: /^<!DOCTYPE html>/, Markdown: /^# /, CSV: /^\ufeff?[^\n]*,/, XLSX: /^PK/, JSON: /^[[{]/ };

export default async function story(desk) {
  const analyst = await desk.person("#set=window_outsourcing.scope@R7=2&set=window_outsourcing.scope@R8=2");
  const { page } = analyst;
  await analyst.view("報告");
  const pick = page.locator("#report");
  await pick.waitFor();
  const names = await pick.locator("option").evaluateAll((options) => options.map((each) => each.value));
  assert.ok(names.length >= 7, names.join());
  const preview = page.locator("article.preview");
  let before = "";
  for (const name of names) {
    await pick.selectOption(name);
    // What is not for one scenario is made beside another.
    const other = page.getByLabel("採用抑制と人員不足");
    if (await other.isVisible()) await other.check();
    await analyst.button("下に表示する").click();
    await eventually(async () => {
      const shown = await preview.innerText();
      assert.ok(shown.length > 200 && shown !== before, `${name} is not shown`);
      before = shown;
    });
    await analyst.fits(name);
  }

  await pick.selectOption("outlook");
  for (const [format, begins] of Object.entries(BEGINS)) {
    const { name, bytes } = await analyst.download(() => analyst.button(`${format}で保存`).click());
    assert.equal(name, `outlook.${format === "Markdown" ? "md" : format.toLowerCase()}`);
    assert.match(bytes.toString(), begins);
    await analyst.sees(`${name} を保存しました。`);
  }
}
