// Speed of the verifier against twilio-node 6.2.0, in one process: every round runs every case once, in random order,
// and the medians are compared. Ratios above 1: we are faster.
//
//   npm run bench:webhook

import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import querystring from "node:querystring";
import twilio from "twilio";
import { deriveKey, verifyWebhook } from "../../www/index.js";
import { cachedKeysId } from "../../www/engine/key-cache.js";
import { verifyInPlace } from "../../www/engine/twilio-signature.js";

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 31);
const SLICE_MS = Number(process.env.BENCH_SLICE_MS ?? 30);

const { vectors } = JSON.parse(readFileSync(new URL("../vectors/twilio-signatures.json", import.meta.url), "utf8"));
const { url, token, signature, body: form } = vectors.find(({ name }) => name === "real/whatsapp-inbound");
const body = new TextEncoder().encode(form);
const params = querystring.parse(form);
const bad = `${signature[0] === "A" ? "B" : "A"}${signature.slice(1)}`;
/** An address in which parsing changes something, so that further spellings are tried. */
const odd = `${url}?a=1&b=it's+%C3%A9`;
const oddSignature = twilio.getExpectedTwilioSignature(token, odd, params);

const keys = [token];
cachedKeysId(keys, keys, false);
const ring = cachedKeysId(keys, keys, false);
const derived = [{ derived: deriveKey(token).key }];
const headers = { "content-type": "application/x-www-form-urlencoded", "x-twilio-signature": signature };
const text = new TextDecoder();
const signedText = Buffer.from(url + Object.keys(params).sort().map((name) => name + params[name]).join(""));
/** A body that makes so many bytes of signed text, with nothing in it to decode. */
const plain = (length) => new TextEncoder().encode(`a=${"a".repeat(length - 1)}`);
const [once, twice] = [1, 2].map((times) => plain(times * signedText.length));

const must = (good) => {
  if (!good) throw new Error("a wrong verdict");
};
const theirs = (given, address, parameters) => twilio.validateRequest(token, given, address, parameters);
const parsed = () => querystring.parse(text.decode(body));
const ours = (given, address, bytes = body) => verifyInPlace(ring, { url: address, signature: given, body: bytes }) >= 0;
const [ONCE, TWICE] = ["bad signature over one plain pair", "bad signature over one twice as long"];
const FLOOR = "the hash alone, in the engine (the floor)";

/** @type {Record<string, () => void>} */
const CASES = {
  "twilio-node, parsed object": () => must(theirs(signature, url, params)),
  "twilio-node, from bytes": () => must(theirs(signature, url, parsed())),
  "twilio-node, from bytes, bad": () => must(!theirs(bad, url, parsed())),
  "twilio-node, from bytes, bad, odd address": () => must(!theirs(bad, odd, parsed())),
  "ours, from bytes": () => must(ours(signature, url)),
  "ours, from bytes, bad": () => must(!ours(bad, url)),
  "ours, from bytes, bad, odd address": () => must(!ours(bad, odd)),
  "ours, from bytes, good, odd address": () => must(ours(oddSignature, odd)),
  "verifyWebhook, keys kept": () => must(verifyWebhook({ url, headers, body }, { keys }).key === 0),
  "verifyWebhook, new list each time": () => must(verifyWebhook({ url, headers, body }, { keys: [token] }).key === 0),
  "verifyWebhook, derived key kept": () => must(verifyWebhook({ url, headers, body }, { keys: derived }).key === 0),
  "node:crypto HMAC of the prepared text": () => must(createHmac("sha1", token).update(signedText).digest("base64") === signature),
  [ONCE]: () => must(!ours(bad, url, once)),
  [TWICE]: () => must(!ours(bad, url, twice)),
};

/** Time of this process on the processor, so that a busy machine does not count. */
const now = () => {
  const { user, system } = process.cpuUsage();
  return 1000 * (user + system);
};
const names = Object.keys(CASES);
const counts = Object.fromEntries(names.map((name) => [name, 1]));
/** @type {Record<string, number[]>} */
const samples = Object.fromEntries(names.map((name) => [name, []]));

/** ns of one run. @param {string} name */
function measure(name) {
  const run = CASES[name];
  const count = counts[name];
  const started = now();
  for (let index = 0; index < count; index += 1) run();
  return (now() - started) / count;
}

for (const name of names) {
  for (let ns = 0; ns * counts[name] < SLICE_MS * 1e6;) {
    counts[name] *= 2;
    ns = measure(name);
  }
}
for (let round = 0; round < ROUNDS; round += 1) {
  const order = names.map((name) => ({ at: Math.random(), name })).sort((a, b) => a.at - b.at);
  for (const { name } of order) samples[name].push(measure(name));
}

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
const ns = Object.fromEntries(names.map((name) => [name, median(samples[name])]));
// What as many bytes more cost, each hashed twice: without and with port.
ns[FLOOR] = (ns[TWICE] - ns[ONCE]) / 2;

console.log(`${ROUNDS} rounds of about ${SLICE_MS} ms for each case; body ${body.length} bytes, ${Object.keys(params).length} parameters, signed text ${signedText.length} bytes; Node ${process.version}\n`);
for (const name of [...names, FLOOR]) console.log(`${name.padEnd(42)} ${ns[name].toFixed(0).padStart(8)} ns   hash: ${((100 * ns[FLOOR]) / ns[name]).toFixed(0).padStart(3)} %`);

const GOALS = /** @type {const} */ ([
  ["from raw bytes", "ours, from bytes", "twilio-node, from bytes", 5],
  ["from raw bytes, against a parsed object", "ours, from bytes", "twilio-node, parsed object", 2],
  ["bad signature, nothing to normalise", "ours, from bytes, bad", "twilio-node, from bytes, bad", 9],
  ["bad signature, further spellings tried", "ours, from bytes, bad, odd address", "twilio-node, from bytes, bad, odd address", 3],
  ["the whole verifyWebhook, events included", "verifyWebhook, keys kept", "twilio-node, from bytes", 0],
]);
console.log();
let missed = 0;
for (const [what, mine, other, goal] of GOALS) {
  const ratio = ns[other] / ns[mine];
  if (ratio < goal) missed += 1;
  console.log(`${what.padEnd(42)} ${ratio.toFixed(1).padStart(6)}x${goal ? `   goal ${goal}x: ${ratio >= goal ? "met" : "MISSED"}` : ""}`);
}
process.exitCode = missed ? 1 : 0;
