// @ts-check
// Who stays on Node 20 hands in a database of better-sqlite3 12: the store in it keeps what the port promises.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { foldEvents } from "../../www/engine/session.js";
import { sqliteStore } from "../../www/stores/sqlite/sqlite.js";
import { testStore } from "../support/store-suite.mjs";

const packages = fileURLToPath(new URL("../../target/better-sqlite3/node_modules/", import.meta.url));
const skip = existsSync(join(packages, "better-sqlite3", "build", "Release", "better_sqlite3.node")) ? false : "better-sqlite3 12 is not installed: it is neither prebuilt for this machine nor could it be compiled";
const T0 = Date.UTC(2026, 10, 23, 12);
const folder = await mkdtemp(join(tmpdir(), "better-"));
after(() => rm(folder, { recursive: true, force: true }));
let count = 0;
const open = (path = join(folder, `${++count}.db`)) => new (createRequire(join(packages, "x.js"))("better-sqlite3"))(path);

testStore("better-sqlite3", (limits) => sqliteStore({ database: open() }, { synchronous: "normal", now: () => T0, ...limits }), skip);

test("it is version 12, and what was answered is there when the file is opened again", { skip }, async () => {
  assert.match(createRequire(join(packages, "x.js"))("better-sqlite3/package.json").version, /^12\./);
  const path = join(folder, "again.db");
  const wrote = foldEvents(undefined, [{ log: "customer", id: "1", kind: "text", providerAtMs: T0 }]);
  const one = await sqliteStore({ database: open(path) }, { now: () => T0 });
  await one.merge(["a"], wrote);
  await one.close();
  const again = await sqliteStore({ database: open(path) }, { now: () => T0 });
  assert.deepEqual(await again.read(["a"]), wrote);
  await again.close();
});
