// The views by their names in the address; one that has no line here is not in the navigation.

import { outlook } from "./outlook.js";

export const VIEWS = { outlook };
