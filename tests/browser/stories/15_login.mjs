// From another computer one comes in by a password: a wrong one does not help, the right one opens the outlook.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as rest } from "node:timers/promises";
import { accessible } from "../axe.mjs";
import { eventually } from "../person.mjs";

export const about = "login: wrong password, right password, the plan answers";

const PASSWORD = "みなと町の長いパスワード";

export const options = (folder) => {
  writeFileSync(join(folder, "password.txt"), `${PASSWORD}\n`);
  return ["--allow-host", "plan.example.jp", "--password-file", "password.txt"];
};

export default async function story(desk) {
  const guest = await desk.stranger();
  // Said of every page that comes by http from another computer; behind a proxy with HTTPS it is not.
  guest.excused = /Cross-Origin-Opener-Policy header has been ignored/;
  guest.refused("401 /", "401 /login");
  await guest.page.goto(`${desk.origin}/`);
  await accessible(guest, "login");
  const password = guest.page.getByLabel(/^パスワード/);
  await password.fill("違うパスワードです。");
  await password.press("Enter");
  await guest.sees("パスワードが違います。");
  await accessible(guest, "a wrong password");
  // A wrong one closes the door for a second.
  await rest(1_300);
  await password.fill(PASSWORD);
  await guest.page.getByRole("button", { name: /^開く/ }).click();
  await eventually(async () => assert.match(String((await guest.row("window_savings"))[5]), /^4\.0/));
  await guest.types("window_outsourcing.scope", "全年度", "2");
  await eventually(async () => assert.match((await guest.row("window_savings"))[5], /^8\.0/));
}
