// The lock on the composers that `composers.test.js` leaves out.

import { NAMES } from "../composers/names.js";
import { contract } from "./composer-contract.js";

const others = Object.keys(NAMES).filter((name) => !["textarea", "React, controlled", "ProseMirror", "Slate", "Web Chat"].includes(name));
for (const name of others) contract(name);
