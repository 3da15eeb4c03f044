// A host gives the window in the words that it has: each row of the table is run as it stands.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { foldEvents, parseInbound, windowStatus } from "../../www/index.js";
import { eventOfMessage } from "../../www/server/index.js";
import { at } from "../../www/build/run.mjs";

const readme = await readFile(at("README.md"), "utf8");
const rows = [...readme.matchAll(/^\| `(\w+)`, [^|]*\| `(panel\.record\(.*\))` \|$/gm)].map(([, name, code]) => /** @type {[string, string]} */ ([name, code]));
const ATMS = Date.UTC(2026, 10, 23, 8, 15, 9);
const seconds = ATMS / 1000;
const meta = { object: "whatsapp_business_account", entry: [{ id: "1", changes: [{ field: "messages", value: { messaging_product: "whatsapp", metadata: { display_phone_number: "15550100200", phone_number_id: "2" }, contacts: [{ profile: { name: "A" }, wa_id: "15550109911" }], messages: [{ from: "15550109911", id: "wamid.A", timestamp: String(seconds), type: "text", text: { body: "Hello" } }] } }] }] };
const form = new URLSearchParams({ AccountSid: "AC4c122831efef10ac68b5223dccd6f614", Body: "Hello", From: "whatsapp:+15550109911", To: "whatsapp:+15550100200", MessageSid: "SM00000000000000000000000000000001", NumMedia: "0", SmsStatus: "received", WaId: "15550109911" });
/** What a host has, in each of these words: all say the same. */
const given = {
  lastInboundAt: new Date(ATMS).toISOString(), lastInboundSeconds: seconds, bodies: [JSON.stringify(meta)], forms: [{ body: String(form), at: ATMS }],
  messages: [
    { sid: "SMaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", direction: "inbound", from: "whatsapp:+15550109911", to: "whatsapp:+15550100200", body: "Hello", num_media: "0", status: "received", error_code: null, date_created: "Mon, 23 Nov 2026 08:15:09 +0000", date_sent: "Mon, 23 Nov 2026 08:15:10 +0000" },
    { sid: "SMbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", direction: "outbound-api", from: "whatsapp:+15550100200", to: "whatsapp:+15550109911", body: "Hello", num_media: "0", status: "delivered", error_code: null, date_created: "Mon, 23 Nov 2026 09:15:09 +0000", date_sent: "Mon, 23 Nov 2026 09:15:10 +0000" },
  ],
};

test("the table has a row for each", () => assert.deepEqual(rows.map(([name]) => name).sort(), Object.keys(given).sort()));

for (const [name, code] of rows) {
  test(`${name}: the window is that of the customer's last message`, () => {
    /** @type {any[]} */ let told = [];
    const panel = { record: (/** @type {any} */ evidence) => (told = [evidence].flat()) };
    new Function("panel", "parseInbound", "eventOfMessage", ...Object.keys(given), code)(panel, parseInbound, eventOfMessage, ...Object.values(given));
    assert.ok(told.length > 0);
    const status = windowStatus(foldEvents(undefined, told), { now: ATMS + 3_600_000, channel: "whatsapp" });
    assert.deepEqual([status.kind, status.closesAtMs], ["open", ATMS + 24 * 3_600_000 - 60_000]);
  });
}
