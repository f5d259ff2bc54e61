// What has an influence on what: the drawing and the table of all; one indicator with what is before and after it, by
// the list, by a box of the drawing, and from there to the indicator and back.

import assert from "node:assert/strict";
import { eventually } from "../person.mjs";

export const about = "connections: all, one with what is before and after it, the boxes of the drawing, and back";

export default async function story(desk) {
  const analyst = await desk.person();
  const { page } = analyst;
  await analyst.view("つながり");
  await page.locator("figure svg").first().waitFor();
  const rows = page.getByRole("group", { name: "つながりの一覧" }).locator("tbody tr");
  await rows.first().waitFor();
  const all = await rows.count();
  assert.ok(all > 5, `${all} connections`);

  await analyst.select("注目する指標", "No.12 定型的な窓口業務を外部委託することで人件費の削減");
  const side = (title) => page.locator("section", { has: page.getByRole("heading", { name: title }) }).locator("li");
  await analyst.sees(/No\.5 /, side("この指標に効くもの"));
  await analyst.sees(/No\.10 /, side("この指標が効くもの"));
  const few = await rows.count();
  assert.ok(few > 0 && few < all, `${few} of ${all}`);
  await analyst.stands(/view=network&id=window_savings/);

  await side("この指標に効くもの").getByText(/^No\.5 /).click();
  await analyst.sees(/No\.12 /, side("この指標が効くもの"));
  await analyst.stands(/id=window_outsourcing/);

  // A box of the drawing: once to choose it, once more to open it.
  const box = page.locator("figure svg [role=button]", { hasText: "No.12" });
  await box.click();
  await eventually(async () => assert.equal(await box.getAttribute("aria-pressed"), "true"));
  await box.press("Enter");
  await page.getByRole("heading", { level: 2, name: /^No\.12 / }).waitFor();
  await page.goBack();
  await eventually(async () => assert.equal(await analyst.label("注目する指標").inputValue(), "window_savings"));
  await analyst.button("選択をやめる").click();
  await eventually(async () => assert.equal(await rows.count(), all));
}
