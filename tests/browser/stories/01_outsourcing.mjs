// In a meeting: what if outsourcing doubled from R7? Would No.12 and No.10 meet their targets, and how sure are we? The
// answer is saved as a scenario and taken along as a workbook. (Figures: docs/workbench_api.md and the reference plan.)

import assert from "node:assert/strict";
import { eventually } from "../person.mjs";

export const about = "doubling the outsourcing: answered, saved, taken along as XLSX";

const FILE = `title = "窓口委託を2倍に"
extends = ["baseline"]
note = "会議で試した。"

[assumptions.window_outsourcing]
scope = { R7 = 2, R8 = 2 }
`;

export default async function story(desk) {
  const analyst = await desk.person();
  await analyst.button("年度ごとに動かす", analyst.premise("window_outsourcing.scope")).click();
  await drag(analyst, analyst.slider("window_outsourcing.scope", "R7"));
  await analyst.types("window_outsourcing.scope", "R8", "2");

  await eventually(async () => {
    const savings = await analyst.row("window_savings");
    assert.deepEqual([savings[0], savings[5].split(" ")[0], savings[6]], ["12", "6.7", "4.0"]);
    assert.match(savings.at(-1), /76%.*33%/);
    const balance = await analyst.row("ordinary_balance_ratio");
    assert.deepEqual([balance[0], balance[5].split(" ")[0]], ["10", "91.6"]);
    assert.match(balance.at(-1), /39%.*38%/);
  });

  await analyst.view("保存");
  await analyst.label("ファイル名（英小文字・数字・_）").fill("outsourcing_doubled");
  await analyst.label("題名").fill("窓口委託を2倍に");
  await analyst.label("説明").fill("会議で試した。");
  assert.equal(await analyst.page.getByRole("group", { name: "scenarios/outsourcing_doubled.toml" }).innerText(), FILE);
  await analyst.button("この内容で保存する").click();
  await analyst.sees("scenarios/outsourcing_doubled.toml に保存しました。");
  assert.equal(desk.read("scenarios/outsourcing_doubled.toml"), FILE);

  await analyst.view("比較");
  const { name, bytes } = await analyst.download(() => analyst.button("比較をXLSXで保存").click());
  assert.equal(name, "comparison.xlsx");
  assert.equal(bytes.subarray(0, 2).toString(), "PK");
  assert.ok(bytes.includes("xl/worksheets/sheet1.xml"), "there is a sheet in it");
}

/** Drags a slider to its end, as a hand does. */
async function drag({ page }, slider) {
  await slider.scrollIntoViewIfNeeded();
  const { x, y, width, height } = await slider.boundingBox();
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x + width - 1, y + height / 2, { steps: 8 });
  await page.mouse.up();
}
