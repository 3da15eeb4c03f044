// After a check no copy of the Auth Token is left in the module's memory.

import assert from "node:assert/strict";
import { test } from "node:test";
import { checkChannel, checkNumber } from "../../www/index.js";
import { initSync } from "../../www/pkg/setup.js";

const TOKEN = "7b1e0c9d5a3f4e628190abcdef012345";
const SID = "AC4c122831efef10ac68b5223dccd6f614";

function copies(text) {
  const { memory } = initSync({ module: new Uint8Array() });
  const bytes = Buffer.from(memory.buffer);
  let count = 0;
  for (let at = bytes.indexOf(text); at >= 0; at = bytes.indexOf(text, at + 1)) count += 1;
  return count;
}

test("the token is wiped, whatever was wrong with it", () => {
  for (const authToken of [TOKEN, ` ${TOKEN}\n`, `${SID}:${TOKEN}`, `Auth Token: ${TOKEN}`, `${TOKEN.slice(0, 3).replace("1", "l")}${TOKEN.slice(3)}`, `${TOKEN.slice(0, 16)}\u200b${TOKEN.slice(16)}`, `${TOKEN}0`]) {
    const channel = { name: "Support", accountSid: SID, authToken, inboundUrl: "https://hooks.example.com/in", numbers: [{ number: "+12025550142" }] };
    checkChannel(channel);
    checkNumber({ number: "12" }, channel);
    assert.equal(copies(TOKEN), 0, JSON.stringify(authToken));
  }
});

test("the search finds what is there", () => {
  checkChannel({ name: "Support" });
  assert.ok(copies("look-alike-character") > 0);
});
