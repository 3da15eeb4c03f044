// The built modules hold nothing of the machine that built them.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { test } from "node:test";
import { MODULES, moduleWasm } from "../../www/build/compile.mjs";
import { at, root } from "../../www/build/run.mjs";

for (const name of MODULES) {
  test(`${name}: no path of the building machine`, async () => {
    const text = (await readFile(at(moduleWasm(name)))).toString("latin1");
    for (const trace of [".cargo", "/root/", "/home/", "/Users/", root, homedir()]) {
      // A home of one or two characters would be found anywhere.
      if (trace.length > 4) assert.ok(!text.includes(trace), `${trace} stands in ${name}`);
    }
  });
}
