import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { dirname, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import test from "node:test";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** What a file names in static imports; `import type` and JSDoc's `import(…)` load nothing. @param {string} text */
const staticImports = (text) => [...text.matchAll(/^(?:import|export)\b(?! type)(?:[^"';()]*? from)? ?["']([^"']+)["'];?$/gm)].map(([, name]) => name ?? "");

/** Every import that loading `entry` follows: `{ from, name }`. @param {string} entry */
async function loadedBy(entry) {
  const seen = new Set([entry]);
  /** @type {{ from: string, name: string }[]} */
  const found = [];
  for (const file of seen) {
    for (const name of staticImports(await readFile(file, "utf8"))) {
      found.push({ from: relative(root, file), name });
      if (name.startsWith(".")) seen.add(resolve(dirname(file), name));
    }
  }
  return { files: seen.size, found };
}

// What installs the packages cannot begin by importing one: on a fresh checkout there is none.
for (const entry of ["www/build.mjs", "tests/run.mjs", "tests/mutants.mjs", "tests/fuzz.mjs"]) {
  test(`${entry} loads where nothing is installed`, async () => {
    const { files, found } = await loadedBy(resolve(root, entry));
    assert.ok(files > 1, "it has parts of its own");
    assert.deepEqual(found.filter(({ name }) => !/^(node:|\.)/.test(name)), []);
  });
}
