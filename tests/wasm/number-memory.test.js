// The numbering plans of the world, unpacked, and what unpacking takes, stay below 2 MiB.

import assert from "node:assert/strict";
import { test } from "node:test";
import { isValidNumber, parseNumber } from "../../www/index.js";
import { initSync as numbers } from "../../www/pkg/numbers.js";
import { initSync as validity } from "../../www/pkg/validity.js";

const MIB = 1024 * 1024;
/** Of the instance that answered. @param {(given: { module: Uint8Array<ArrayBuffer> }) => { memory: WebAssembly.Memory }} initSync */
const held = (initSync) => initSync({ module: new Uint8Array() }).memory.buffer.byteLength;

test("a number is judged, and read in every form, in less than 2 MiB each", () => {
  assert.equal(isValidNumber("+44 20 7031 3000"), true);
  assert.equal(parseNumber("020 7031 3000", { defaultRegion: "GB", formats: ["e164", "national", "international", "rfc3966"] }).kind, "number");
  for (const [name, initSync] of /** @type {const} */ ([["validity", validity], ["numbers", numbers]])) {
    assert.ok(held(initSync) < 2 * MIB, `${name}: ${held(initSync) / 1024} KiB`);
  }
});
