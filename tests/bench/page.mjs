// What a page pays until its first answer, on a processor a quarter as fast (Chromium's own throttling): `npm run bench:page`. Each bundle is
// loaded by a page of its own in a context that has fetched nothing, in turns; from before its import to the answer. CHROMIUM_PATH names the browser.

import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { chromium } from "playwright-core";
import { spread } from "./measure.mjs";

const ROUNDS = 15;
const SLOWER = 4;
const HERE = fileURLToPath(new URL(".", import.meta.url));
const EVENT = { id: "SM1", log: "customer", kind: "text", receiptAtMs: Date.UTC(2026, 10, 22) };

/** @type {[string, string][]} */
const CASES = [
  ["an empty module (the floor)", "export const answer = () => true;"],
  ["reply-window: a verdict", `import { foldEvents, judge } from "reply-window"; export const answer = () => judge(foldEvents(undefined, [${JSON.stringify(EVENT)}]), { kind: "text" }).verdict.kind;`],
  ["reply-window: mount, its first drawing", `import { mount } from "reply-window/mount";
    export const answer = () => mount(document.body, { conversation: { id: "c1", business: "+15550100200", customer: { phone: "+15550109911" } } }).judge({ kind: "text" }).leaves;`],
  ["reply-window: a number judged", 'import { isValidNumber } from "reply-window"; export const answer = () => isValidNumber("+442070313000");'],
  ["libphonenumber-js/max: a number judged", 'import { parsePhoneNumberFromString } from "libphonenumber-js/max"; export const answer = () => parsePhoneNumberFromString("+442070313000").isValid();'],
];

const bundles = await Promise.all(CASES.map(async ([, contents]) => {
  const { outputFiles: [file] } = await build({ stdin: { contents, resolveDir: HERE }, bundle: true, minify: true, format: "esm", target: "es2023", write: false, outdir: HERE, logLevel: "error" });
  return Buffer.from(file?.contents ?? "");
}));
const server = createServer(({ url = "/" }, response) => {
  const bundle = bundles[Number(/^\/(\d+)\.js$/.exec(url)?.[1])];
  response.writeHead(200, { "content-type": bundle ? "text/javascript" : "text/html" }).end(bundle ?? "<!doctype html><title>page</title><body></body>");
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium", args: ["--headless", "--no-sandbox", "--disable-gpu"] });

/** ms from before the import to the answer. @param {number} at */
async function fresh(at) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`http://127.0.0.1:${port}/`);
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  /** @type {number} */
  const ms = await page.evaluate(`(async () => {
    const before = performance.now();
    const { answer } = await import("/${at}.js");
    if (!answer()) throw new Error("no answer");
    return performance.now() - before;
  })()`);
  await context.close();
  return ms;
}

const found = CASES.map(() => /** @type {number[]} */ ([]));
for (let round = 0; round < ROUNDS; round++) for (const at of CASES.keys()) found[at]?.push(await fresh(at));
console.log(`A fresh page at a quarter of the speed, ${ROUNDS} of each in turns, ms (least, median, most)`);
CASES.forEach(([name], at) => {
  const { least, median, most } = spread(found[at] ?? []);
  console.log(`${name.padEnd(42)} ${[least, median, most].map((ms) => ms.toFixed(1).padStart(7)).join("")}`);
});
await browser.close();
server.close();
