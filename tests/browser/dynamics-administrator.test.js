// A new administrator of Dynamics 365, with the README beside the code and the files in `www/dist`, and nothing else.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, describe, it } from "node:test";

import { at } from "../../www/build/run.mjs";
import { launchBrowser } from "../support/browser.mjs";
import { until } from "../support/until.mjs";
import { Workspace } from "../support/workspace.mjs";
import { withDemo } from "../support/with-demo.mjs";

let browser;
before(async () => (browser = await launchBrowser()));
after(() => browser?.close());

const README = await readFile(at("www", "dynamics", "README.md"), "utf8");
/** Of step 2, with the middleware of the stand-in in the place of the example's. */
const [, SETTINGS] = /```js\n([^]*?)```/.exec(README);
const OURS = SETTINGS.replaceAll(/^ {3}/gm, "").replace("https://middleware.example.com/templates", "/api/templates").replace("https://middleware.example.com/send", "/omnichannel/templates");
/** The stage has a clock of its own. */
const CLOCK = "replyWindowDynamics.now = () => top.demoNow();";
const LAYLA = "ليلى حداد";

/** Web resources, under the names that the README gives them. @param {import("playwright-core").BrowserContext} context */
const upload = (context) => context.route("**/WebResources/new_/*", async (route) => {
  const { pathname, searchParams } = new URL(route.request().url());
  const name = pathname.split("/").at(-1);
  const policy = searchParams.get("policy");
  const body = name === "reply-window.settings.js" ? `${OURS}${CLOCK}` : await readFile(at("www", "dist", name), "utf8").catch(() => undefined);
  if (body === undefined) return route.fulfill({ status: 404 });
  await route.fulfill({ body, contentType: name.endsWith(".html") ? "text/html" : "text/javascript", headers: policy ? { "content-security-policy": policy } : {} });
});

/** Step 3: the form of the conversation, whose libraries Dynamics loads in a frame of their own, in their order. @param {Workspace} desk */
const openForm = (desk) => desk.page.evaluate(async () => {
  const form = document.body.appendChild(Object.assign(document.createElement("iframe"), { id: "form", hidden: true }));
  for (const name of ["reply-window.settings.js", "reply-window.dynamics.js"]) {
    const src = `/WebResources/new_/${name}`;
    await new Promise((onload, onerror) => form.contentDocument.head.append(Object.assign(form.contentDocument.createElement("script"), { src, onload, onerror })));
  }
});

const inWorkspace = (options, work) => withDemo(Workspace, browser, { title: LAYLA, isReady: false, query: { "reply-window": "none" }, prepareContext: upload, ...options }, async (desk) => {
  await desk.chatReady();
  await work(desk);
});

describe("an administrator with the README and the uploads", () => {
  for (const [policy, engine] of [["default", "wasm"], ["strict", "nowasm"]]) {
    it(`gets a lock, templates that leave, and everything back, under the ${policy} policy`, () => inWorkspace({ query: { "reply-window": "none", policy } , overlook: /WebAssembly|wasm|unsafe-eval/ }, async (desk) => {
      await openForm(desk);
      await desk.phase("closed");
      await desk.box.waitFor({ state: "hidden" });
      // Step 5, and the console.
      await desk.panel.locator("[slot=footer] summary", { hasText: "About this lock" }).waitFor();
      const { mode, steps } = await desk.page.evaluate(async () => (await document.querySelector("#form").contentWindow.replyWindow).desk.report);
      assert.equal(mode, "lock");
      assert.deepEqual(steps.filter(({ isDone }) => !isDone), []);
      assert.equal(steps[0].detail, engine);
      assert.deepEqual(await desk.page.evaluate(async () => (await document.querySelector("#form").contentWindow.replyWindow).wrong), []);

      await desk.panel.locator("[role=combobox]").fill("case update");
      await desk.panel.locator("[role=option]:not([aria-disabled])", { hasText: "case_update_text" }).first().click();
      const fields = desk.panel.locator("form textarea");
      await fields.first().waitFor();
      for (const [index, value] of ["Layla", "CAS-00417", "under review"].entries()) await fields.nth(index).fill(value);
      await desk.panel.locator('[part~="send"]').click();
      await until("the stand-in received the template", async () => (await desk.log()).find(({ contentSid }) => contentSid));

      await desk.page.evaluate(() => document.querySelector("#form").remove());
      await desk.box.waitFor({ state: "visible" });
      assert.equal(await desk.panel.count(), 0);
      assert.deepEqual(await desk.freeTexts(), []);
    }));
  }

  it("gets a companion where nothing unsupported is wanted", () => inWorkspace({}, async (desk) => {
    await desk.page.evaluate(() => document.querySelector("main").append(Object.assign(document.createElement("iframe"), { id: "tab", src: "/WebResources/new_/reply-window.dynamics.html" })));
    const tab = desk.page.frameLocator("#tab");
    await tab.locator('reply-window[phase="closed"]').waitFor({ state: "attached" });
    await tab.locator("[role=option]").first().waitFor();
    await tab.locator("[slot=footer]", { hasText: "not locked here" }).waitFor();
  }));
});
