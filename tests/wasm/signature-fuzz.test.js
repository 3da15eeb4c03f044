// Twilio's own library as the oracle: the same verdict on random requests, but for what the table below names.
//
//   SIGNATURE_SEED=7 SIGNATURE_CASES=20000 node --test tests/wasm/signature-fuzz.test.js

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import querystring from "node:querystring";
import { test } from "node:test";
import twilio from "twilio";
import { ReplyWindowError, verifySignature, verifyWebhook } from "../../www/index.js";
import { randomFrom, seedOf } from "../support/random.mjs";

const CASES = Number(process.env.SIGNATURE_CASES ?? 20_000);
const SEED = seedOf("SIGNATURE_SEED");

const below = randomFrom(SEED);
/** True in so many of a hundred cases. */
const inPercent = (percent) => below(100) < percent;
const pick = (list) => list[below(list.length)];
const text = (letters, most) => Array.from({ length: below(most + 1) }, () => pick(letters)).join("");

const WORDS = [..."abcXYZ019 +%&='\"/?#.~!*()-_;:@,éß日😀\u{ff5e}\n\u0000", "\ufffd"];
const NAMES = ["Body", "From", "To", "AccountSid", "MessageSid", "NumMedia", "MediaUrl0", "a", "A", "aa", "10", "9", "MessagingBinding.Address", "ToCity", "é", "😀", "\u{ff5e}", "__proto__", "constructor", "x[y]"];
const TOKENS = ["8f0c2d4b6a1e3f5907c8d2b4a6e1f305", "12345", "another token", "k".repeat(64), "k".repeat(65)];
const SCHEMES = ["https", "https", "https", "http", "HTTPS", "wss"];
const HOSTS = ["hooks.example.com", "Hooks.Example.COM", "bücher.example", "[2001:db8::1]", "192.0.2.7", "u:p@h.example", "xn--bcher-kva.example", "h_1.example"];
const PORTS = ["", "", "", ":443", ":80", ":8443", ":", ":0443"];

const encoders = [
  (pairs) => pairs.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join("&"),
  (pairs) => new URLSearchParams(pairs).toString(),
  (pairs) => pairs.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value).replaceAll("%20", "+").toLowerCase()}`).join("&"),
];

function form() {
  const pairs = Array.from({ length: below(8) }, () => [pick(NAMES), text(WORDS, 6)]);
  if (inPercent(30) && pairs.length > 0) pairs.push([pick(pairs)[0], text(WORDS, 3)]);
  const body = pick(encoders)(pairs);
  return inPercent(3) ? `${body}&${pick(["Tox", "To", "=", "=x"])}` : body;
}

function address() {
  const query = inPercent(60) ? `?${pick([() => text(WORDS, 10), form, () => "foo=1&bar=2", () => "a=1&b=2&a=3", () => "10=x&9=y", () => "a=%ff&b=%zz%41", () => "bodySHA256=0a1f"])().replaceAll("#", "%23")}` : "";
  const path = pick(["", "/", "/a", "/a/", "/a b", "/é", "/a/../b", "/a'b", "/%41", "/a;b"]);
  return `${pick(SCHEMES)}://${pick(HOSTS)}${pick(PORTS)}${path}${query}${inPercent(5) ? "#f" : ""}`;
}

