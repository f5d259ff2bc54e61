// A desk for one story: a fresh copy of this repository's pack, the program that serves it, and the people who look at
// it. At its end the program must stop well and nobody may have seen what a page must never do (person.mjs).

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Person } from "./person.mjs";

const repository = new URL("../../", import.meta.url).pathname;

/** Programs that run: none is left behind, however this ends. */
const running = new Set();
process.on("exit", () => running.forEach((program) => program.kill()));
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(1));

export class Desk {
  /** Begins: what `options` gives for the folder goes to `mitoshi serve`. */
  static async open(browser, options = () => []) {
    const desk = new Desk();
    Object.assign(desk, { browser, people: [], folder: mkdtempSync(join(tmpdir(), "mitoshi-desk-")) });
    for (const part of ["rules", "scenarios"]) cpSync(join(repository, part), join(desk.folder, part), { recursive: true });
    await desk.serve(options(desk.folder));
    return desk;
  }

  /** Starts the program; the first line it prints is the way in. */
  async serve(options) {
    this.program = spawn(process.env.MITOSHI, ["serve", "--no-open", ...options], { cwd: this.folder, stdio: ["ignore", "pipe", "pipe"] });
    running.add(this.program);
    this.ended = new Promise((tell) => this.program.on("exit", (code) => { running.delete(this.program); tell(code); }));
    let told = "";
    this.program.stderr.on("data", (bytes) => { told += bytes; });
    const first = createInterface({ input: this.program.stdout })[Symbol.asyncIterator]().next();
    const { value } = await Promise.race([first, this.ended.then(() => ({}))]);
    assert.match(value ?? "", /^http:/, `the program did not start: ${told}`);
    this.link = value.trim();
    this.origin = new URL(this.link).origin;
  }

  /** Somebody who came by the printed address; `at` is the part of the address from `#` on. */
  async person(at = "", context = {}) {
    const person = await this.stranger(context);
    await person.page.goto(this.link);
    await person.opens(at);
    return person;
  }

  /** Somebody who was told no address. */
  async stranger(context = {}) {
    const made = await this.browser.newContext({ viewport: { width: 1280, height: 800 }, ...context });
    // Hangs end a story; slowness does not.
    made.setDefaultTimeout(120_000);
    return this.joined(new Person(this.origin, await made.newPage()));
  }

  /** Another tab of somebody, at the same place. */
  async tab(person) {
    const other = this.joined(new Person(this.origin, await person.page.context().newPage()));
    await other.opens(new URL(person.page.url()).hash);
    return other;
  }

  joined(person) {
    this.people.push(person);
    return person;
  }

  /** Files of the pack. */
  read = (path) => readFileSync(join(this.folder, path), "utf8");
  write = (path, text) => writeFileSync(join(this.folder, path), text);
  has = (path) => existsSync(join(this.folder, path));

  /** Ends, and says what went wrong on anybody's screen. */
  async close(good) {
    try {
      if (good) for (const person of this.people) await person.isWell();
    } finally {
      for (const context of new Set(this.people.map((person) => person.page.context()))) await context.close();
      this.program.kill("SIGINT");
      const code = await this.ended;
      rmSync(this.folder, { recursive: true, force: true });
      if (good) assert.equal(code, 0, "the program ended badly");
    }
  }
}
