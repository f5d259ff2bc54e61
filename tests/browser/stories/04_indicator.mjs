// Why is No.12 what it is? The drawing, the calculation with its numbers, from input to input and back; the texts behind
// it, and what the yearly review proposes.

import assert from "node:assert/strict";
import { eventually } from "../person.mjs";

export const about = "indicator: drawing, explanation from input to input, rule and sheet, revisions";

export default async function story(desk) {
  const analyst = await desk.person();
  const { page } = analyst;
  await page.getByRole("link", { name: "定型的な窓口業務を外部委託することで人件費の削減" }).click();
  await page.getByRole("heading", { level: 2, name: /^No\.12 / }).waitFor();

  const drawing = page.locator("figure svg").first();
  await drawing.waitFor();
  assert.ok((await drawing.boundingBox()).height > 100);
  await page.getByText("図を数値で見る").first().click();
  await page.locator("figure details table").first().waitFor();

  const explain = page.locator(".explain");
  await analyst.sees("window_savings@R8 = 4.0 百万円", explain);
  await analyst.sees("last + window_outsourcing * window_outsourcing_scope * saving_per_year", explain);
  await explain.getByRole("button", { name: /（window_savings@R7）/ }).first().click();
  await analyst.sees("window_savings@R7 = 2.7 百万円", explain);
  await explain.getByRole("button", { name: /（window_outsourcing@R7）/ }).first().click();
  await analyst.sees(/window_outsourcing@R7 = .*窓口業務のアウトソーシング実施/, explain);
  await analyst.button("一つ戻る").click();
  await analyst.button("一つ戻る").click();
  await analyst.sees("window_savings@R8 = 4.0 百万円", explain);
  assert.equal(await analyst.button("一つ戻る").count(), 0);

  // Its own assumptions are beside it; what is moved is explained at once.
  await analyst.types("window_savings.saving_per_year", "全年度", "2");
  await analyst.sees("window_savings@R8 = 6.0 百万円", explain);
  await eventually(async () => assert.match(await page.locator("figure figcaption").first().innerText(), /6\.0百万円/));

  await analyst.select("年度", "R6");
  await analyst.sees("window_savings@R6 = 2.0 百万円", page.locator(".explain"));
  await analyst.sees("fn project(last, window_outsourcing, window_outsourcing_scope, saving_per_year)", page.getByRole("group", { name: "rules/window_savings.rhai" }));
  await page.getByText("個票 rules/window_savings.toml").click();
  await analyst.sees("[assumptions.saving_per_year]", page.getByRole("group", { name: "rules/window_savings.toml" }));
  await page.getByRole("heading", { name: "目標の見直し案" }).waitFor();
  await analyst.sees("削減額は、委託料を差し引いた純額か、人件費だけの総額か。");

  await analyst.select("指標を選ぶ", "No.6 未収債権額");
  await page.getByRole("heading", { level: 2, name: /^No\.6 / }).waitFor();
  await analyst.sees("arrears@R6 = 418 百万円", page.locator(".explain"));
}
