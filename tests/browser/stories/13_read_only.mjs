// Started as read only: everything can be tried and read, nothing can be saved.

import assert from "node:assert/strict";

export const about = "read only: nothing to save with";

export const options = () => ["--read-only"];

export default async function story(desk) {
  const guest = await desk.person();
  await guest.sees("閲覧のみ（保存できません）");
  await guest.types("window_outsourcing.scope", "全年度", "2");
  await guest.sees("変更 3件");
  await guest.view("保存");
  await guest.sees("閲覧のみで起動しているため、保存できません。");
  await guest.view("ルール");
  await guest.sees("誤りはありません。");
  assert.equal(await guest.button("保存する").count(), 0);
  await guest.view("年次");
  await guest.sees("次にすること");
  assert.equal(await guest.button("記録する").count(), 0);

  // Nor by asking the server behind the page's back.
  guest.refused("403 /api/text");
  const { error } = await guest.asks("/api/text", { kind: "rule", id: "window_savings", text: "", stamp: null });
  assert.equal(error, "read_only");
}
