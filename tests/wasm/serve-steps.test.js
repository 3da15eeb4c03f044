// The README's steps to the window service, run as they stand there (what is installed lies there already), and a desktop's page that asks it.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { at } from "../../www/build/run.mjs";
import { windowService } from "../../www/client/client.js";
import { freePort } from "../support/free-port.mjs";
import { TOKEN, inbound, webhook } from "../support/webhooks.mjs";
import { until } from "../support/until.mjs";

const node = at("tests", "nodes", "node_modules", "node22", "bin");
const skip = existsSync(join(node, "node")) ? false : "Node 22 is not installed below tests/nodes (Linux on x64 only)";

/** A folder as after `npm install reply-window hono @hono/node-server`. */
const installed = async () => {
  const home = await mkdtemp(join(tmpdir(), "steps-"));
  const modules = join(home, "node_modules");
  await mkdir(join(modules, ".bin"), { recursive: true });
  await mkdir(join(modules, "@hono"));
  await symlink(at(), join(modules, "reply-window"));
  for (const name of ["hono", "@hono/node-server"]) await symlink(at("node_modules", name), join(modules, name));
  const { bin } = JSON.parse(await readFile(at("package.json"), "utf8"));
  await symlink(at(bin["reply-window"]), join(modules, ".bin", "reply-window"));
  await writeFile(join(home, "package.json"), '{ "name": "windows", "private": true, "type": "module" }');
  return home;
};

test("the steps start a service that hears Twilio, and that a page of the origin may ask with the secret of its line, another one not", { skip }, async () => {
  const [, steps = ""] = /```sh\n(npm install reply-window hono[^]*?)```/.exec(await readFile(at("README.md"), "utf8")) ?? [];
  const [install, ...rest] = steps.trim().split("\n");
  assert.match(String(install), /^npm install reply-window hono @hono\/node-server$/);
  assert.match(String(rest.at(-1)), / npx reply-window serve$/);
  const [home, port] = await Promise.all([installed(), freePort()]);
  const env = { PATH: `${node}:${process.env.PATH}`, HOME: home, TWILIO_AUTH_TOKEN: TOKEN, RW_PORT: String(port) };
  const child = spawn("sh", ["-ec", rest.join("\n")], { cwd: home, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (said += chunk));
  const ended = once(child, "close");
  try {
    await until("it listens", () => /"listening"/.test(said) || child.exitCode !== null);
    assert.match(said, /"listening"/);
    const url = `http://127.0.0.1:${port}`;
    const [token = ""] = (await readFile(join(home, "callers"), "utf8")).split(" ");
    const signed = webhook(inbound(), { url: "https://windows.example.com/twilio/inbound" });
    assert.equal((await fetch(`${url}/twilio/inbound`, { method: "POST", headers: signed.headers, body: await signed.text() })).status, 200);
    const from = (/** @type {string} */ origin) => fetch(`${url}/windows/query`, { method: "OPTIONS", headers: { origin, "access-control-request-method": "POST", "access-control-request-headers": "authorization" } });
    assert.equal((await from("https://desk.example.com")).headers.get("access-control-allow-origin"), "https://desk.example.com");
    assert.equal((await from("https://other.example.com")).headers.get("access-control-allow-origin"), null);
    const service = windowService({ url, token });
    const conversation = { id: "c1", business: inbound().To?.replace("whatsapp:", "") ?? "", customer: { phone: inbound().From?.replace("whatsapp:", "") ?? "" } };
    /** @type {string[]} */
    const shown = [];
    const stop = service.watch([conversation], ({ status }) => void shown.push(status.kind));
    await until("it tells of the window", () => shown.includes("open") || shown.includes("closed"));
    stop();
    service.close();
  } finally {
    process.kill(-Number(child.pid), "SIGTERM");
    await ended;
    await rm(home, { recursive: true, force: true });
  }
});
