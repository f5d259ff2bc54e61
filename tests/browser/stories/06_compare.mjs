// Scenarios side by side; what matters most; and what it takes to reach a target, which is put into the assumptions.

import assert from "node:assert/strict";
import { eventually } from "../person.mjs";

export const about = "compare: side by side, tornado, seek and accept the answer";

export default async function story(desk) {
  const analyst = await desk.person();
  const { page } = analyst;
  await analyst.view("比較");
  await analyst.sees("並べるシナリオを選んでください。");
  await page.getByLabel("採用抑制と人員不足").check();
  await page.getByLabel("窓口委託の拡大").check();
  const results = page.getByRole("group", { name: "R8の見込みと差（差の大きい順）" });
  await eventually(async () => assert.deepEqual((await results.getByRole("columnheader").allInnerTexts()).slice(2), ["すう勢", "採用抑制と人員不足", "窓口委託の拡大"]));
  const savings = results.getByRole("row", { name: /^No\.12 / });
  await analyst.sees("6.0", savings);
  await analyst.sees("（+2.0）", savings);
  await analyst.sees("window_outsourcing.scope", page.getByRole("group", { name: "変えた前提" }));
  await analyst.stands(/beside=hiring_freeze&beside=outsourcing_expanded/);
  await page.getByLabel("採用抑制と人員不足").uncheck();
  await eventually(async () => assert.equal(await results.getByRole("columnheader").count(), 4));
  assert.match((await results.getByRole("row").nth(1).innerText()), /^No\.12 /);

  await page.locator("#tornado-of").selectOption({ label: "No.12 定型的な窓口業務を外部委託することで人件費の削減" });
  await analyst.button("計算する").click();
  await page.locator("figure svg").first().waitFor();
  await page.locator("figure summary").first().click();
  await analyst.sees("窓口委託の規模", page.locator("figure table").first());

  const paper = "No.4 複合機から出力する紙の印刷枚数の削減枚数";
  await page.locator("#seek-of").selectOption({ label: paper });
  await analyst.button("さがす").click();
  await analyst.sees("届きます。");
  await analyst.button("この値を前提に入れる").click();
  await analyst.sees("変更 3件");
  await analyst.stands(/set=paper_reduction\.rate@R8=0\.356/);
  await analyst.view("見通し");
  await eventually(async () => {
    const row = await analyst.row("paper_reduction");
    assert.match(row[5], /^275\.0/);
    assert.match(row[8], /^◎A/);
  });

  // Reached already: there is nothing to move.
  await analyst.view("比較");
  await page.locator("#seek-of").selectOption({ label: paper });
  await analyst.button("さがす").click();
  await analyst.sees("いまの前提で、もう届いています。");
}
