// The question of the meeting again, without a mouse: Tab, arrows, Enter and Space alone. The focus is always somewhere,
// and always seen.

import assert from "node:assert/strict";
import { eventually } from "../person.mjs";

export const about = "keyboard alone: doubling the outsourcing, saved, taken along";

const SCOPE = "window_outsourcing.scope";

export default async function story(desk) {
  const analyst = await desk.person();
  const { page } = analyst;
  const keys = new Keys(page);

  // The first Tab leads past the navigation.
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.id), "skip");
  await page.keyboard.press("Enter");

  await keys.to(analyst.premise(SCOPE).getByRole("button", { name: "年度ごとに動かす" }));
  await keys.press("Space");
  await keys.to(analyst.slider(SCOPE, "R7"));
  for (let step = 0; step < 50; step += 1) await keys.press("ArrowRight");
  await keys.to(analyst.box(SCOPE, "R8"));
  await page.keyboard.press("Control+a");
  await page.keyboard.type("2");
  await keys.press("Enter");
  await eventually(async () => assert.match((await analyst.row("window_savings")).at(-1), /76%.*33%/));
  await keys.isSeen();

  // What has the focus keeps it when everything is drawn again, because a colleague saved; and when it goes itself.
  const table = page.getByRole("group", { name: "全指標の見通し" });
  await keys.to(table, "Shift+Tab");
  const sheet = "rules/window_savings.toml";
  desk.write(sheet, desk.read(sheet).replace("value = 1.3333333333333333", "value = 1.5"));
  await eventually(async () => assert.match((await analyst.row("window_savings"))[5], /^7\.5/));
  await keys.isSeen();
  assert.equal(await table.evaluate((element) => element === document.activeElement), true);
  await keys.to(analyst.button(`戻す: ${SCOPE} R7`));
  await keys.press("Enter");
  await eventually(async () => assert.match((await analyst.row("window_savings"))[5], /^6\.0/));
  await keys.isSeen();
  await keys.press("Control+z");

  await keys.to(page.getByRole("navigation").getByRole("link", { name: "保存", exact: true }), "Shift+Tab");
  await page.keyboard.press("Enter");
  await keys.to(page.locator("#save-name"));
  await page.keyboard.type("by_keyboard");
  await keys.to(page.locator("#save-title"));
  await page.keyboard.type("鍵盤で");
  await keys.to(analyst.button("この内容で保存する"));
  await page.keyboard.press("Enter");
  await eventually(() => assert.match(desk.read("scenarios/by_keyboard.toml"), /^title = "鍵盤で"\n[^]*scope = \{ R7 = 2, R8 = 2 \}\n$/));
  await analyst.sees("scenarios/by_keyboard.toml に保存しました。");

  await keys.to(page.getByRole("navigation").getByRole("link", { name: "比較", exact: true }), "Shift+Tab");
  await page.keyboard.press("Enter");
  await page.locator("[data-key=comparison-xlsx]").waitFor();
  await keys.to(analyst.button("比較をXLSXで保存"));
  const { bytes } = await analyst.download(() => page.keyboard.press("Enter"));
  assert.equal(bytes.subarray(0, 2).toString(), "PK");
  await keys.isSeen();
  await page.keyboard.press("Control+z");
  await analyst.stands(/^(?!.*R8=2)/);
  await keys.isSeen();
}

/** Hands on the keys; after each the focus must be seen. */
class Keys {
  constructor(page) {
    this.page = page;
  }

  async press(key) {
    await this.page.keyboard.press(key);
    await this.isSeen();
  }

  /** Goes on until something has the focus; round once at most. */
  async to(wanted, key = "Tab") {
    await wanted.waitFor();
    for (let steps = 0, rounds = 0; steps < 400; steps += 1) {
      await this.page.keyboard.press(key);
      if (await this.page.evaluate(() => document.activeElement === document.body)) {
        rounds += 1;
        assert.ok(rounds <= 1, "the focus was lost");
        continue;
      }
      await this.isSeen();
      if (await wanted.evaluate((element) => element === document.activeElement)) return;
    }
    assert.fail(`${wanted} is not reached by ${key}`);
  }

  /** Where the focus is has a ring around it, on the screen. The content itself, where a view begins, needs none. */
  async isSeen() {
    const found = await this.page.evaluate(() => {
      const at = document.activeElement;
      const { width, height, bottom, top, right, left } = at.getBoundingClientRect();
      const style = getComputedStyle(at);
      return {
        at: at.outerHTML.slice(0, 160), isBody: at === document.body, isMain: at.id === "main", isLarge: width > 0 && height > 0,
        isOn: bottom > 0 && right > 0 && top < innerHeight && left < innerWidth, ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
      };
    });
    assert.ok(!found.isBody && (found.isMain || (found.isLarge && found.isOn && found.ring)), JSON.stringify(found));
  }
}
