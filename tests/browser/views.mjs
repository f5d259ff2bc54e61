// Every view with something in it: its name in the address, and what a person does there before looking. axe-core finds
// nothing on any, light and dark, and from a telephone to a projector the page never scrolls sideways.

import { accessible } from "./axe.mjs";

const WIDTHS = [320, 768, 1280, 1920, 2560];
const SCHEMES = { 320: ["light"], 1280: ["light", "dark"] };
const CHANGED = "&set=window_outsourcing.scope@R7=2&set=window_outsourcing.scope@R8=2";

/** Presses a button and waits for what comes of it. */
const press = (button, shown) => async (page) => {
  await page.locator(button).click();
  await page.locator(shown).first().waitFor();
};

export const VIEWS = [
  { name: "outlook", at: CHANGED, seen: "table.outlook" },
  { name: "indicator", at: `&id=window_savings${CHANGED}`, seen: ".explain table", act: async (page) => page.locator("pre").first().waitFor() },
  { name: "compare", at: `&id=window_savings&beside=hiring_freeze${CHANGED}`, seen: "[data-key=comparison-xlsx]", act: press("#tornado-show", "figure") },
  { name: "network", at: "&id=arrears", seen: "main [data-id]" },
  { name: "rules", at: "&id=window_savings", seen: "#text", act: async (page) => page.locator(".editor .ok").waitFor() },
  { name: "rules", at: "&kind=new", seen: "[data-key=begin-go]", act: async (page) => { await page.locator("[name=id]").fill("9 visits"); await page.locator("[aria-invalid=true]").waitFor(); } },
  { name: "cycle", at: "", seen: "#record-go" },
  { name: "reports", at: CHANGED, seen: "#report", act: press("button.main", "article.preview") },
  { name: "save", at: CHANGED, seen: "#save-name" },
];

/** Opens a view as a person would have it. */
export async function show(person, { name, at, seen, act }, language = "ja") {
  await person.opens(`#view=${name}&lang=${language}${at}`);
  await person.page.locator(seen).first().waitFor();
  await act?.(person.page);
}

/** Looks at all of them. */
export async function look(person, language) {
  for (const view of VIEWS) {
    await person.page.setViewportSize({ width: WIDTHS[0], height: 640 });
    await show(person, view, language);
    for (const width of WIDTHS) {
      await person.page.setViewportSize({ width, height: 800 });
      await person.fits(`${view.name} in ${language}`);
      for (const colorScheme of SCHEMES[width] ?? []) {
        await person.page.emulateMedia({ colorScheme });
        await accessible(person, `${view.name}, ${language}, ${width} px, ${colorScheme}`);
      }
    }
  }
}
