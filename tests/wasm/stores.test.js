// @ts-check
// Every store keeps what the port promises.

import { memoryStore } from "../../www/server/index.js";
import { testStore } from "../support/store-suite.mjs";

testStore("memory", (limits) => memoryStore(limits));
