// The yearly cycle: a figure is put on record, an odd one is asked about once more, and the review's proposal is
// adopted with a reason; a figure is declared absent and the record taken back. The sheets and the history hold it.

import assert from "node:assert/strict";

export const about = "yearly cycle: record, confirm an odd figure, correct a closed year, adopt with a reason, no figure, take back";

export default async function story(desk) {
  const clerk = await desk.person("#view=cycle");
  const { page } = clerk;
  await clerk.sees("次にすること");
  const record = async (words, year, given) => {
    await page.locator("#record-of").selectOption({ label: words });
    await page.locator("#record-year").selectOption(year);
    for (const [name, text] of Object.entries(given)) await page.locator(`#record-${name}`).fill(text);
    await clerk.button("記録する").click();
  };
  const entries = () => desk.read("rules/history.ndjson").trim().split("\n").map((line) => JSON.parse(line));

  /** Does something that changes files, and waits until the page has read them again. */
  const reread = async (act) => {
    await page.locator("#record-go").evaluate((button) => { button.dataset.old = "yes"; });
    await act();
    await page.locator("#record-go:not([data-old])").waitFor();
    await clerk.sees("記録しました。");
  };

  // Nothing typed: told what is missing.
  clerk.refused("422 /api/cycle/record");
  await clerk.button("記録する").click();
  await clerk.sees("値が空です。空は 0 とはみなしません。");
  assert.equal(desk.has("rules/history.ndjson"), false);

  await reread(() => record("No.6 未収債権額", "R6", { value: "４１２", source: "決算書", by: "税務債権課" }));
  assert.match(desk.read("rules/arrears.toml"), /^R6 = \{ value = 412, source = "決算書" \}$/m);

  clerk.refused("422 /api/cycle/record");
  await record("No.8 未利用財産の売払額", "R6", { value: "90", source: "財産台帳", by: "管財課" });
  await clerk.sees(/M947/);
  assert.equal(entries().length, 2);
  await reread(() => clerk.button("確かめました。このまま記録する").click());
  assert.match(desk.read("rules/land_sales.toml"), /^R6 = \{ value = 90, source = "財産台帳" \}$/m);
  assert.equal(entries().length, 3);

  // A closed year is corrected, with the reason; the review then proposes to lift the target.
  await reread(() => record("No.9 ふるさと納税額", "R5", { value: "150", source: "決算書", by: "市長室", reason: "決算で訂正" }));
  const verdict = clerk.label("決定: No.9 ふるさと納税額 R6");
  await verdict.waitFor();
  await clerk.button("決定を記録する").click();
  await clerk.sees("決定を選んでください。");
  await verdict.selectOption({ label: "採用（案のとおり）" });
  await clerk.label("決定の理由: No.9 ふるさと納税額 R6").fill("推進本部で決定");
  await page.locator("#adopt-by").fill("推進本部");
  await reread(() => clerk.button("決定を記録する").click());
  assert.match(desk.read("rules/furusato_donations.toml"), /^R6 = .*156/m);
  assert.match(JSON.stringify(entries().at(-1)), /推進本部で決定/);

  // There is no figure, with the reason; it is taken back, and the sheet is as it was.
  const before = desk.read("rules/collection_rate.toml");
  await clerk.button("No.7 過年度収納率").click();
  await clerk.label("実績がない").check();
  await clerk.button("記録する").click();
  await clerk.sees("実績がない理由を書いてください。");
  await page.locator("#record-absent").fill("集計が終わっていない");
  await reread(() => clerk.button("記録する").click());
  assert.match(desk.read("rules/collection_rate.toml"), /集計が終わっていない/);
  await page.locator("[data-key^=undo-]").first().click();
  await clerk.sees(/番の記録を取り消しました。/);
  assert.equal(desk.read("rules/collection_rate.toml"), before);
  await clerk.view("見通し");
  await clerk.sees("412#");
}
