// The lock under the policies that pages have: without one, Trusted Types, isolation, a sandboxed frame, and one that forbids WebAssembly.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { launchBrowser } from "../support/browser.mjs";
import { STRICT_POLICY, serveFolder } from "../support/static-server.mjs";
import { PAGE, tellStory } from "./lock-story.js";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const SANDBOX = '<!doctype html><meta charset="utf-8"><title>frame</title><iframe sandbox="allow-scripts" src="/" width="700" height="600"></iframe>';
const ISOLATED = { "cross-origin-opener-policy": "same-origin", "cross-origin-embedder-policy": "require-corp" };
const withoutWasm = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; require-trusted-types-for 'script'";

let browser;
before(async () => void (browser = await launchBrowser()));
after(() => browser?.close());

/** @type {[string, Parameters<typeof serveFolder>[1] & object, { path?: string, options?: object, holds: (page: any) => Promise<unknown> }][]} `holds`: that the policy is really there, and which engine answers */
const POLICIES = [
  ["none", { policy: "" }, { holds: (page) => page.evaluate(() => new Function("return 1")() === 1) }],
  ["Trusted Types", { policy: `${STRICT_POLICY}; trusted-types 'none'` }, { holds: (page) => page.evaluate(() => {
    try {
      document.createElement("p").innerHTML = "<b>";
      return false;
    } catch {
      return true;
    }
  }) }],
  ["isolated from other origins (COEP)", { headers: ISOLATED }, { holds: (page) => page.evaluate(() => crossOriginIsolated) }],
  ["a sandboxed frame", { headers: { "access-control-allow-origin": "*" }, policy: `${STRICT_POLICY}; frame-src 'self'` }, { path: "/frame", holds: (page) => page.evaluate(() => origin === "null") }],
  ["no WebAssembly", { policy: withoutWasm }, { options: { nowasm: true }, holds: (page) => page.evaluate(() => WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])).then(() => false, () => window.refusals > 0)) }],
  ["no WebAssembly, and none tried", { policy: withoutWasm }, { options: { nowasm: true, engine: "js" }, holds: (page) => page.evaluate(() => window.refusals === 0) }],
];

for (const [name, served, { path = "/", options, holds }] of POLICIES) {
  for (const locale of /** @type {const} */ (["en", "ar"])) {
    test(`${name}: ${locale}`, async () => {
      const server = await serveFolder(ROOT, { ...served, pages: { "/": PAGE, "/frame": SANDBOX } });
      const page = await browser.newPage();
      /** @type {string[]} */ const faults = [];
      page.on("pageerror", (error) => faults.push(String(error)));
      try {
        await page.goto(server.url + path);
        const shown = path === "/" ? page : page.frames()[1];
        // Keys go to the frame that has the focus.
        if (path !== "/") await shown.locator("textarea").click();
        await tellStory(shown, page.keyboard, { locale, options });
        assert.equal(await holds(shown), true, "the policy is in force");
        assert.deepEqual(faults, []);
      } finally {
        await page.close();
        await server.close();
      }
    });
  }
}

test("the set-up form is saved in a sandboxed frame, by a click and by Enter, though that submits no forms", async () => {
  const form = '<!doctype html><html lang="en"><meta charset="utf-8"><title>setup</title><channel-setup></channel-setup><script type="module" src="/www/elements/setup/define.js"></script>';
  const server = await serveFolder(ROOT, { headers: { "access-control-allow-origin": "*" }, policy: `${STRICT_POLICY}; frame-src 'self'`, pages: { "/": form, "/frame": SANDBOX } });
  for (const way of ["click", "Enter"]) {
    const page = await browser.newPage();
    try {
      await page.goto(`${server.url}/frame`);
      const frame = page.frames()[1];
      if (way === "click") await frame.locator("[part=save]").click();
      else await frame.locator("input").first().press("Enter");
      await frame.locator("[aria-invalid=true]").first().waitFor();
    } finally {
      await page.close();
    }
  }
  await server.close();
});
