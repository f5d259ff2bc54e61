// Two people put their changes into one scenario: the second is told what the first wrote, and nothing of either is lost.

import assert from "node:assert/strict";

export const about = "two people at one scenario: the second is told, both changes are kept";

const PATH = "scenarios/outsourcing_expanded.toml";

export default async function story(desk) {
  const analyst = await desk.person("#scenario=outsourcing_expanded&set=window_savings.saving_per_year=1.5");
  const { page } = analyst;
  await analyst.button("保存…").click();
  await analyst.select("保存先", "「窓口委託の拡大」に書き加える");

  const before = desk.read(PATH);
  const theirs = before.replace("R7 = 1.5", "R7 = 1.75");
  desk.write(PATH, theirs);
  await analyst.sees("ファイルが変わったので、読み直しました。", page.locator("#said"));

  analyst.refused("409 /api/scenario");
  await analyst.button("この内容で保存する").click();
  await analyst.sees("保存していません。ほかの人が先に書きかえました。");
  await analyst.sees("R7 = 1.75", page.getByRole("group", { name: "いまのファイル" }));
  assert.equal(desk.read(PATH), theirs);

  await analyst.button("いまのファイルに、自分の変更を書き加える").click();
  await analyst.sees(`${PATH} に保存しました。`);
  assert.equal(desk.read(PATH), `${theirs}\n[assumptions.window_savings]\nsaving_per_year = 1.5\n`);
}
