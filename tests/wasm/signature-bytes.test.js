// No change of one byte is taken that alters what was signed; through the public function, so that the spellings which
// JavaScript adds are covered as well.

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import querystring from "node:querystring";
import { test } from "node:test";
import { verifyWebhook } from "../../www/index.js";

const TOKEN = "8f0c2d4b6a1e3f5907c8d2b4a6e1f305";
const keys = [TOKEN];
const sorted = (pairs) => [...pairs].sort(([a, x], [b, y]) => (a < b ? -1 : a > b ? 1 : x < y ? -1 : 1));
const pairsOf = (body) => [...new URLSearchParams(body)];

const sign = (url, body) => {
  const distinct = [...new Map(sorted(pairsOf(body)).map((pair) => [JSON.stringify(pair), pair])).values()];
  return createHmac("sha1", TOKEN).update(url + distinct.flat().join("")).digest("base64");
};

const taken = (url, signature, body) => {
  try {
    verifyWebhook({ url, headers: { "x-twilio-signature": signature }, body }, { keys, receivedAt: 0 });
    return true;
  } catch (error) {
    if (error.name !== "ReplyWindowError") throw error;
    return false;
  }
};

/** What a form says: its pairs have no order, and a pair that comes twice is signed once. */
const form = (pairs) => JSON.stringify([...new Set(sorted(pairs).map((pair) => JSON.stringify(pair)))]);

/** What the address says: its WHATWG form without the port (whatever stands in its place), the query as pairs. */
function place(url) {
  const parsed = new URL(url.replace(/[\t\n\r]/g, "").trim().replace(/^(https?:)[\\/]*/i, "$1//").replace(/^([a-z][a-z0-9+.-]*:\/\/(?:[^/?#]*@)?(?:\[[^\]/?#]*\]|[^:/?#@]*)):[^/?#\\]*/i, "$1"));
  parsed.port = "";
  const query = JSON.stringify(sorted([...parsed.searchParams]));
  parsed.search = "";
  return `${parsed.href} ${query}`;
}

const meaning = (url, body) => {
  try {
    // A pair without `=` or without a name is no other spelling of anything.
    const pieces = body.split("&").filter((piece) => piece !== "");
    if (pieces.some((piece) => piece.indexOf("=") < 1)) return undefined;
    return `${place(url)} ${form(pairsOf(body))}`;
  } catch {
    return undefined;
  }
};

const legacy = (url) => {
  const at = url.indexOf("?");
  return url.slice(0, at + 1) + querystring.stringify(querystring.parse(url.slice(at + 1)));
};

/** Received, and signed: as it is, with another port, as `URL` writes it, as `querystring` does. */
const REQUESTS = [
  ["https://h.example/a?b=a&a=b", (url) => url],
  ["https://h.example:8443/a?b=a&a=b", (url) => url.replace(":8443", "")],
  ["https://h.example/it's a?q=it's", (url) => new URL(url).href],
  ["https://H.example/a?b=%27+x&a=1&b=2", (url) => legacy(new URL(url).href)],
  ["http://[2001:db8::1]:80/a/../b?x=%41", (url) => new URL(url).href],
].map(([url, signed]) => [url, signed(url)]);
const BODIES = ["", "To=x", "a=b&ab=&b=a%26", "Body=Ol%C3%A1+x&From=%2B1&To=b&To=a"];
const BYTES = [..."ab=&+%#?/:@.1\\ '\t\u0000~AZé"];

function* changes(text) {
  for (let at = 0; at <= text.length; at += 1) {
    for (const byte of BYTES) yield text.slice(0, at) + byte + text.slice(at);
    if (at === text.length) continue;
    for (const byte of BYTES) if (text[at] !== byte) yield text.slice(0, at) + byte + text.slice(at + 1);
    yield text.slice(0, at) + text.slice(at + 1);
  }
}

test("no changed byte is taken that alters the pairs, the signature or the address", () => {
  let tried = 0;
  let harmless = 0;
  for (const [url, signedUrl] of REQUESTS) {
    for (const body of BODIES) {
      const signature = sign(signedUrl, body);
      assert.ok(taken(url, signature, body), `${url} ${body}`);
      const before = meaning(url, body);
      for (const changed of changes(signature)) assert.ok(!taken(url, changed, body), changed);
      const varied = [...[...changes(url)].map((changed) => [changed, body]), ...[...changes(body)].map((changed) => [url, changed])];
      for (const [newUrl, newBody] of varied) {
        tried += 1;
        if (!taken(newUrl, signature, newBody)) continue;
        assert.equal(meaning(newUrl, newBody), before, `${newUrl} ${newBody} passes for ${url} ${body}`);
        harmless += 1;
      }
    }
  }
  console.log(`# ${tried} changes, ${harmless} taken that change nothing`);
  assert.ok(tried > 10_000 && harmless > 100);
});
