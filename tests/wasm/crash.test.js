// A crashed engine is replaced: the call that met it fails with `engine-crashed`, the next one answers.

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { ReplyWindowError, foldEvents, isValidNumber, parseAddress, parseNumber, ready } from "../../www/index.js";
import { packStates } from "../../www/engine/kept.js";
import { page } from "../../www/engine/modules/page.js";
import * as glue from "../../www/pkg/page.js";

const PHONE = { kind: "phone", phone: "+14155238886" };
/** The exports of the instance that is in use; the glue starts one only once. */
const instance = () => glue.initSync({ module: new Uint8Array() });
const crashed = { name: "ReplyWindowError", code: "engine-crashed", field: "" };

let putBack = () => {};
afterEach(() => putBack());

test("a trap in the module is told, and the next call runs on a fresh instance", async () => {
  await ready();
  const before = instance();
  // The allocator cannot give 4 GiB; it traps as an exhausted memory would.
  const trap = () => before.__wbindgen_malloc(0xffff_fff0, 4);
  assert.throws(trap, WebAssembly.RuntimeError);
  putBack = page.replace({ ...glue, parseAddress: trap });
  assert.throws(() => parseAddress("+14155238886"), (/** @type {any} */ error) =>
    error.code === "engine-crashed" && error.cause instanceof WebAssembly.RuntimeError);
  putBack();
  assert.deepEqual(parseAddress("+14155238886"), PHONE);
  assert.notEqual(instance(), before);
  assert.equal(foldEvents(undefined, []).version, 1);
});

test("it recovers as often as it crashes", () => {
  for (let round = 0; round < 20; round += 1) {
    putBack = page.replace({ ...glue, parseAddress: () => { throw new WebAssembly.RuntimeError("unreachable"); } });
    assert.throws(() => parseAddress("+14155238886"), crashed);
    putBack();
    assert.deepEqual(parseAddress("+14155238886"), PHONE);
  }
});

test("an exhausted stack and a foreign exception count as a crash", () => {
  for (const thrown of [new RangeError("Maximum call stack size exceeded"), new TypeError("x"), "a string", undefined]) {
    let revived = 0;
    putBack = page.replace({ parseAddress: () => { throw thrown; }, revive: () => { revived += 1; } });
    assert.throws(() => parseAddress("x"), crashed);
    assert.equal(revived, 1);
    putBack();
  }
});

test("the engine's own faults keep code, field and message, and crash nothing", () => {
  const fault = Object.assign(new Error("told"), { name: "ReplyWindowError", code: "bad-id", field: "events[0].id" });
  let revived = 0;
  putBack = page.replace({ parseAddress: () => { throw fault; }, revive: () => { revived += 1; } });
  assert.throws(() => parseAddress("x"), (/** @type {any} */ error) => error instanceof ReplyWindowError
    && error.code === "bad-id" && error.field === "events[0].id" && error.message === "told" && error.cause === fault);
  assert.equal(revived, 0);
});

test("functions that take texts answer after a crash too, in every module that has any", async () => {
  const valid = () => isValidNumber("+44 20 7946 0018");
  const read = () => parseNumber("+44 20 7946 0018");
  const packed = () => packStates(["customer|text|1\t5,,\n"]);
  for (const [name, given, work] of /** @type {const} */ ([["validity", "isValidText", valid], ["numbers", "readNumber", read], ["server", "packStates", packed]])) {
    const module = (await import(`../../www/engine/modules/${name}.js`))[name];
    const own = await import(`../../www/pkg/${name}.js`);
    const before = work();
    const restore = module.replace({ ...own, [given]: () => { throw new WebAssembly.RuntimeError("unreachable"); } });
    assert.throws(() => module.apply(given, "x"), crashed);
    restore();
    assert.deepEqual(work(), before, name);
  }
});

test("a function that the engine lacks is told as such", () => {
  assert.throws(() => page.call("nonsense", {}), { code: "engine-unavailable" });
});

test("`ready` may be awaited any number of times", async () => {
  const before = instance();
  await Promise.all([ready(), ready()]);
  await ready();
  assert.equal(instance(), before);
});
