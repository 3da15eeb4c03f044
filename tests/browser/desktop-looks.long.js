// Every state of the desktop in the looks that `desktop-states.test.js` leaves out.

import { after, before, describe, it } from "node:test";

import { launchBrowser } from "../support/browser.mjs";
import { throughStates } from "../support/look-over.mjs";
import { LOOKS } from "../support/states.mjs";

/** The others differ from these in size and colour alone. */
const LOOKED_OVER = ["arabic", "english-360", "english-dark"];

let browser;
before(async () => (browser = await launchBrowser()));
after(() => browser?.close());

describe("in every state of the desktop", () => {
  for (const look of LOOKS.filter(({ name }) => !["english", "arabic-360"].includes(name))) {
    const isLookedOver = LOOKED_OVER.includes(look.name);
    it(`nothing is wider than the page${isLookedOver ? ", and axe finds nothing" : ""}: ${look.name}`, () => throughStates(browser, look, isLookedOver));
  }
});
