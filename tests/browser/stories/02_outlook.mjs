// The analyst arranges the outlook: what is missed, by strategy and department, the worst first; another scenario, and
// one beside it. The address alone shows a colleague the same.

import assert from "node:assert/strict";
import { eventually } from "../person.mjs";

export const about = "outlook: filter, groups, order, scenarios, a link that shows the same";

export default async function story(desk) {
  const analyst = await desk.person();
  assert.equal((await analyst.numbers()).length, 16);

  await analyst.select("表示", "R8に未達の指標");
  assert.deepEqual(await analyst.numbers(), ["2", "4", "6", "7", "10"]);
  const { indicators } = await analyst.asks("/api/evaluate", {});
  const missed = indicators.map((each, at) => ({ no: String(at + 1), ...each.years.R8 })).filter((each) => each.met === false);
  const lowest = (key) => missed.sort((a, b) => a[key] - b[key]).map((each) => each.no);
  await analyst.select("並べ方", "達成率の低い順");
  assert.deepEqual(await analyst.numbers(), lowest("achievement"));
  await analyst.select("並べ方", "届く見込みの低い順");
  assert.deepEqual(await analyst.numbers(), lowest("chance"));

  const groups = () => analyst.page.locator("table.outlook tr.group").allInnerTexts();
  await analyst.select("まとめ方", "所管課");
  assert.deepEqual((await groups()).sort(), ["市民サービス課", "税務債権課", "行財政改革推進室", "財政課"].sort());
  await analyst.select("表示", "すべての指標");
  await analyst.select("並べ方", "番号順");
  await analyst.select("まとめ方", "戦略");
  const strategies = await groups();
  assert.ok(strategies.includes("2-1 歳入・歳出の改善") && strategies.length >= 5, strategies.join());
  await analyst.select("まとめ方", "まとめない");

  await analyst.select("シナリオ", "採用抑制と人員不足");
  await analyst.sees("下段は「すう勢」の値と、そこからの差です。");
  await analyst.select("比べる相手", "窓口委託の拡大");
  await analyst.sees("下段は「窓口委託の拡大」の値と、そこからの差です。");
  await analyst.types("window_outsourcing.scope", "全年度", "0.5");
  await eventually(async () => assert.match((await analyst.row("window_savings"))[5], /^2\.0 /));
  await analyst.stands(/scope@R8=0\.5/);
  const shown = await analyst.page.locator("table.outlook").innerText();

  const colleague = await desk.tab(analyst);
  await eventually(async () => assert.equal(await colleague.page.locator("table.outlook").innerText(), shown));
  assert.equal(await colleague.label("シナリオ").inputValue(), "hiring_freeze");
  assert.equal(await colleague.label("比べる相手").inputValue(), "outsourcing_expanded");
  await colleague.sees("変更 3件");
  await colleague.fits();

  // Back in the browser is back in the thinking.
  await analyst.page.goBack();
  await analyst.sees("下段は「すう勢」の値と、そこからの差です。");
}
