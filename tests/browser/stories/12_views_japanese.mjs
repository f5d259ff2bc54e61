// Every view in Japanese, light and dark, from a telephone to a projector.

import { look } from "../views.mjs";

export const about = "every view in Japanese: axe-core, light and dark, 320 to 2,560 px";

export default async (desk) => look(await desk.person(), "ja");
