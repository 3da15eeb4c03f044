// The adapters of desktops, each on what that desktop is really built of, or on what stands in for it.

import assert from "node:assert/strict";
import { beforeEach, describe, it } from "node:test";
import { answer, contract, kind, openDesktop, page, pass, sent, settled, untilKind, useDesktops, view } from "./adapter-contract.js";

const HOOK = { seesInboundTime: "exact", blocks: "hook", hookTimeout: "none", replacesComposer: true, keepsDraft: true };

useDesktops({ entry: "tests/hosts/page.js" });
contract("twilio-conversations", { capabilities: HOOK });
// By Flex's own parts: flex.long.js.
contract("flex", { capabilities: HOOK });
// A companion stops nothing.
contract("chatwoot", { path: "/", capabilities: { seesInboundTime: "exact", blocks: "none", hookTimeout: "none", replacesComposer: false, keepsDraft: false } });

describe("flex, what is its own", () => {
  beforeEach(async () => {
    await openDesktop("flex");
    await answer();
    await untilKind("open");
  });
  const send = (text) => view.evaluate((text) => host.routes.SendMessage(text).then(() => "sent", ({ code }) => code), text);

  it("is asked first again after a mount anew, where another plugin replaced the action and leaves the others out", async () => {
    await pass(25);
    assert.equal(await send("held"), "send-blocked");
    await view.evaluate(() => host.Actions.replaceAction("SendMessage", (payload, original) => original(payload)));
    assert.equal(await send("past it"), "sent", "the last one may leave out the others: that is why it is looked at anew");
    await view.evaluate(() => { panel.destroy(); globalThis.panel = remount(host.adapter); });
    await answer();
    await pass(25);
    assert.equal(await send("held"), "send-blocked");
    assert.deepEqual((await sent()).map(({ text }) => text), ["past it"]);
  });

  it("adds nothing where nobody came after it, and asks once", async () => {
    const count = () => view.evaluate(() => host.Actions.replacedActions.get("SendMessage").length);
    const before = await count();
    for (let round = 0; round < 3; round++) await view.evaluate(() => { panel.destroy(); globalThis.panel = remount(host.adapter); });
    assert.equal(await count(), before);
    await answer();
    assert.equal(await send("once"), "sent");
    assert.deepEqual((await sent()).map(({ text }) => text), ["once"]);
  });

  it("leaves other conversations alone", async () => {
    await pass(25);
    await view.evaluate(() => host.Actions.invokeAction("SendMessage", { conversationSid: "CHother", body: "elsewhere" }));
    assert.deepEqual((await sent()).map(({ text }) => text), ["elsewhere"]);
  });
});

describe("twilio-conversations, what is its own", () => {
  it("tells of a delivery receipt that says that a message failed", async () => {
    await openDesktop("twilio-conversations");
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
  beforeEach(() => openDesktop("chatwoot", "/"));
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
