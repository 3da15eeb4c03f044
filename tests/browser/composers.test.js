// The lock on composers that other people made, each its real package: one contract for all. These differ most from one
// another; the others take long: composers.long.js.

import { contract } from "./composer-contract.js";

for (const name of ["textarea", "React, controlled", "ProseMirror", "Slate", "Web Chat"]) contract(name);
