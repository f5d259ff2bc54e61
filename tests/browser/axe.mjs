// axe-core on a page as it is shown: every rule of WCAG 2.0 to 2.2, A and AA, and of good practice.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { tool } from "./tools.mjs";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const source = readFileSync(tool.resolve("axe-core/axe.min.js"), "utf8");

/** Finds nothing. */
export async function accessible(person, where) {
  await person.page.evaluate(`window.axe || (() => { ${source} })()`);
  const found = await person.page.evaluate((values) => window.axe.run(document, { runOnly: { type: "tag", values }, resultTypes: ["violations"] }), RULES);
  const told = found.violations.map((each) => `${where}: ${each.id}: ${each.help}: ${each.nodes[0].html} (${each.nodes.length})\n${each.nodes[0].failureSummary}`);
  assert.deepEqual(told, []);
}
