// Every recorded signature through the public functions, on the general and on the fast way.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { deriveKey, verifySignature, verifyWebhook } from "../../www/index.js";
import { PAGE, signatureTable } from "../support/signature-table.mjs";
import { answerOfNode } from "../support/signature-node.mjs";
import { accepts, differing, requestOf } from "../support/signatures.mjs";

const read = (name) => JSON.parse(readFileSync(new URL(`../vectors/${name}.json`, import.meta.url), "utf8"));
const twilio = read("twilio-signatures").vectors;
const meta = read("hmac-states-and-meta").meta;

test("every recorded signature is answered as recorded", () => {
  assert.equal(twilio.length, 283);
  assert.equal(meta.length, 14);
  assert.deepEqual(differing({ verifySignature, verifyWebhook, deriveKey }, twilio, meta), []);
});

test("the further spellings are ours to find: twenty vectors need them", () => {
  const needing = twilio.filter(({ further }) => further);
  assert.equal(needing.length, 20);
  for (const vector of needing) assert.ok(accepts(verifyWebhook, requestOf(vector), [vector.token]), vector.name);
});

test("the table of the documentation is fresh", () => {
  const { answers } = read("signature-libraries");
  assert.deepEqual(Object.keys(answers).sort(), twilio.map(({ name }) => name).sort());
  assert.equal(readFileSync(PAGE, "utf8"), signatureTable(), "run node tests/support/signature-table.mjs");
});

test("what is recorded of Twilio's library for Node is what the installed one answers, shared keys too", () => {
  const { answers, libraries, source } = read("signature-libraries");
  const { version } = JSON.parse(readFileSync(new URL("../../node_modules/twilio/package.json", import.meta.url), "utf8"));
  assert.equal(libraries[0], "node");
  assert.ok(source.includes(`npm twilio ${version},`), version);
  assert.deepEqual(twilio.filter((vector) => answers[vector.name][0] !== answerOfNode(vector)).map(({ name }) => name), []);
  assert.ok(twilio.some((vector) => vector.algorithm === "HMAC_SHA256" && answerOfNode(vector) === "A"));
});
