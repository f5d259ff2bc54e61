// Somebody without the printed address sees how to come in, and nothing of the plan.

import { accessible } from "../axe.mjs";

export const about = "no key: the way in is told, nothing of the plan";

export default async function story(desk) {
  const stranger = await desk.stranger();
  stranger.refused("401 /");
  await stranger.page.goto(`${desk.origin}/`);
  await stranger.sees("この画面を開くには");
  await stranger.sees("Open the address that mitoshi serve printed");
  await accessible(stranger, "no key");
  await stranger.page.setViewportSize({ width: 320, height: 640 });
  await stranger.fits();
}
