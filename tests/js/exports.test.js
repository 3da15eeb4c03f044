// Importing does nothing: no global, no timer, no engine, no element.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const www = fileURLToPath(new URL("../../www/", import.meta.url));
const modules = ["index.js", ...["engine", "controller", "client", "service"].flatMap((folder) =>
  readdirSync(`${www}${folder}`).filter((name) => name.endsWith(".js")).map((name) => `${folder}/${name}`))];

test("the public functions are those of the documentation", async () => {
  assert.deepEqual(Object.keys(await import("../../www/index.js")).sort(), [
    "ReplyWindowError", "applyTemplateEvents", "asYouType", "checkChannel", "checkNumber", "checkNumberText",
    "checkSessionMessage", "compactState", "deriveKey", "diagnoseWebhook", "explainError", "explainProviderError", "fillTemplate",
    "foldEvents", "formatNumber", "handshake", "identifyCustomer", "importTemplates", "isValidNumber", "joinMessages", "judge",
    "latestSafeSendAt", "lookupCandidates", "mergeApproval", "mergeStates", "parseAddress", "parseInbound", "parseNumber", "policyFor",
    "providerVerdict", "ready", "rulesAsOf", "sameCustomer", "suitableForDraft", "templateEligibility", "templateIndex", "templatePrompts", "templatesFor",
    "verifyRequest", "verifySignature", "verifyWebhook", "willBeOpenAt", "windowBook", "windowKeys", "windowStatus", "windowStatuses",
  ]);
});

test("importing the modules has no effect", async () => {
  const script = `
    const seen = [];
    for (const name of ["setTimeout", "setInterval", "setImmediate", "fetch", "queueMicrotask"]) {
      globalThis[name] = () => { seen.push(name); };
    }
    for (const name of ["Instance", "Module"]) WebAssembly[name] = function () { seen.push(name); };
    globalThis.customElements = { define() { seen.push("customElements"); }, get() {} };
    globalThis.BroadcastChannel = class { constructor() { seen.push("BroadcastChannel"); } };
    const before = Reflect.ownKeys(globalThis).length;
    for (const module of ${JSON.stringify(modules)}) {
      const exports = await import(${JSON.stringify(`file://${www}`)} + module);
      if ("default" in exports) seen.push(module + " has a default export");
    }
    if (Reflect.ownKeys(globalThis).length !== before) seen.push("a global");
    console.log(JSON.stringify(seen));`;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", script]);
  assert.deepEqual(JSON.parse(stdout), []);
});

test("modules are found to test", () => {
  assert.ok(modules.length > 15, modules.join());
  assert.ok(modules.includes("controller/controller.js"));
});
