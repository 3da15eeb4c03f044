// The packed package as TypeScript sees it.

import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { test } from "node:test";
import { join } from "node:path";
import { at } from "../../www/build/run.mjs";
import { COMPILERS, RESOLUTIONS, compiled, projects, rowsOf, useProjects } from "../support/types.mjs";

useProjects();
rowsOf("TypeScript 7", test);

test("a desktop on Twilio's SDK, by the SDK's own types, which are not checked themselves", async () => {
  const { status, told } = await compiled(COMPILERS["TypeScript 7"], projects.onTwilio, { ...RESOLUTIONS.bundler, skipLibCheck: true, lib: ["es2023", "dom", "dom.iterable"], types: [] }, ["twilio.ts"]);
  assert.deepEqual({ status, told }, { status: 0, told: [] });
});

test("a wrong use is an error: the compiler does look", async () => {
  await writeFile(join(projects.without, "wrong.ts"), 'import { judge } from "reply-window";\nimport { mount } from "reply-window/mount";\njudge(1);\nmount(document.body, 2);\nexport const code: import("reply-window").ErrorCode = "nothing";\n');
  const { status, told } = await compiled(COMPILERS["TypeScript 7"], projects.without, { ...RESOLUTIONS.bundler, lib: ["es2023", "dom"], types: [] }, ["wrong.ts"]);
  assert.notEqual(status, 0);
  assert.equal(told.filter((line) => line.includes("wrong.ts(")).length, 3, told.join("\n"));
});

test("every entry that the package has is imported by these projects", async () => {
  const { exports } = JSON.parse(await readFile(at("package.json"), "utf8"));
  const sources = (await Promise.all(["desk.ts", "middleware.ts", "page.tsx"].map((name) => readFile(new URL(`types/${name}`, import.meta.url), "utf8")))).join("");
  const imported = new Set([...sources.matchAll(/from "reply-window(\/[^"]+)?"/g)].map(([, path = ""]) => `.${path}`));
  const others = Object.keys(exports).filter((name) => !/\.wasm$|\.json$/.test(name) && !imported.has(name));
  assert.deepEqual(others, ["./i18n/ar"], "words, which are imported for what they are");
});
