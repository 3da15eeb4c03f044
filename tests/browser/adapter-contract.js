// One contract for the adapters of desktops: what each sees, what it stops, what it gives back, and that it says of itself what is so.

import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import { after, before, beforeEach, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { launchBrowser } from "../support/browser.mjs";
import { serveFolder } from "../support/static-server.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const OUT = `target/hosts-${process.pid}`;
const DESK = `<!doctype html><html lang="en"><meta charset="utf-8"><title>desk</title><div id="beside"></div><div id="host"></div><script type="module" src="/${OUT}/page.js"></script>`;
/** The page around a companion; its own script is inline. */
const AROUND = '<!doctype html><html lang="en"><meta charset="utf-8"><title>around</title><script>asked = []; addEventListener("message", ({ data }) => asked.push(data)); tell = (text) => frames[0].postMessage(text, "*");</script><iframe src="/desk" width="700" height="500"></iframe>';
const POLICY = "default-src 'none'; script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'; style-src 'unsafe-inline'; img-src data: blob:; connect-src 'self'; frame-src 'self'";

let browser, server;
/** The page, and what of it the desktop is: the page itself, or a frame. */
export let page, view;

/** @param {{ entry: string, bundle?: import("esbuild").BuildOptions, policy?: string }} of the page of the desktops */
export function useDesktops({ entry, bundle = {}, policy = POLICY }) {
  before(async () => {
    await build({ entryPoints: { page: `${ROOT}/${entry}` }, outdir: `${ROOT}/${OUT}`, bundle: true, splitting: true, format: "esm", logLevel: "error", ...bundle, define: { "process.env.NODE_ENV": '"production"', global: "globalThis", ...bundle.define } });
    server = await serveFolder(ROOT, { policy, pages: { "/desk": DESK, "/": AROUND } });
    browser = await launchBrowser();
  });
  after(async () => {
    await browser?.close();
    await server?.close();
    await rm(`${ROOT}/${OUT}`, { recursive: true, force: true });
  });
}

export const sent = () => view.evaluate(() => structuredClone(host.sent()));
export const kind = () => view.evaluate(() => panel.snapshot.status.kind);
export const untilKind = (wanted) => view.waitForFunction((wanted) => panel.snapshot.status.kind === wanted, wanted);
export const pass = (hours) => view.evaluate((hours) => void pass(hours), hours);
export const answer = () => view.evaluate(() => void answer());
/** A few frames, in which whatever was begun goes on. */
export const settled = () => view.evaluate(async () => {
  for (let frame = 0; frame < 5; frame += 1) await new Promise(requestAnimationFrame);
});

const untilQuestion = (text) => page.waitForFunction((text) => panel.snapshot.question?.reason === "may-have-arrived" && panel.snapshot.question.text === text, text);

/** The agent sends a text, and the desktop's own send fails: of what, is in the error. It is back in the box. @param {string} text @param {object} error */
async function sendInVain(text, error) {
  await answer();
  await untilKind("open");
  await view.evaluate((error) => host.failNext(Object.assign(new Error("it failed"), error)), error);
  await page.locator("#composer textarea").click();
  await page.keyboard.type(text);
  await page.keyboard.press("Enter");
  await page.waitForFunction((text) => panel.snapshot.error && panel.snapshot.draft === text && host.box().value === text, text);
  assert.deepEqual(await sent(), []);
}

/** @param {string} name @param {string} [path] `/` where it stands in a frame of the page around it */
export async function openDesktop(name, path = "/desk") {
  await page?.close();
  page = await browser.newPage();
  await page.goto(server.url + path);
  view = path === "/desk" ? page : page.frames()[1];
  await view.waitForFunction(() => globalThis.ready);
  await view.evaluate((name) => open_(name), name);
}

/** Declares the tests of one desktop. @param {string} name @param {{ path?: string, capabilities: Record<string, unknown> }} of */
export function contract(name, { path, capabilities }) {
  describe(name, () => {
    beforeEach(() => openDesktop(name, path));

    it("says what it can do, in the port's words", async () => {
      assert.deepEqual(await view.evaluate(() => ({ ...host.adapter.capabilities })), capabilities);
      assert.equal(await view.evaluate(() => host.adapter.name), name);
    });

    it("sees what the customer wrote, at the time at which it was written, and what nobody else did", async () => {
      assert.equal(await kind(), "unknown");
      await view.evaluate(() => void host.colleagueWrites("for the customer"));
      await settled();
      assert.equal(await kind(), "unknown", "what the business writes opens nothing");
      const wrote = await view.evaluate(() => { const atMs = Math.floor((at() - 3_600_000) / 1000) * 1000; host.customerWrites("hello", atMs); return atMs; });
      await untilKind("open");
      assert.equal(await view.evaluate(() => panel.snapshot.status.closesAtMs), wrote + 24 * 3_600_000 - 60_000);
      await pass(22.9);
      assert.equal(await kind(), "closing");
      await pass(0.2);
      assert.equal(await kind(), "closed");
      await answer();
      await untilKind("open");
    });

    it("reads what was written before it came", async () => {
      await view.evaluate(() => {
        panel.destroy();
        host.customerWrites("before", at() - 1000);
      });
      await settled();
      await view.evaluate(async () => {
        const { adapter } = host;
        const other = document.createElement("div");
        document.body.append(other);
        globalThis.panel = remount(adapter, other);
      });
      await untilKind("open");
    });

    it("leaves the desktop as it found it", async () => {
      await view.evaluate(() => panel.destroy());
      assert.equal(await view.evaluate(() => host.isAsBefore()), true);
      assert.equal(await view.evaluate(() => document.querySelectorAll("reply-window").length), 0);
    });

    it("is of one panel alone", async () => {
      assert.match(await view.evaluate(async () => { try { remount(host.adapter, document.createElement("div")); } catch (error) { return `${error.code} ${error.field}`; } }), /^already-connected adapter$/);
    });

    if (capabilities.blocks === "none") return;

    it("lets free text out while the window is open, and nothing by any way once it is closed", async () => {
      const tries = () => view.evaluate(async () => {
        const told = {};
        for (const [route, send] of Object.entries(host.routes)) told[route] = await send(`by ${route}`).then(() => "sent", (error) => error.code);
        return told;
      });
      await answer();
      await untilKind("open");
      const open = await tries();
      assert.deepEqual(new Set(Object.values(open)), new Set(["sent"]), JSON.stringify(open));
      const before = (await sent()).length;
      assert.equal(before, Object.keys(open).length);
      await pass(25);
      const closed = await tries();
      assert.deepEqual(new Set(Object.values(closed)), new Set(["send-blocked"]), JSON.stringify(closed));
      assert.equal((await sent()).length, before);
      await answer();
      await untilKind("open");
      assert.deepEqual(await tries(), open);
    });

    it("gives back the text of a send that was stopped, whatever the desktop does with its box", async () => {
      await answer();
      await untilKind("open");
      await page.locator("#composer textarea").click();
      await page.keyboard.type("half typed");
      await pass(25);
      const [route] = await view.evaluate(() => Object.keys(host.routes));
      await view.evaluate((route) => host.routes[route](panel.draft).catch(() => {}), route);
      await page.waitForFunction(() => panel.snapshot.draft === "half typed");
      await page.locator("#composer textarea").waitFor({ state: "hidden" });
      await answer();
      await page.evaluate(() => panel.element.reset());
      await page.locator("#composer textarea").waitFor({ state: "visible" });
      assert.equal(await view.evaluate(() => host.box().value), "half typed");
      await page.locator("#composer textarea").press("Enter");
      await page.waitForFunction(() => host.sent().some(({ text }) => text === "half typed"));
    });

    it("asks the agent once where nothing is known, and a yes lets that text out, once", async () => {
      await page.locator("#composer textarea").click();
      await page.keyboard.type("may it go?");
      await page.keyboard.press("Enter");
      await settled();
      assert.deepEqual(await sent(), []);
      await page.waitForFunction(() => panel.snapshot.question?.text === "may it go?");
      await view.evaluate(() => panel.controller.answerQuestion(true));
      await page.waitForFunction(() => host.sent().length === 1);
      assert.deepEqual((await sent()).map(({ text, sendId }) => [text, sendId]), [["may it go?", "string"]]);
      await page.waitForFunction(() => panel.snapshot.draft === "");
    });

    it("tells what became of a text: one that surely failed stands in the box again, and goes out from there unasked", async () => {
      await sendInVain("on its way", { status: 400 });
      assert.equal(await view.evaluate(() => panel.snapshot.error.outcome), undefined);
      await page.locator("#composer textarea").press("Enter");
      await page.waitForFunction(() => host.sent().length === 1 && panel.snapshot.draft === "");
      assert.deepEqual((await sent()).map(({ text }) => text), ["on its way"]);
      assert.equal(await view.evaluate(() => panel.snapshot.question), undefined);
    });

    it("asks about a text that was made of one that may have arrived, by whichever way it is sent, and a yes sends it once", async () => {
      await sendInVain("on its way", {});
      assert.equal(await view.evaluate(() => panel.snapshot.error.outcome), "unknown");
      await page.locator("#composer textarea").press("End");
      await page.keyboard.type(" today");
      await page.waitForFunction(() => panel.snapshot.draft === "on its way today");
      await page.keyboard.press("Enter");
      await untilQuestion("on its way today");
      await view.evaluate(() => panel.controller.answerQuestion(false));
      const [route] = await view.evaluate(() => Object.keys(host.routes));
      assert.equal(await view.evaluate((route) => host.routes[route](panel.snapshot.draft).then(() => "sent", (error) => error.code), route), "send-blocked");
      await untilQuestion("on its way today");
      assert.deepEqual(await sent(), [], "nothing leaves before the yes");
      await view.evaluate(() => panel.controller.answerQuestion(true));
      await page.waitForFunction(() => host.sent().length === 1 && panel.snapshot.draft === "");
      assert.deepEqual((await sent()).map(({ text }) => text), ["on its way today"]);
    });

    it("tells what the customer answered to a text that waited for it", async () => {
      await answer();
      await untilKind("open");
      await page.locator("#composer textarea").click();
      await page.keyboard.type("half typed");
      await pass(25);
      await page.waitForFunction(() => panel.snapshot.queue === "offered");
      await view.evaluate(() => panel.controller.queueDraft(true));
      await page.waitForFunction(() => panel.snapshot.queue === "waiting");
      await view.evaluate(() => void answer("yes, please"));
      await page.waitForFunction(() => panel.snapshot.answer?.text === "yes, please");
      assert.equal(await view.evaluate(() => panel.snapshot.answer.kind), "text");
      assert.deepEqual(await sent(), []);
    });

    it("sends a template while the window is closed, and answers with its id and time", async () => {
      await answer();
      await pass(25);
      await page.waitForFunction(() => panel.snapshot.templates.kind === "ready" && panel.snapshot.templates.items.length === 1);
      const receipt = await view.evaluate(() => panel.controller.sendTemplate(panel.snapshot.templates.items[0].template, { 1: "Layla" }));
      assert.match(receipt.id, /^(IM|SM)/);
      assert.equal(receipt.atMs, await view.evaluate(() => at()));
      const [last] = (await sent()).slice(-1);
      assert.deepEqual([last.contentSid, last.variables], ["HX00000000000000000000000000000001", ["1=Layla"]]);
    });
  });
}
