// An assumption is moved by slider and by box, for all years and by year, as it is typed in Japan; what is no number is
// told; every step has a way back.

import assert from "node:assert/strict";
import { eventually } from "../person.mjs";

export const about = "assumptions: slider, box, full-width digits, by year, wrong text, undo, redo, reset";

const SCOPE = "window_outsourcing.scope";

export default async function story(desk) {
  const analyst = await desk.person();
  const { page } = analyst;
  const savings = (number) => eventually(async () => assert.equal((await analyst.row("window_savings"))[5].split(" ")[0], number));
  const changed = (words) => eventually(async () => assert.equal((await page.locator(".panel .changed").innerText()).replace(/\s+/g, " "), words));

  // Twenty-five steps of the slider are one step to undo.
  await analyst.slider(SCOPE, "全年度").focus();
  for (let step = 0; step < 25; step += 1) await page.keyboard.press("ArrowRight");
  assert.equal(await analyst.box(SCOPE, "全年度").inputValue(), "1.5");
  await savings("6.0");
  await analyst.sees("変更 3件");
  await page.keyboard.press("Control+z");
  await savings("4.0");
  await analyst.sees("まだ何も変更していません。");
  await page.keyboard.press("Control+y");
  await savings("6.0");

  await analyst.types(SCOPE, "全年度", "０．５");
  await savings("2.0");
  await analyst.types(SCOPE, "全年度", "2.5");
  await eventually(async () => assert.match(await analyst.box(SCOPE, "全年度").getAttribute("class"), /outside/));
  await analyst.sees("範囲（0〜2倍）の外です。");

  // Not a number: told, and nothing changes.
  await analyst.types(SCOPE, "全年度", "たくさん");
  assert.equal(await analyst.box(SCOPE, "全年度").getAttribute("aria-invalid"), "true");
  await analyst.sees("数として読めません。この欄の値は使っていません。");
  await analyst.stands(/set=window_outsourcing\.scope@R8=2\.5/);
  // A comma parts thousands only.
  await analyst.types(SCOPE, "全年度", "1,5");
  assert.equal(await analyst.box(SCOPE, "全年度").getAttribute("aria-invalid"), "true");
  await analyst.stands(/set=window_outsourcing\.scope@R8=2\.5/);
  await analyst.types(SCOPE, "全年度", "2");
  assert.equal(await analyst.box(SCOPE, "全年度").getAttribute("aria-invalid"), "false");
  await savings("8.0");

  await analyst.button("年度ごとに動かす", analyst.premise(SCOPE)).click();
  await analyst.types(SCOPE, "R7", "1");
  await changed("変更した前提 No.5 窓口委託の規模（scope） R6: 1 → 2 戻す No.5 窓口委託の規模（scope） R8: 1 → 2 戻す");
  await analyst.button("戻す: window_outsourcing.scope R6").click();
  await changed("変更した前提 No.5 窓口委託の規模（scope） R8: 1 → 2 戻す");
  await savings("5.3");

  await analyst.button("元に戻す").click();
  await analyst.sees("No.5 窓口委託の規模（scope） R6: 1 → 2");
  await analyst.button("やり直す").click();
  await changed("変更した前提 No.5 窓口委託の規模（scope） R8: 1 → 2 戻す");
  await analyst.button("すべて取り消す").click();
  await savings("4.0");
  await analyst.button("元に戻す").click();
  await savings("5.3");
  await analyst.button("戻す: window_outsourcing.scope").click();
  await savings("4.0");
  await analyst.stands(/^[^=]*$/);

  // Where an older question reached the server last, the newer one is told that it is over, and asks again.
  await page.route("**/api/evaluate*", (route) => route.fulfill({ status: 409, json: { error: "superseded" } }), { times: 1 });
  await analyst.types(SCOPE, "R7", "2");
  await savings("5.3");
}
