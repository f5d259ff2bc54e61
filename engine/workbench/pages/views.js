// The views by their names in the address; one that has no line here is not in the navigation.

import { compare } from "./compare.js";
import { cycle } from "./cycle.js";
import { indicator } from "./indicator.js";
import { network } from "./network.js";
import { outlook } from "./outlook.js";
import { reports } from "./reports.js";
import { rules } from "./rules.js";
import { save } from "./save.js";

export const VIEWS = { outlook, indicator, compare, network, rules, cycle, reports, save };
