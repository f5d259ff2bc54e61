// What has an influence on what: the drawing and the table of all, then one indicator with what is before and after it.

import assert from "node:assert/strict";
import { eventually } from "../person.mjs";

export const about = "connections: all, one with what is before and after it, from one to the next and back";

export default async function story(desk) {
  const analyst = await desk.person();
  const { page } = analyst;
  await analyst.view("つながり");
  await page.locator("figure svg").first().waitFor();
  const rows = page.locator("main .table[aria-label='指標どうしのつながり'] tbody tr");
  const all = await rows.count();
  assert.ok(all > 5, `${all} connections`);

  await analyst.select("注目する指標", "No.12 定型的な窓口業務を外部委託することで人件費の削減");
  const side = (title) => page.locator("section", { has: page.getByRole("heading", { name: title }) }).locator("li");
  await eventually(async () => assert.match((await side("この指標に効くもの").allInnerTexts()).join(), /No\.5 /));
  assert.match((await side("この指標が効くもの").allInnerTexts()).join(), /No\.10 /);
  const few = await rows.count();
  assert.ok(few > 0 && few < all, `${few} of ${all}`);
  await analyst.sees("仮定", rows.first());

  await side("この指標に効くもの").getByRole("link", { name: /^No\.5 / }).click();
  await eventually(async () => assert.match((await side("この指標が効くもの").allInnerTexts()).join(), /No\.12 /));
  await analyst.stands(/id=window_outsourcing/);
  await page.goBack();
  await eventually(async () => assert.equal(await analyst.label("注目する指標").inputValue(), "window_savings"));
}
