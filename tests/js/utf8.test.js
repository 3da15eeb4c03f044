// UTF-8 where there is no `TextDecoder` and no `TextEncoder`, as under jsdom in Jest: the same bytes, the same text, and a package that imports.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { test } from "node:test";
import { textOf, utf8 } from "../../www/engine/utf8.js";
import { at } from "../../www/build/run.mjs";

const TEXTS = ["", "abc", "مرحبا 😀", "\ufeffabc", "a\ud800b", "\u0000\u007f\u0080\u07ff\u0800\uffff", "x".repeat(5000)];

/** @template T @param {() => T} work @returns {T} where neither is there */
function without(work) {
  const { TextDecoder, TextEncoder } = globalThis;
  Object.assign(globalThis, { TextDecoder: undefined, TextEncoder: undefined });
  try {
    return work();
  } finally {
    Object.assign(globalThis, { TextDecoder, TextEncoder });
  }
}

test("the same bytes and the same texts with them and without", () => {
  for (const text of TEXTS) {
    const bytes = new TextEncoder().encode(text);
    for (const run of [(/** @type {() => void} */ work) => work(), without]) run(() => {
      assert.deepEqual([...utf8.encode(text)], [...bytes]);
      const view = new Uint8Array(3 * text.length + 2);
      assert.equal(utf8.encodeInto(text, view).written, bytes.length);
      assert.deepEqual(view.slice(0, bytes.length), bytes);
      assert.equal(utf8.decode(bytes), text.toWellFormed?.() ?? text.replace("\ud800", "\ufffd"));
      assert.equal(textOf(bytes), utf8.decode(bytes).replace("\ufeff", ""));
    });
  }
  for (const broken of [[0xff], [0xc3], [0xe2, 0x82], [0xed, 0xa0, 0x80]]) {
    const bytes = Uint8Array.from(broken);
    assert.equal(without(() => utf8.decode(bytes)), utf8.decode(bytes));
  }
});

test("nothing that a page imports makes one at once", async () => {
  for (const folder of ["engine", "controller", "elements", "elements/parts", "adapters", "adapters/dom", "pkg"]) {
    for (const name of (await readdir(at("www", folder))).filter((name) => name.endsWith(".js") && name !== "utf8.js")) {
      const source = await readFile(at("www", folder, name), "utf8");
      assert.doesNotMatch(source, /new Text(De|En)coder/, `${folder}/${name}: by utf8.js`);
    }
  }
});

test("the engine runs where there is neither", () => {
  const script = `
    delete globalThis.TextDecoder; delete globalThis.TextEncoder;
    const { parseAddress, ReplyWindowError, checkSessionMessage } = await import("./www/index.js");
    const { length } = checkSessionMessage({ text: "مرحبا 😀" });
    let code; try { parseAddress(5); } catch (error) { code = error.code; }
    console.log(JSON.stringify([parseAddress("whatsapp:+12025550142").kind, length, code]));`;
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", script], { cwd: at(), encoding: "utf8" });
  assert.deepEqual(JSON.parse(stdout || `"${stderr.replaceAll('"', "'").slice(-400)}"`), ["phone", 8, "wrong-type"]);
});
