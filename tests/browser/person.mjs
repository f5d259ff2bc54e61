// A person at a screen: what they open, press, type and read, by the words on the page. Watched all the time, whoever
// it is: no message in the console, no fault of a script, no request to elsewhere, no answer that says no (but for those
// that a story provokes, each named by `refused`), and no page that scrolls sideways.

import assert from "node:assert/strict";
import { setTimeout as rest } from "node:timers/promises";

export class Person {
  constructor(origin, page) {
    Object.assign(this, { origin, page, faults: [], provoked: [], looked: [], excused: null });
    page.on("console", (message) => this.heard(message));
    page.on("pageerror", (error) => this.faults.push(`a script failed: ${error.stack}`));
    page.on("request", (request) => this.asked(request.url()));
    page.on("requestfailed", (request) => this.failed(request));
    page.on("response", (answer) => answer.status() >= 400 && this.looked.push(this.denied(answer)));
  }

  heard(message) {
    // The browser's own remark on an answer that says no: the answer itself is looked at.
    if (!["error", "warning"].includes(message.type()) || message.text().startsWith("Failed to load resource")) return;
    if (this.excused?.test(message.text())) return;
    this.faults.push(`console: ${message.text()}`);
  }

  asked(url) {
    if (!url.startsWith("data:") && !url.startsWith(`blob:${this.origin}/`) && new URL(url).origin !== this.origin) this.faults.push(`asked elsewhere: ${url}`);
  }

  failed(request) {
    // A page takes back its own question when it has a newer one.
    const why = request.failure()?.errorText;
    if (why !== "net::ERR_ABORTED") this.faults.push(`no answer: ${request.url()}: ${why}`);
  }

  async denied(answer) {
    const name = `${answer.status()} ${new URL(answer.url()).pathname}`;
    const body = await answer.json().catch(() => ({}));
    if (body.error === "superseded") return;
    const at = this.provoked.indexOf(name);
    if (at < 0) this.faults.push(`refused: ${name} ${JSON.stringify(body)}`);
    else this.provoked.splice(at, 1);
  }

  /** What this story provokes, once: `409 /api/text`. */
  refused(...names) {
    this.provoked.push(...names);
  }

  /** Nothing that must never be was seen, and what was provoked happened. */
  async isWell() {
    await Promise.all(this.looked);
    assert.deepEqual(this.faults, []);
    assert.deepEqual(this.provoked, [], "this was to be refused");
    await this.fits();
  }

  /** The page does not scroll sideways. */
  async fits(where = "the page") {
    const [whole, seen] = await this.page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
    assert.ok(whole <= seen, `${where} is ${whole} px wide on a screen of ${seen} px`);
  }

  /** Opens the page at what follows the `#`. */
  async opens(at = "") {
    await this.page.goto("about:blank");
    await this.page.goto(`${this.origin}/${at}`);
    await this.page.waitForFunction(() => window.__mitoshi?.answers > 0);
  }

  /** Goes to a view by its name in the navigation. */
  async view(name) {
    const link = this.page.getByRole("navigation").getByRole("link", { name, exact: true });
    await link.click();
    await this.page.locator('nav a[aria-current="page"]').filter({ hasText: name }).waitFor();
  }

  button = (name, within = this.page) => within.getByRole("button", { name, exact: true });
  label = (name, within = this.page) => within.getByLabel(name, { exact: true });
  select = (name, words) => this.label(name).selectOption({ label: words });
  slider = (address, years) => this.page.locator(`[data-key="slider-${address}-${years}"]`);
  box = (address, years) => this.page.locator(`[data-key="box-${address}-${years}"]`);

  /** An assumption with its sliders, boxes and buttons. */
  premise = (address) => this.page.locator(".premise", { has: this.page.locator(`[data-key="split-${address}"]`) });

  /** Types a number into the box of an assumption. */
  async types(address, years, text) {
    await this.box(address, years).fill(text);
    await this.page.keyboard.press("Enter");
  }

  /** Waits until words are there; a text or a pattern. */
  async sees(words, within = this.page.locator("body")) {
    await eventually(async () => {
      const told = (await within.allInnerTexts()).join("\n");
      assert.ok(words instanceof RegExp ? words.test(told) : told.includes(words), `“${words}” is not in:\n${told}`);
    });
  }

  /** Waits until the address says where they are, from `#` on: it is noted a moment after the last movement. */
  async stands(pattern) {
    await eventually(() => assert.match(new URL(this.page.url()).hash, pattern));
  }

  /** The cells of an indicator in the outlook, as they are read. */
  async row(id) {
    const cells = this.page.locator("tr", { has: this.page.locator(`[data-key="row-${id}"]`) }).locator("td, th");
    return (await cells.allInnerTexts()).map((text) => text.replace(/\s+/g, " ").trim());
  }

  /** The numbers (No.) of the indicators in the outlook, from above. */
  async numbers() {
    return this.page.locator("table.outlook tbody tr:not(.group) td:first-child").allInnerTexts();
  }

  /** Asks the server what the page asks it. */
  async asks(route, body) {
    return this.page.evaluate(async ([route, body]) => {
      const answer = await fetch(route, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
      return answer.json();
    }, [route, body]);
  }

  /** What the file holds that an action gives. */
  async download(act) {
    const [file] = await Promise.all([this.page.waitForEvent("download"), act()]);
    const parts = [];
    for await (const part of await file.createReadStream()) parts.push(part);
    return { name: file.suggestedFilename(), bytes: Buffer.concat(parts) };
  }
}

/** Waits until what is asserted holds: a page follows what is done to it a moment later. */
export async function eventually(holds, most = 120_000) {
  for (const end = Date.now() + most; ; await rest(30)) {
    try {
      return await holds();
    } catch (fault) {
      if (Date.now() > end) throw fault;
    }
  }
}
