// Writes windows one after another, eight at a time, and says each id once it was answered, until it is killed.

import { writeSync } from "node:fs";
import { foldEvents } from "../../www/engine/session.js";
import { sqliteStore } from "../../www/stores/sqlite/sqlite.js";

const store = await sqliteStore({ path: String(process.argv[2]) });
for (let n = 0; ; n += 8) {
  const ids = Array.from({ length: 8 }, (_, place) => `id-${n + place}`);
  await Promise.all(ids.map((id) => store.merge([id], foldEvents(undefined, [{ log: "customer", id, kind: "text", providerAtMs: 1_800_000_000_000 }]))));
  writeSync(1, `${ids.join("\n")}\n`);
}
