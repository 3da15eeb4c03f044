// @ts-check
// What is set up wrongly is told when it is set up, with the place, and not by every webhook after it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createGate, createReceiver, memoryStore } from "../../www/server/index.js";
import { createService } from "../../www/service/service.js";
import { INBOUND, T0, TOKEN, webhook } from "../support/webhooks.mjs";

const store = memoryStore();
const without = (/** @type {string} */ name) => ({ ...store, [name]: undefined });

/** @type {[any, string, string][]} */
const RECEIVERS = [
  [undefined, "wrong-type", "options"],
  [{}, "missing-field", "keys"],
  [{ keys: undefined, store }, "missing-field", "keys"],
  [{ keys: TOKEN, store }, "wrong-type", "keys"],
  [{ keys: [], store }, "key-missing", "keys"],
  [{ keys: [undefined], store }, "key-missing", "keys[0]"],
  [{ keys: [TOKEN, null], store }, "key-missing", "keys[1]"],
  [{ keys: [TOKEN, ""], store }, "key-empty", "keys[1]"],
  [{ keys: [{ secret: "" }], store }, "key-empty", "keys[0].secret"],
  [{ keys: [7], store }, "wrong-type", "keys[0]"],
  [{ authToken: TOKEN, store }, "unknown-field", "authToken"],
  [{ keys: [TOKEN] }, "missing-field", "store"],
  [{ keys: [TOKEN], store: null }, "missing-field", "store"],
  [{ keys: [TOKEN], store: "memory" }, "wrong-type", "store"],
  ...["read", "merge", "recordSend", "sendRecord", "accept"].map((name) => /** @type {[any, string, string]} */ ([{ keys: [TOKEN], store: without(name) }, "wrong-type", `store.${name}`])),
  ...["desk.example.com", "", "desk.example.com:443/twilio", "//desk.example.com", "https://", "ftp://desk.example.com"]
    .map((publicUrl) => /** @type {[any, string, string]} */ ([{ keys: [TOKEN], store, publicUrl }, "bad-url", "publicUrl"])),
  [{ keys: [TOKEN], store, publicUrl: new URL("https://desk.example.com") }, "wrong-type", "publicUrl"],
  ...["now", "onInbound", "onStatus", "handOn", "onReport", "log"].map((name) => /** @type {[any, string, string]} */ ([{ keys: [TOKEN], store, [name]: 5 }, "wrong-type", name])),
  [{ keys: [TOKEN], store, client: {} }, "wrong-type", "client.message"],
  [{ keys: [TOKEN], store, deadlines: { messageMs: 5 } }, "unknown-field", "deadlines.messageMs"],
  [{ keys: [TOKEN], store, deadlines: { messagingMs: "5" } }, "wrong-type", "deadlines.messagingMs"],
  [{ keys: [TOKEN], store, deadlines: { messagingMs: 0 } }, "out-of-range", "deadlines.messagingMs"],
];

for (const [given, code, field] of RECEIVERS) {
  test(`a receiver of ${JSON.stringify(given)?.slice(0, 80)}: ${code} ${field}`, () => {
    assert.throws(() => createReceiver(given), { name: "ReplyWindowError", code, field });
  });
}

/** @type {[any, string, string][]} */
const GATES = [
  [undefined, "wrong-type", "options"], [{}, "missing-field", "store"], [{ store: without("read") }, "wrong-type", "store.read"], [{ store, now: T0 }, "wrong-type", "now"],
  [{ store, timeoutMs: "5" }, "wrong-type", "timeoutMs"], [{ store, timeoutMs: Infinity }, "out-of-range", "timeoutMs"], [{ store, directSend: "yes" }, "wrong-type", "directSend"],
  [{ store, serviceMessagesThisMonth: 5 }, "wrong-type", "serviceMessagesThisMonth"],
];

for (const [given, code, field] of GATES) {
  test(`a gate: ${code} ${field}`, () => assert.throws(() => createGate(given), { name: "ReplyWindowError", code, field }));
}

