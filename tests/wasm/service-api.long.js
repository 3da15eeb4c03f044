// @ts-check
// The running service against its own OpenAPI document, by schemathesis: whatever is asked, no 5xx, and each answer as it is documented.

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { TOKEN } from "../support/webhooks.mjs";

const bin = fileURLToPath(new URL("../../www/serve/bin.js", import.meta.url));
const node = fileURLToPath(new URL("../nodes/node_modules/node22/bin/node", import.meta.url));
/** The set-up of the long tests fetches it; the machine's own will do. */
const fetched = fileURLToPath(new URL("../../target/python-tools/bin/schemathesis", import.meta.url));
const program = existsSync(fetched) ? fetched : "schemathesis";
const hasTool = spawnSync(program, ["--version"]).status === 0;
const skip = !existsSync(node) ? "Node 22 is not installed below tests/nodes (Linux on x64 only)" : hasTool ? false : "schemathesis is not installed (pip install schemathesis)";
const WORKER = "worker-token-0000000000000000";
const CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance";

test("no question breaks it, and every answer is as documented", { skip }, async () => {
  const env = {
    PATH: process.env.PATH, RW_STORE: "memory", RW_PUBLIC_URL: "https://windows.example.com", RW_TWILIO_AUTH_TOKENS: TOKEN, RW_META_APP_SECRETS: "5f1c0e9d8b7a6958",
    RW_META_VERIFY_TOKEN: "word", RW_TOKENS: `${WORKER} read,send,erase,metrics,relay,tally,report`, RW_PORT: "0", RW_REPORT: "on",
    // All addresses are there; nothing is handed on, since nobody here signs as Twilio.
    RW_RELAY_URL: "https://relay.invalid/", RW_RELAY_KEYS: Buffer.alloc(32, 7).toString("base64"),
  };
  const service = spawn(node, [bin, "serve"], { env, stdio: ["ignore", "pipe", "ignore"] });
  // It keeps what it finds where it runs.
  const folder = await mkdtemp(join(tmpdir(), "schemathesis-"));
  try {
    let said = "";
    while (!/"listening"/.test(said)) said += await new Promise((resolve) => service.stdout.once("data", resolve));
    service.stdout.resume();
    const url = `http://127.0.0.1:${/"listening","port":(\d+)/.exec(said)?.[1]}`;
    // A stream does not end, so nobody can wait for it.
    const args = ["run", `${url}/openapi.json`, "--url", url, "-H", `Authorization: Bearer ${WORKER}`, "--checks", CHECKS, "--exclude-path", "/stream", "--max-examples", "30", "--phases", "examples,coverage,fuzzing"];
    const tool = spawn(program, args, { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
    let told = "";
    for await (const chunk of tool.stdout) told += chunk;
    assert.equal(tool.exitCode ?? (await new Promise((resolve) => tool.on("close", resolve))), 0, told);
    const [, cases] = /(\d+) generated, \d+ passed/.exec(told) ?? [];
    console.log(`# ${cases} cases`);
    assert.ok(Number(cases) > 300, told);
  } finally {
    service.kill();
    await rm(folder, { recursive: true });
  }
});
