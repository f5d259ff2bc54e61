// Somebody edits the files in an editor: the page follows. A broken file keeps the last good numbers, with the error
// above them; put right, the error is gone.

import assert from "node:assert/strict";
import { eventually } from "../person.mjs";
import { accessible } from "../axe.mjs";

export const about = "live reload: an edit appears, a broken file keeps the numbers, put right";

const [RULE, SHEET] = ["rules/window_savings.rhai", "rules/window_savings.toml"];

export default async function story(desk) {
  const analyst = await desk.person();
  const savings = (number) => eventually(async () => assert.equal((await analyst.row("window_savings"))[5].split(" ")[0], number));
  await savings("4.0");

  const sheet = desk.read(SHEET);
  desk.write(SHEET, sheet.replace("value = 1.3333333333333333", "value = 1.5"));
  await savings("4.5");
  await analyst.sees("ファイルが変わったので、読み直しました。", analyst.page.locator("#said"));

  const rule = desk.read(RULE);
  desk.write(RULE, rule.replace("* saving_per_year\n", "* \n"));
  const problems = analyst.page.locator("#problems");
  await analyst.sees("ファイルに誤りがあります。表示しているのは、最後に読めたときの数値です。", problems);
  await analyst.sees(/M\d{3}/, problems);
  await analyst.sees(`${RULE}:9`, problems);
  await savings("4.5");
  await accessible(analyst, "a broken file");

  desk.write(RULE, rule);
  await eventually(async () => assert.equal(await problems.innerText(), ""));
  desk.write(SHEET, sheet);
  await savings("4.0");

  // A new scenario can be chosen as soon as its file is there.
  desk.write("scenarios/mine.toml", 'title = "新しい案"\nextends = ["baseline"]\n\n[assumptions.window_outsourcing]\nscope = 2\n');
  await analyst.select("シナリオ", "新しい案");
  await savings("8.0");
}
