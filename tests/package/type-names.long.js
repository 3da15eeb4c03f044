// Every name that the entries export, derived by the compiler, used in a strict project in each way of looking modules up; and what the documents name is among them.

import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { test } from "node:test";
import { at } from "../../www/build/run.mjs";
import { entriesOf, exportedNames, importedIn, writeEvery } from "../support/type-names.mjs";
import { COMPILERS, RESOLUTIONS, compiled, projects, useProjects } from "../support/types.mjs";

/** @type {ReturnType<typeof exportedNames>} */ let names;
useProjects(async () => {
  names = exportedNames(projects.withReact, await entriesOf());
  await writeEvery(projects.withReact, names);
});

test("each entry exports something, and what the page's entry is known to", () => {
  for (const [entry, found] of names) assert.ok(found.length > 0 || entry === "reply-window/react", entry);
  const known = (/** @type {string} */ entry) => names.get(entry)?.map(({ name }) => name) ?? [];
  for (const name of ["judge", "templatesFor", "ErrorCode", "Template"]) assert.ok(known("reply-window").includes(name), name);
  for (const name of ["mount", "Handle", "Adapter", "FoundTemplates"]) assert.ok(known("reply-window/mount").includes(name), name);
});

for (const [compiler, path] of Object.entries(COMPILERS)) {
  for (const [resolution, options] of Object.entries(RESOLUTIONS)) {
    test(`${compiler}, ${resolution}: every exported name`, async () => {
      const { status, told } = await compiled(path, projects.withReact, { ...options, lib: ["es2023", "dom", "dom.iterable"], types: ["node"] }, ["every.ts"]);
      assert.deepEqual({ status, told }, { status: 0, told: [] });
    });
  }
}

test("what runs exports the same values as the types say", async () => {
  for (const [entry, found] of names) {
    if (/(react|nowasm)$/.test(entry)) continue;
    const { exports } = JSON.parse(await readFile(at("package.json"), "utf8"));
    const path = exports[`.${entry.slice("reply-window".length)}`].default;
    const source = await import(at(path)).catch((/** @type {Error} */ error) => assert.fail(`${entry}: ${error.message}`));
    assert.deepEqual(Object.keys(source).sort(), found.flatMap(({ name, isType }) => (isType ? [] : [name])).sort(), entry);
  }
});

test("what the documents import is exported", async () => {
  const files = ["README.md", ...(await readdir(at("www"), { recursive: true })).filter((name) => name.endsWith(".md") && !/node_modules|dist/.test(name)).map((name) => `www/${name}`)];
  let seen = 0;
  for (const file of files) {
    for (const { entry, name } of importedIn(await readFile(at(file), "utf8"))) {
      seen += 1;
      assert.ok(names.get(entry)?.some((one) => one.name === name), `${file}: ${name} of ${entry}`);
    }
  }
  assert.ok(seen > 20, String(seen));
});