/** What a server may have been handed for what was signed: the same for the signature, or not. */
const rewritings = [
  (url) => url,
  (url) => url.replace(/:\d*(?=[/?#]|$)/, ""),
  (url) => new URL(url).href,
  (url) => { const { href } = new URL(url); const at = href.indexOf("?"); return at < 0 ? href : href.slice(0, at + 1) + querystring.stringify(querystring.parse(href.slice(at + 1))); },
  (url) => url.replace(/^(\w+:\/\/[^/?#]*?)(:\d*)?(?=[/?#]|$)/, "$1:443"),
];
const attempt = (work, otherwise) => {
  try {
    return work();
  } catch {
    return otherwise;
  }
};

const spoil = [
  ({ signature, ...rest }) => ({ ...rest, signature: signature.slice(0, -2) + pick(["A=", "B=", "==", "", "a"]) }),
  ({ signature, ...rest }) => ({ ...rest, signature: pick(["", " ", `${signature}, ${signature}`, `"${signature}"`, signature.toLowerCase(), signature.replaceAll("+", "-").replaceAll("/", "_"), `${signature}=`]) }),
  ({ body, ...rest }) => { const at = below(body.length + 1); return { ...rest, body: body.slice(0, at) + pick(["a", "&", "=", "%", "+", "%41"]) + body.slice(at + below(2)) }; },
  ({ url, ...rest }) => { const at = below(url.length + 1); return { ...rest, url: url.slice(0, at) + pick(["a", "/", "?", "%", "&", "=", "'", ".", ""]) + url.slice(at + below(2)) }; },
  ({ token, ...rest }) => ({ ...rest, token: pick([...TOKENS, `${token}\n`, token.slice(1), ""]) }),
];

function request() {
  const token = inPercent(1) ? "" : pick(TOKENS);
  const url = address();
  const body = form();
  const signed = attempt(() => pick(rewritings)(url), url);
  const signature = twilio.getExpectedTwilioSignature(token, signed, querystring.parse(body));
  const given = { token, url: attempt(() => pick(rewritings)(url), url), body, signature };
  return inPercent(25) ? pick(spoil)(given) : given;
}

/**
 * Where we answer otherwise on purpose. Each refuses what twilio-node takes.
 * @type {[why: string, applies: (given: { url: string, body: string, token: string, signature: string }) => boolean, ours: boolean][]}
 */
const DIFFERENCES = [
  ["an empty token verifies what anybody can sign", ({ token }) => token === "", false],
  ["a pair without `=` signs like another pair (`To=x`, `Tox`)", ({ body }) => body.split("&").some((pair) => pair !== "" && !pair.includes("=")), false],
  ["a pair without a name signs like nothing, or like part of another pair", ({ body }) => body.split("&").some((pair) => pair.startsWith("=")), false],
  ["`bodySHA256` in the address of an empty body, whose hash twilio-node does not look at", ({ url }) => url.includes("bodySHA256"), false],
  ["a fragment would become part of the query", ({ url }) => url.includes("#") && url.includes("?"), false],
];

function ours({ url, body, token, signature }, keys = [token]) {
  try {
    verifyWebhook({ url, body, headers: { "x-twilio-signature": signature } }, { keys, receivedAt: 0 });
    return true;
  } catch (error) {
    if (error instanceof ReplyWindowError && error.code !== "engine-crashed") return false;
    throw error;
  }
}

const kept = new Map(TOKENS.map((token) => [token, [token]]));

test(`${CASES} random requests, seed ${SEED}: the verdict of twilio-node 6.3.1`, () => {
  const seen = new Map();
  let accepted = 0;
  for (let index = 0; index < CASES; index += 1) {
    const given = request();
    const theirs = attempt(() => twilio.validateRequest(given.token, given.signature, given.url, querystring.parse(given.body, "&", "=", { maxKeys: 0 })), false);
    accepted += Number(theirs);
    // Every other case on the fast way, whose keys are kept in the engine.
    const answer = ours(given, index % 2 ? kept.get(given.token) : undefined);
    if (answer === theirs) continue;
    const known = DIFFERENCES.find(([, applies, wanted]) => wanted === answer && applies(given));
    assert.ok(known, `case ${index} of seed ${SEED}: twilio-node says ${theirs}, we say ${answer}: ${JSON.stringify(given)}`);
    seen.set(known[0], (seen.get(known[0]) ?? 0) + 1);
  }
  console.log(`# accepted ${accepted}, rejected ${CASES - accepted}; differences: ${JSON.stringify(Object.fromEntries(seen))}`);
  if (CASES >= 20_000) assert.deepEqual([...seen.keys()].sort(), DIFFERENCES.map(([why]) => why).sort(), "every difference occurs");
  assert.ok(accepted >= 0.3 * CASES, `only ${accepted} accepted`);
  assert.ok(CASES - accepted >= 0.3 * CASES, `only ${CASES - accepted} rejected`);
});

/** The same bytes in the forms in which servers hand them over. @type {((bytes: Uint8Array, text: string) => unknown)[]} */
const BODIES = [
  (_, text) => text, (bytes) => bytes, (bytes) => Buffer.from(bytes), (bytes) => bytes.slice().buffer,
  (bytes) => { const wide = new Uint8Array(bytes.length + 6); wide.set(bytes, 3); return new DataView(wide.buffer, 3, bytes.length); },
];
const ID = "webhooks_sharedkey_00000000000000000000000000000001";

test(`${CASES / 4} random requests more, seed ${SEED}: GET, shared keys, bodies in every form of bytes`, () => {
  const seen = new Map();
  let [accepted, read] = [0, 0];
  for (let index = 0; index < CASES / 4; index += 1) {
    const { token, url, body: form } = request();
    if (token === "") continue;
    const body = inPercent(50) ? "" : form;
    const algorithm = pick([undefined, undefined, "HMAC_SHA1", "HMAC_SHA256"]);
    const parameters = querystring.parse(body, "&", "=", { maxKeys: 0 });
    const signed = inPercent(20) ? `${url}x` : url;
    const signature = twilio.getExpectedTwilioSignature(token, signed, parameters, algorithm);
    const theirs = attempt(() => twilio.validateRequest(token, signature, url, parameters, algorithm), false);
    const headers = { "x-twilio-signature": signature, ...(algorithm && { "x-twilio-webhooks-signature-settings": `key=${ID},algorithm=${algorithm}` }) };
    const keys = [algorithm ? { id: ID, secret: token, algorithm } : token];
    const sent = body === "" ? pick([{}, { body: "" }]) : { body: pick(BODIES)(new TextEncoder().encode(body), body) };
    const answer = attempt(() => verifyWebhook({ url, headers, ...sent }, { keys, receivedAt: 0 }), undefined);
    accepted += Number(theirs);
    const given = { url, body, token, signature };
    if ((answer !== undefined) !== theirs) {
      const known = DIFFERENCES.find(([, applies, wanted]) => wanted === (answer !== undefined) && applies(given));
      assert.ok(known, `case ${index} of seed ${SEED}: twilio-node says ${theirs}, we do not: ${JSON.stringify({ ...given, algorithm })}`);
      seen.set(known[0], (seen.get(known[0]) ?? 0) + 1);
    }
    if (answer === undefined || body !== "") continue;
    // What stands in the signed address, as Node's own reader of forms has it.
    const [, query = ""] = /^[^?#]*\?([^#]*)/.exec(answer.url) ?? [];
    const theirsRead = Object.entries(querystring.parse(query, "&", "=", { maxKeys: 0 })).flatMap(([name, value]) => [value].flat().map((one) => `${name}=${one}`));
    const oursRead = answer.parameters.map(({ name, value }) => `${name}=${value}`);
    assert.deepEqual(oursRead.sort(), theirsRead.sort(), `seed ${SEED}: ${JSON.stringify([answer.url, sent, algorithm])}`);
    read += oursRead.length;
  }
  console.log(`# SIGNATURE_SEED=${SEED}: accepted ${accepted}, ${read} parameters read out of addresses; differences: ${JSON.stringify(Object.fromEntries(seen))}`);
  assert.ok(accepted > CASES / 16 && read > CASES / 100, `${accepted} accepted, ${read} read`);
});

const sha256 = (/** @type {string | Uint8Array} */ body) => createHash("sha256").update(body).digest("hex");
const JSONS = [() => "{}", () => "[]", () => JSON.stringify({ a: text(WORDS, 8) }), () => `{"n":${below(1e9)}.0}`, () => ` ${JSON.stringify([text(WORDS, 4)])}\n`, () => "{", () => "a=b"];

/** A hash in the address: the body's own, in capitals, cut short, another's, twice. @type {((body: string) => string)[]} */
const HASHES = [sha256, sha256, sha256, (body) => sha256(body).toUpperCase(), (body) => sha256(body).slice(0, 63), (body) => sha256(`${body} `), () => ""];

/** Where we answer otherwise on purpose under a hash. @type {[why: string, applies: (given: { url: string, body: string, type: string }) => boolean][]} */
const HASHED = [
  ["a body that is empty is hashed all the same: Twilio's own test of the hash passes over it", ({ body }) => body === ""],
  ["two hashes that differ", ({ url }) => new Set(url.match(/(?<=[?&]bodySHA256=)[^&#]*/g)).size > 1],
  ["a hash in capitals: Twilio writes small letters", ({ url }) => /bodySHA256=[^&#]*[A-F]/.test(url)],
  ["a body that is neither a form nor JSON", ({ body, type }) => type === FORM && body.split("&").some((pair) => pair !== "" && !/^[^=]+=/.test(pair))],
];
const FORM = "application/x-www-form-urlencoded";
const JSON_TYPE = "application/json";

test(`${CASES / 4} random requests with bodySHA256, seed ${SEED}: form bodies and JSON`, () => {
  const seen = new Map();
  let [accepted, refused] = [0, 0];
  for (let index = 0; index < CASES / 4; index += 1) {
    const token = pick(TOKENS);
    const type = pick([FORM, FORM, JSON_TYPE]);
    const body = type === FORM ? form() : pick(JSONS)();
    const hash = pick(HASHES)(body);
    const url = `https://hooks.example.com/in?${pick(["", "a=1&", "a=%20x&"])}bodySHA256=${hash}${pick(["", "", "&b=2", `&bodySHA256=${pick(HASHES)(body)}`])}`;
    const parameters = type === FORM ? querystring.parse(body, "&", "=", { maxKeys: 0 }) : {};
    const signature = twilio.getExpectedTwilioSignature(token, inPercent(10) ? `${url}x` : url, inPercent(60) ? parameters : {});
    const theirs = attempt(() => twilio.validateRequestWithBody(token, signature, url, body), false)
      || (body !== "" && type === FORM && attempt(() => twilio.validateRequest(token, signature, url, parameters), false));
    const sent = pick(BODIES)(new TextEncoder().encode(body), body);
    const answer = attempt(() => verifySignature({ url, headers: { "x-twilio-signature": signature, "content-type": type }, body: sent }, { keys: [token] }), undefined);
    if (theirs) accepted += 1;
    else refused += 1;
    if ((answer !== undefined) === theirs) continue;
    const known = answer === undefined ? HASHED.find(([, applies]) => applies({ url, body, type })) : undefined;
    assert.ok(known, `case ${index} of seed ${SEED}: twilio-node says ${theirs}, we do not: ${JSON.stringify({ url, type, body, token, signature })}`);
    seen.set(known[0], (seen.get(known[0]) ?? 0) + 1);
  }
  console.log(`# SIGNATURE_SEED=${SEED}: accepted ${accepted}, refused ${refused}; differences: ${JSON.stringify(Object.fromEntries(seen))}`);
  assert.ok(accepted > CASES / 20 && refused > CASES / 40, `${accepted} accepted, ${refused} refused`);
});
