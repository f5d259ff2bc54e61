// A rule is changed: a slip is told at its line, what saving would change is shown before, the file holds what was
// typed. Then somebody else was quicker, twice: nothing is lost, and there are both ways out.

import assert from "node:assert/strict";
import { eventually } from "../person.mjs";

export const about = "rules: diagnostic at its line, effect before saving, saving, two people at one file";

const PATH = "rules/window_savings.rhai";

export default async function story(desk) {
  const analyst = await desk.person("#view=rules&id=window_savings");
  const { page } = analyst;
  const original = desk.read(PATH);
  const text = page.locator("#text");
  await eventually(async () => assert.equal(await text.inputValue(), original));
  await analyst.sees("誤りはありません。");

  await text.fill(original.replace("* saving_per_year\n", "* saving_per_yaer\n"));
  const diagnostics = page.locator(".editor .diagnostics");
  await analyst.sees(/誤り M\d{3}.*saving_per_yaer/, diagnostics);
  await analyst.sees("saving_per_year", diagnostics);
  await diagnostics.getByRole("button", { name: /^8行目/ }).first().click();
  const place = await text.evaluate((area) => area.value.slice(area.selectionStart, area.selectionStart + 15));
  assert.equal(place, "saving_per_yaer");
  analyst.refused("422 /api/text");
  await analyst.button("保存する").click();
  await analyst.sees(/対処/, page.locator(".problem").first());
  assert.equal(desk.read(PATH), original);

  const doubled = original.replace("* saving_per_year\n", "* saving_per_year * 2\n");
  await text.fill(doubled);
  const effect = page.getByRole("group", { name: "保存したときの見通しの変化" });
  await analyst.sees(/No\.12 .*\tR8\t4\.0\t8\.0/, effect);
  assert.equal(desk.read(PATH), original);
  await analyst.button("保存する").click();
  await analyst.sees(`${PATH} に保存しました。`);
  assert.equal(desk.read(PATH), doubled);

  const colleague = await desk.person("#view=rules&id=window_savings");
  const theirs = `${doubled}// 同僚の注釈\n`;
  const mine = `${doubled}// 自分の注釈\n`;
  await text.fill(mine);
  await colleague.page.locator("#text").fill(theirs);
  await colleague.button("保存する").click();
  await colleague.sees(`${PATH} に保存しました。`);
  analyst.refused("409 /api/text");
  await analyst.button("保存する").click();
  await analyst.sees("保存していません。ほかの人が先に書きかえました。");
  await analyst.sees("// 同僚の注釈", page.getByRole("group", { name: "いまのファイル" }));
  assert.equal(await text.inputValue(), mine);
  assert.equal(desk.read(PATH), theirs);
  await analyst.button("自分の本文で上書きする").click();
  await analyst.sees(`${PATH} に保存しました。`);
  assert.equal(desk.read(PATH), mine);

  // The colleague typed on while that happened, and takes the file as it is.
  await colleague.page.locator("#text").fill(`${theirs}// もう一行\n`);
  await analyst.page.locator("#text").fill(original);
  await analyst.button("保存する").click();
  await eventually(() => assert.equal(desk.read(PATH), original));
  colleague.refused("409 /api/text");
  await colleague.button("保存する").click();
  await colleague.button("いまのファイルを読み込む").click();
  await eventually(async () => assert.equal(await colleague.page.locator("#text").inputValue(), original));
}
