// What has an influence on what: the drawing and the table of all, then one indicator with what is before and after it,
// chosen in the list and in the drawing, by mouse and by keyboard.

import assert from "node:assert/strict";
import { eventually } from "../person.mjs";

export const about = "connections: all, one with what is before and after it, from one to the next and back";

export default async function story(desk) {
  const analyst = await desk.person();
  const { page } = analyst;
  await analyst.view("つながり");
  await page.locator("figure svg").first().waitFor();
  const rows = page.locator("main .table[aria-label='つながりの一覧'] tbody tr");
  const all = await rows.count();
  assert.ok(all > 5, `${all} connections`);

  await analyst.select("注目する指標", "No.12 定型的な窓口業務を外部委託することで人件費の削減");
  const side = (title) => page.locator("section", { has: page.getByRole("heading", { name: title }) }).locator("li");
  await eventually(async () => assert.match((await side("この指標に影響する指標").allInnerTexts()).join(), /No\.5 /));
  assert.match((await side("この指標から影響を受ける指標").allInnerTexts()).join(), /No\.10 /);
  const few = await rows.count();
  assert.ok(few > 0 && few < all, `${few} of ${all}`);
  await analyst.sees("前提", rows.first());

  await side("この指標に影響する指標").getByRole("link", { name: /^No\.5 / }).click();
  await eventually(async () => assert.match((await side("この指標から影響を受ける指標").allInnerTexts()).join(), /No\.12 /));
  await analyst.stands(/id=window_outsourcing/);
  await page.goBack();
  await eventually(async () => assert.equal(await analyst.label("注目する指標").inputValue(), "window_savings"));

  // In the drawing: what has nothing to do with it fades, a strong line is wider, Enter chooses and opens.
  const box = (id) => page.locator(`[data-id=${id}]`);
  await box("arrears").click();
  await analyst.stands(/id=arrears/);
  await eventually(async () => assert.equal(await box("arrears").getAttribute("aria-pressed"), "true"));
  const fades = (id) => box(id).evaluate((each) => each.classList.contains("fades"));
  assert.deepEqual([await fades("collection_rate"), await fades("land_sales")], [false, true]);
  const width = (from, to) => page.locator(`[data-source=${from}][data-target=${to}] path`).first().evaluate((path) => Number(path.getAttribute("stroke-width")));
  assert.ok(await width("collection_rate", "arrears") > await width("arrears", "ordinary_balance_ratio"));
  await page.keyboard.press("Escape");
  await eventually(async () => assert.equal(await page.locator(".fades").count(), 0));
  await box("window_savings").focus();
  await page.keyboard.press("Enter");
  await analyst.stands(/view=network.*id=window_savings/);
  await page.keyboard.press("Enter");
  await analyst.stands(/view=indicator.*id=window_savings/);
}
