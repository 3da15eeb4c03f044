// One contract for the adapters of desktops, each on what that desktop is really built of, or on what stands in for it: what it sees, what it stops,
// what it gives back, and that it says of itself what is so.

import assert from "node:assert/strict";
import { rm } from "node:fs/promises";
import { after, before, beforeEach, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { GIVE_UP_MS, launchBrowser } from "../support/browser.mjs";
import { serveFolder } from "../support/static-server.mjs";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const OUT = `target/hosts-${process.pid}`;
const DESK = `<!doctype html><html lang="en"><meta charset="utf-8"><title>desk</title><div id="beside"></div><div id="host"></div><script type="module" src="/${OUT}/page.js"></script>`;
/** The page around a companion; its own script is inline. */
const AROUND = '<!doctype html><html lang="en"><meta charset="utf-8"><title>around</title><script>asked = []; addEventListener("message", ({ data }) => asked.push(data)); tell = (text) => frames[0].postMessage(text, "*");</script><iframe src="/desk" width="700" height="500"></iframe>';
const POLICY = "default-src 'none'; script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'; style-src 'unsafe-inline'; img-src data: blob:; connect-src 'self'; frame-src 'self'";

/** What each says that it can do: a companion stops nothing. */
const DESKTOPS = {
  "twilio-conversations": { path: "/desk", capabilities: { seesInboundTime: "exact", blocks: "hook", hookTimeout: "none", replacesComposer: true, keepsDraft: true } },
  chatwoot: { path: "/", capabilities: { seesInboundTime: "exact", blocks: "none", hookTimeout: "none", replacesComposer: false, keepsDraft: false } },
};

let browser, server, page, view;
before(async () => {
  await build({ entryPoints: [`${ROOT}/tests/hosts/page.js`], outdir: `${ROOT}/${OUT}`, bundle: true, splitting: true, format: "esm", logLevel: "error", define: { "process.env.NODE_ENV": '"production"', global: "globalThis" } });
  server = await serveFolder(ROOT, { policy: POLICY, pages: { "/desk": DESK, "/": AROUND } });
  browser = await launchBrowser();
});
after(async () => {
  await browser?.close();
  await server?.close();
  await rm(`${ROOT}/${OUT}`, { recursive: true, force: true });
});

const sent = () => view.evaluate(() => structuredClone(host.sent()));
const kind = () => view.evaluate(() => panel.state.status.kind);
const untilKind = (wanted) => view.waitForFunction((wanted) => panel.state.status.kind === wanted, wanted);
const pass = (hours) => view.evaluate((hours) => void pass(hours), hours);
const answer = () => view.evaluate(() => void answer());
const settled = () => view.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 30))));

for (const [name, { path, capabilities }] of Object.entries(DESKTOPS)) {
  describe(name, () => {
    beforeEach(async () => {
      await page?.close();
      page = await browser.newPage();
      page.setDefaultTimeout(GIVE_UP_MS / 4);
      await page.goto(server.url + path);
      view = path === "/desk" ? page : page.frames()[1];
      await view.waitForFunction(() => globalThis.ready);
      await view.evaluate((name) => open_(name), name);
    });

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
      assert.equal(await view.evaluate(() => panel.state.status.closesAtMs), wrote + 24 * 3_600_000 - 60_000);
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
      await view.evaluate(() => new Promise((resolve) => setTimeout(resolve, 20)));
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
      assert.match(await view.evaluate(async () => { try { remount(host.adapter, document.createElement("div")); } catch (error) { return error.message; } }), /already connected/);
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
      await page.waitForFunction(() => panel.state.draft === "half typed");
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
      await page.waitForFunction(() => panel.state.question?.text === "may it go?");
      await view.evaluate(() => panel.controller.answerQuestion(true));
      await page.waitForFunction(() => host.sent().length === 1);
      assert.deepEqual((await sent()).map(({ text, sendId }) => [text, sendId]), [["may it go?", "string"]]);
      await page.waitForFunction(() => panel.state.draft === "");
    });

    it("sends a template while the window is closed, and answers with its id and time", async () => {
      await answer();
      await pass(25);
      await page.waitForFunction(() => panel.state.templates.kind === "ready" && panel.state.templates.items.length === 1);
      const receipt = await view.evaluate(() => panel.controller.sendTemplate(panel.state.templates.items[0].template, { 1: "Layla" }));
      assert.match(receipt.id, /^(IM|SM)/);
      assert.equal(receipt.atMs, await view.evaluate(() => at()));
      const [last] = (await sent()).slice(-1);
      assert.deepEqual([last.contentSid, last.variables], ["HX00000000000000000000000000000001", ["1=Layla"]]);
    });
  });
}

