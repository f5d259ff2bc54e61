// The pictures of the workbench in the README, taken into the folder named: `cargo xtask pictures` starts this.

import { join } from "node:path";
import { launch } from "./browser.mjs";
import { Desk } from "./desk.mjs";

const FOLDER = process.argv[2];
const CHANGED = "&set=window_outsourcing.scope@R7=2&set=window_outsourcing.scope@R8=2";

const browser = await launch();
const desk = await Desk.open(browser);
const analyst = await desk.person(`#view=outlook${CHANGED}`, { viewport: { width: 1280, height: 900 } });
const { page } = analyst;
await page.locator("table.outlook td.differs").first().waitFor();
await page.getByRole("searchbox").fill("規模");
await page.locator("table.outlook").click({ position: { x: 1, y: 1 } });
await page.screenshot({ path: join(FOLDER, "workbench.png") });
await analyst.opens("#view=network&id=arrears");
await page.locator("figure svg .is-chosen").first().waitFor();
await page.screenshot({ path: join(FOLDER, "connections.png") });
await desk.close(true);
await browser.close();
