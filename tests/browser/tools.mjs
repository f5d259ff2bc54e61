// Where `cargo xtask browser` put playwright-core and axe-core: outside of the sources, with everything that is built.

import { createRequire } from "node:module";
import { join } from "node:path";

export const tool = createRequire(join(process.env.MITOSHI_BROWSER_TOOLS, "package.json"));