describe("twilio-conversations, what is its own", () => {
  it("tells of a delivery receipt that says that a message failed", async () => {
    await page.close();
    page = view = await browser.newPage();
    await page.goto(`${server.url}/desk`);
    await page.waitForFunction(() => globalThis.ready);
    await page.evaluate(() => open_("twilio-conversations"));
    await answer();
    await untilKind("open");
    await page.evaluate(() => host.routes.sendMessage("lost"));
    await page.evaluate(() => host.receipt("delivered", 0));
    await page.evaluate(() => host.receipt("failed", "63016"));
    await page.waitForFunction(() => host.refused().length > 0);
    const refused = await page.evaluate(() => structuredClone(host.refused()));
    assert.deepEqual(refused.map(({ code, text }) => [code, text]), [[63016, "lost"]]);
    await page.evaluate((refusal) => panel.refused(refusal), refused[0]);
    assert.equal(await kind(), "closed");
  });
});

describe("chatwoot, what is its own", () => {
  beforeEach(async () => {
    await page.close();
    page = await browser.newPage();
    await page.goto(server.url);
    view = page.frames()[1];
    await view.waitForFunction(() => globalThis.ready);
    await view.evaluate(() => open_("chatwoot"));
  });
  const followed = () => view.evaluate(() => [...host.followed]);

  it("asks to be told, and follows the conversation that is shown", async () => {
    await page.waitForFunction(() => asked.includes("chatwoot-dashboard-app:fetch-info"));
    await answer();
    await view.waitForFunction(() => host.followed.length === 1);
    await answer();
    await view.evaluate(() => host.say({ conversation: { id: 42, messages: [] }, contact: { phone_number: "+15550109922" } }));
    await view.waitForFunction(() => host.followed.length === 2);
    assert.deepEqual(await followed(), ["41 +15550109911", "42 +15550109922"]);
  });

  it("hears nobody but Chatwoot, and nothing but a conversation of WhatsApp that has a number", async () => {
    const told = JSON.stringify(await view.evaluate(() => host.context()));
    // Another window of the same origin, and this one, are not its parent.
    await view.evaluate((told) => {
      postMessage(told, "*");
      dispatchEvent(new MessageEvent("message", { data: told, origin: "https://evil.example", source: parent }));
      dispatchEvent(new MessageEvent("message", { data: told, origin: location.origin, source: window }));
    }, told);
    for (const raw of ["", "{", "null", "[]", '{"event":"appContext"}', '{"event":"appContext","data":{}}', '{"event":"other","data":{"conversation":{"id":1}}}']) await view.evaluate((raw) => host.raw(raw), raw);
    await view.evaluate(() => host.say({ conversation: { meta: { channel: "Channel::WebWidget" } } }));
    await view.evaluate(() => host.say({ conversation: { inbox_id: 8 } }));
    await view.evaluate(() => host.say({ conversation: { meta: { channel: "Channel::Whatsapp" } }, contact: { phone_number: null } }));
    await settled();
    assert.deepEqual(await followed(), []);
    await view.evaluate(() => host.say({ conversation: { meta: { channel: "Channel::TwilioSms" }, contact_inbox: { source_id: "whatsapp:+15550109911" } } }));
    await view.waitForFunction(() => host.followed.length === 1);
  });

  it("says that it cannot lock the desktop's own box", async () => {
    await answer();
    await pass(25);
    await view.waitForFunction(() => /cannot be locked from here/.test(panel.element.shadowRoot.textContent));
  });

  it("needs an origin, and no path", async () => {
    for (const origin of [undefined, "", "*", "app.chatwoot.com", "https://app.chatwoot.com/", "https://app.chatwoot.com/app"]) {
      assert.match(await view.evaluate(async (origin) => { try { make({ origin, business: "+1" }); return "made"; } catch (error) { return error.message; } }, origin), /origin/, String(origin));
    }
  });
});
