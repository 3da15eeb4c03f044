// The examples for a composer of one's own, each taken out of the text as it stands and run on the real framework.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { after, before, describe, it } from "node:test";
import { build } from "esbuild";
import { at } from "../../www/build/run.mjs";
import { launchBrowser } from "../support/browser.mjs";
import { serveFolder } from "../support/static-server.mjs";

const FOLDER = at("target", `readme-${process.pid}`);
const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'unsafe-inline'; img-src data: blob:; connect-src 'self'";
const readme = await readFile(at("www", "adapters", "dom", "README.md"), "utf8");
/** @param {string} heading @param {string} language */
const block = (heading, language) => {
  const found = new RegExp(`^## ${heading}\\n\\n\`\`\`${language}\\n([^]*?)\\n\`\`\`$`, "m").exec(readme)?.[1];
  assert.ok(found, heading);
  return found;
};

/** What the examples import as theirs: it keeps what left, and lets the test say what the customer wrote. */
const DESK = `
globalThis.left = [];
const listeners = [];
export const conversation = { id: "c1", business: "+15550100200", customer: { phone: "+15550109911" } };
export const templates = [];
export const sendTemplate = async () => ({ id: "SM1" });
export const send = async (text) => void left.push(text);
export const sendFiles = (files) => left.push(...[...files].map(({ name }) => "file " + name));
export const onInbound = (listener) => listeners.push(listener);
export const onQuickReply = (send) => (globalThis.quickReply = send);
globalThis.customerWrote = (sentAt) => listeners.at(-1)({ id: "SM" + Math.random(), sentAt });
`;

const modules = createRequire(at("tests", "composers", "package.json"));
/** Each example as the files that its own tool makes of it. @type {Record<string, () => { html?: string, files: Record<string, string> }>} */
const EXAMPLES = {
  "A plain page": () => {
    const html = block("A plain page", "html");
    const script = /<script type="module">([^]*)<\/script>/.exec(html)?.[1] ?? "";
    return { html: html.replace(/<script[^]*<\/script>/, ""), files: { "main.js": script } };
  },
  React: () => ({ files: {
    "composer.jsx": block("React", "jsx"),
    "main.js": 'import { StrictMode, createElement } from "react";\nimport { createRoot } from "react-dom/client";\nimport { Composer } from "./composer.jsx";\ncreateRoot(document.querySelector("#place")).render(createElement(StrictMode, null, createElement(Composer)));',
  } }),
  Vue: () => {
    const { compileScript, parse } = modules("vue/compiler-sfc");
    const { content } = compileScript(parse(block("Vue", "vue")).descriptor, { id: "composer", inlineTemplate: true });
    return { files: { "composer.js": content, "main.js": 'import { createApp } from "vue";\nimport Composer from "./composer.js";\ncreateApp(Composer).mount("#place");' } };
  },
  ProseMirror: () => ({ files: { "composer.js": block("ProseMirror", "js"), "main.js": 'import { composer } from "./composer.js";\ncomposer(document.querySelector("#place"));' } }),
};

const { exports } = JSON.parse(await readFile(at("package.json"), "utf8"));
/** The package by its own entries, as for who installed it. @type {import("esbuild").Plugin} */
const ours = {
  name: "ours",
  setup: (of) => of.onResolve({ filter: /^reply-window(\/|$)/ }, ({ path }) => ({ path: at(exports[`.${path.slice("reply-window".length)}`].default) })),
};

let browser, server;
/** @type {Record<string, string>} */ const pages = {};
before(async () => {
  for (const [name, make] of Object.entries(EXAMPLES)) {
    const folder = `${FOLDER}/${name.replaceAll(" ", "-")}`;
    const { html = "", files } = make();
    await mkdir(folder, { recursive: true });
    for (const [file, code] of Object.entries({ ...files, "desk.js": DESK })) await writeFile(`${folder}/${file}`, code);
    await build({
      entryPoints: [`${folder}/main.js`], outfile: `${folder}/out.js`, bundle: true, format: "esm", jsx: "automatic", logLevel: "error", plugins: [ours],
      nodePaths: [at("tests", "composers", "node_modules")], define: { "process.env.NODE_ENV": '"production"', __VUE_OPTIONS_API__: "true", __VUE_PROD_DEVTOOLS__: "false", __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "false" },
    });
    pages[`/${name.replaceAll(" ", "-")}`] = `<!doctype html><html lang="en"><meta charset="utf-8"><title>${name}</title><div id="place">${html}</div><script type="module" src="/${name.replaceAll(" ", "-")}/out.js"></script>`;
  }
  server = await serveFolder(FOLDER, { policy: POLICY, pages });
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await server?.close();
  await rm(FOLDER, { recursive: true, force: true });
});

const BOX = "#composer textarea, #composer [contenteditable=true]";

for (const name of Object.keys(EXAMPLES)) {
  describe(`${name}, as written`, () => {
    it("locks, keeps the draft and gives it back; the file button and what code sends are stopped", async () => {
      const page = await browser.newPage();
      /** @type {string[]} */ const faults = [];
      page.on("pageerror", ({ message }) => faults.push(message));
      await page.clock.install({ time: "2026-11-23T10:00:00Z" });
      await page.goto(`${server.url}/${name.replaceAll(" ", "-")}`);
      const box = page.locator(BOX).first();
      const left = () => page.evaluate(() => [...globalThis.left]);
      const send = () => page.locator("#composer > button").click();
      await box.waitFor();
      await page.waitForFunction(() => globalThis.quickReply);
      await page.evaluate(() => customerWrote(Date.now()));
      await page.waitForFunction(() => document.querySelector("reply-window").getAttribute("phase") === "open");

      await box.click();
      await page.keyboard.type("while open");
      await send();
      await page.waitForFunction(() => left.length === 1);
      await page.evaluate(() => quickReply("by code"));
      assert.deepEqual(await left(), ["while open", "by code"]);
      await page.waitForFunction((selector) => { const box = document.querySelector(selector); return !(box.value ?? box.textContent); }, BOX);

      await box.click();
      await page.keyboard.type("half typed");
      await page.clock.fastForward(25 * 3_600_000);
      await box.waitFor({ state: "hidden" });
      assert.equal(await page.evaluate(() => quickReply("by code").then(() => "sent", ({ code }) => code)), "send-blocked");
      await page.evaluate(() => document.querySelector("#composer button").click());
      await page.locator("#composer input[type=file]").setInputFiles({ name: "a.txt", mimeType: "text/plain", buffer: Buffer.from("x") });
      await page.evaluate(() => new Promise(requestAnimationFrame));
      assert.deepEqual(await left(), ["while open", "by code"]);
      assert.match(await page.evaluate(() => document.querySelector("reply-window").shadowRoot.textContent), /half typed/);

      await page.evaluate(() => customerWrote(Date.now()));
      await page.evaluate(() => document.querySelector("reply-window").reset());
      await box.waitFor();
      assert.equal(await page.evaluate((selector) => { const box = document.querySelector(selector); return box.value ?? box.textContent; }, BOX), "half typed");
      await send();
      await page.waitForFunction(() => left.at(-1) === "half typed");
      assert.equal(await page.locator("reply-window").count(), 1);
      assert.deepEqual(faults.filter((text) => !/send-blocked|not sent/.test(text)), []);
      await page.close();
    });
  });
}

it("the main page leads to them", async () => {
  assert.ok((await readFile(at("README.md"), "utf8")).includes("www/adapters/dom/README.md"));
});
