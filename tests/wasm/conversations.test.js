// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { windowKeys } from "../../www/engine/session.js";
import { Conversations } from "../../www/demo/conversations.js";

const BUSINESS = "+15550100200";
const AMELIA = { id: "amelia", name: "Amelia", locale: "en", business: BUSINESS, customer: { phone: "+15550109911" }, suggestions: {} };
const sent = (/** @type {string} */ id, atMs = 1) => ({ id, direction: /** @type {const} */ ("outbound"), text: "Hello", atMs, status: "queued" });

const setUp = () => {
  const conversations = new Conversations([AMELIA]);
  const amelia = conversations.get("amelia");
  assert.ok(amelia);
  return { conversations, amelia };
};

test("a status that overtook its message is not lost", () => {
  const { conversations, amelia } = setUp();
  conversations.progress({ id: "SM1", status: "undelivered", errorCode: 63016 });
  conversations.progress({ id: "SM1", status: "sent" });
  conversations.add(amelia, sent("SM1"));
  const word = conversations.overtaken("SM1");
  assert.deepEqual(word, { id: "SM1", status: "undelivered", errorCode: 63016 });
  assert.equal(conversations.overtaken("SM1"), undefined);
  assert.equal(conversations.progress(word)?.message, amelia.messages[0]);
  assert.deepEqual(amelia.messages, [{ ...sent("SM1"), status: "undelivered", errorCode: 63016 }]);
});

test("statuses out of order do not go backwards, and repeated ones are no news", () => {
  const { conversations, amelia } = setUp();
  conversations.add(amelia, sent("SM1"));
  assert.ok(conversations.progress({ id: "SM1", status: "delivered" }));
  assert.equal(conversations.progress({ id: "SM1", status: "sent" }), undefined);
  assert.equal(conversations.progress({ id: "SM1", status: "delivered" }), undefined);
  assert.equal(amelia.messages[0]?.status, "delivered");
});

test("a message is added once, in the order of time", () => {
  const { conversations, amelia } = setUp();
  for (const message of [sent("SM2", 2), sent("SM1", 1), sent("SM2", 2)]) conversations.add(amelia, message);
  assert.deepEqual(amelia.messages.map(({ id }) => id), ["SM1", "SM2"]);
});

test("a customer is recognised by phone or user id, and what is learned stays", () => {
  const { conversations, amelia } = setUp();
  const customer = { phone: "+15550109911", bsuid: "NL.7203944817265509" };
  assert.equal(conversations.with({ business: BUSINESS, customer }), amelia);
  assert.equal(conversations.with({ business: BUSINESS, customer: { bsuid: "NL.7203944817265509" } }), amelia);
  assert.deepEqual(amelia.customer, customer);
  assert.deepEqual(conversations.at(windowKeys({ business: BUSINESS, customer })), [amelia]);
});

test("the same customer on another number of ours is another conversation", () => {
  const { conversations, amelia } = setUp();
  const other = conversations.with({ business: "+15550100201", customer: amelia.customer, name: "Amelia B" });
  assert.notEqual(other, amelia);
  assert.equal(other.name, "Amelia B");
  assert.equal(conversations.all().length, 2);
});
