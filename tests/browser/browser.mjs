// The browser: Debian's Chromium, or the one that MITOSHI_CHROMIUM names, without a window.

import { tool } from "./tools.mjs";

const { chromium } = tool("playwright-core");
/** No talk of the browser's own; the name of the story about another computer is this one. */
const QUIET = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
  "--host-resolver-rules=MAP plan.example.jp 127.0.0.1"];

/** Starts it. */
export const launch = () => chromium.launch({
  executablePath: process.env.MITOSHI_CHROMIUM,
  // The administrator's Chromium has no sandbox (in a pipeline).
  args: process.getuid?.() === 0 ? ["--no-sandbox", ...QUIET] : QUIET,
});