/** @type {[any, string, string][]} */
const SERVICES = [
  [{}, "missing-field", "store"], [{ store: without("erase") }, "wrong-type", "store.erase"],
  [{ store, twilio: { keys: [undefined] } }, "key-missing", "twilio.keys[0]"], [{ store, twilio: { authToken: TOKEN } }, "unknown-field", "twilio.authToken"],
  [{ store, twilio: {} }, "missing-field", "twilio.keys"], [{ store, meta: { appSecrets: [""], verifyToken: "v" } }, "key-empty", "meta.appSecrets[0]"],
  [{ store, meta: { appSecrets: ["s"] } }, "wrong-type", "meta.verifyToken"], [{ store, meta: { appSecrets: ["s"], verifyToken: "" } }, "key-empty", "meta.verifyToken"],
  [{ store, publicUrl: "windows.example.com" }, "bad-url", "publicUrl"], [{ store, now: 5 }, "wrong-type", "now"], [{ store, log: {} }, "wrong-type", "log"],
];

for (const [given, code, field] of SERVICES) {
  test(`a service: ${code} ${field}`, () => assert.rejects(createService(given), { name: "ReplyWindowError", code, field }));
}

test("what is undefined is as if it were not there", async () => {
  const receiver = createReceiver(/** @type {any} */ ({ keys: [TOKEN], store: memoryStore(), now: () => T0, publicUrl: undefined, deadlines: undefined, onInbound: undefined, log: undefined }));
  assert.equal((await receiver.fetch(webhook(INBOUND))).status, 200);
});

test("what a function hands over is checked when it does", async () => {
  /** @type {string[]} */
  const lines = [];
  const of = (/** @type {any} */ more) => createReceiver({ keys: [TOKEN], store, log: (line) => lines.push(line), ...more });
  assert.equal((await of({ keys: () => [undefined] }).fetch(webhook(INBOUND))).status, 500);
  assert.equal((await of({ publicUrl: () => 5 }).fetch(webhook(INBOUND))).status, 500);
  assert.deepEqual(lines, ["webhook refused with 500: key-missing", "webhook refused with 500: wrong-type"]);
});

/** @type {[string, any, string, string][]} what is told of the address, by how it was found */
const TOLD = [
  ["an origin", "https://other.example.com", "https://desk.example.com/twilio/inbound?to=%2B15550109911#x", "https://other.example.com/twilio/inbound;"],
  ["a whole address by a function", () => "https://a:secret@other.example.com/x?token=1", "https://desk.example.com/y", "https://other.example.com/x;"],
  ["none", undefined, "https://desk.example.com/y?token=1", "https://desk.example.com/y, the request's own, since there is no publicUrl;"],
  ["a long one", undefined, `https://desk.example.com/${"a".repeat(5_000)}`, `https://desk.example.com/${"a".repeat(175)}…, `],
  ["one of several lines", () => "https://other.example.com/\nwebhook", "https://desk.example.com/y", "https://other.example.com/?webhook;"],
];

for (const [name, publicUrl, sentTo, told] of TOLD) {
  test(`a signature that does not match names the address that was used: ${name}`, async () => {
    /** @type {string[]} */
    const lines = [];
    const receiver = createReceiver({ keys: [TOKEN], store, log: (line) => lines.push(line), ...(publicUrl && { publicUrl }) });
    assert.equal((await receiver.fetch(webhook(INBOUND, { sentTo }))).status, 403);
    assert.equal(lines.length, 1);
    assert.ok(lines[0]?.startsWith(`webhook refused with 403: signature-mismatch with the address ${told}`), lines[0]);
    assert.match(lines[0] ?? "", /diagnoseWebhook tells what would match$/);
    assert.doesNotMatch(lines[0] ?? "", /token|15550109911|secret|\n/);
  });
}

test("Meta signs no address, and none is told", async () => {
  /** @type {string[]} */
  const lines = [];
  const request = new Request("https://desk.example.com/meta", { method: "POST", body: "{}", headers: { "content-type": "application/json", "x-hub-signature-256": `sha256=${"0".repeat(64)}` } });
  assert.equal((await createReceiver({ keys: ["s"], store, log: (line) => lines.push(line) }).fetch(request)).status, 403);
  assert.deepEqual(lines, ["webhook refused with 403: signature-mismatch"]);
});
