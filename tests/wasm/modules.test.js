// Each module exports what its callers need and nothing else; glue, types, package and workerd's entries agree on it.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { MODULES, moduleWasm } from "../../www/build/compile.mjs";
import { at } from "../../www/build/run.mjs";

const SESSION = ["compactState", "foldEvents", "judge", "mergeStates", "policyFor", "windowKeys", "windowStatus", "windowStatuses"];
const CODES = ["explainError", "explainProviderError", "providerVerdict"];
const VERIFIER = [
  "readScratch", "scratchLengths", "scratchPointer", "scratchRefusal", "scratchText", "verifierAdd", "verifierRemove", "verifyScratch",
  "verifyScratchAgain",
];
const SIGNATURES = ["verifyMeta", "verifyTwilio", ...VERIFIER];
const WEBHOOKS = [
  "deriveKey", "diagnoseTwilio", "parseInbound", "readScratchJson", "scratchInbound", "scratchInboundText", ...SIGNATURES,
];

/** What each module exports. The lists of functions that it takes stand in `src/wasm/modules/`. @type {Record<string, string[]>} */
const EXPORTS = {
  page: [
    ...SESSION, ...CODES, "recordEvents", "parseAddress", "kindOfFile", "checkSessionMessage", "joinMessages",
  ],
  book: ["bookChanges", "bookStates", "bookStatuses", "closeBook", "judgeBookBy", "openBook", "recordInBook", "removeFromBook"],
  chooser: [
    "buildTemplateIndex", "dropTemplateIndex", "fillTemplate", "rankTemplates", "readAnswer", "searchTemplates", "suitableForDraft", "templateEligibility",
    "templateAudience", "templatePrompts",
  ],
  templates: ["applyTemplateEvents", "importTemplates", "mergeApproval"],
  webhooks: WEBHOOKS,
  signatures: SIGNATURES,
  server: [...WEBHOOKS, ...SESSION, ...CODES, "closingTimes", "listRules", "packStates", "unpackStates", "parseAddress", "readTwilioMessage", "recordReceived", "scratchDigest", "signTwilio", "textDigest"],
  validity: ["areValidDigits", "isValidText"],
  numbers: ["checkNumberText", "identifyCustomer", "lookupCandidates", "readNumber", "sameCustomer"],
  setup: ["checkChannel", "checkNumber", "checkOutage", "rulesAsOf"],
  dynamics: ["dataverseEvidence", "dataverseGuid", "dataverseLowerBound", "dataverseOutbound", "dataverseParties"],
};

/** What wasm-bindgen adds to each module's glue. */
const GLUE = ["default", "awake", "initSync", "revive"];
const text = (/** @type {string[]} */ ...path) => readFile(at(...path), "utf8");

/** @param {string[]} known @param {string[]} wanted @param {string} where */
const assertSame = (known, wanted, where) =>
  assert.deepEqual({ besides: known.filter((one) => !wanted.includes(one)), missing: wanted.filter((one) => !known.includes(one)) }, { besides: [], missing: [] }, `${where}, beside the table EXPORTS of this file`);

test("every module is in the table", () => assert.deepEqual(Object.keys(EXPORTS).sort(), [...MODULES].sort()));

for (const name of MODULES) {
  test(`${name} exports its lists, and nothing else`, async () => {
    const wanted = EXPORTS[name];
    const glue = await import(`../../www/pkg/${name}.js`);
    assertSame(Object.keys(glue).filter((known) => !GLUE.includes(known)), wanted, "glue");
    const declared = [...(await text("www", "pkg", `${name}.d.ts`)).matchAll(/^export function (\w+)/gm)].map(([, known]) => known);
    assertSame(declared.filter((known) => !GLUE.includes(known)), wanted, "declarations");
    const wasm = new WebAssembly.Module(await readFile(at(moduleWasm(name))));
    const functions = WebAssembly.Module.exports(wasm).filter(({ kind }) => kind === "function").map(({ name: known }) => known);
    assertSame(functions.filter((known) => !known.startsWith("__") && !GLUE.includes(known)), wanted, "module");
  });

  test(`${name} is in the package under its name, for workerd too`, async () => {
    const { exports } = JSON.parse(await text("package.json"));
    assert.equal(exports[`./${name}.wasm`].default, `./${moduleWasm(name)}`);
    assert.match(await text("www", "workerd", "modules", `${name}.js`), new RegExp(`/pkg/${name}_bg\\.wasm"[^]*/engine/modules/${name}\\.js"`));
    const { hex } = await import(`../../www/engine/modules/${name}-bytes.gen.js`);
    assert.deepEqual(Buffer.from(hex, "hex"), await readFile(at(moduleWasm(name))));
  });
}

test("the contract's functions are those of the lists, each in a module", async () => {
  const lists = await text("src", "wire", "lists.rs");
  const named = [...lists.matchAll(/^\s+(\w+) => \$crate::wire/gm)].map(([, name]) => name);
  assert.ok(named.length > 25, named.join());
  for (const name of named) assert.ok(Object.values(EXPORTS).some((known) => known.includes(name)), `no module exports ${name}, by the table EXPORTS of this file`);
});
