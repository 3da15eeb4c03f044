// A desk in Next: a client component with the composer, a server component that judges, and a route handler that verifies webhooks.

import { spawn, spawnSync } from "node:child_process";
import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

const FILES = {
  "app/layout.jsx": "export default function Layout({ children }) { return <html lang=\"en\"><body>{children}</body></html>; }\n",
  "app/desk.jsx": `"use client";
import "../desk.js";
export default function Desk() {
  return <div id="composer"><textarea /><button type="button">Send</button></div>;
}
`,
  "app/page.jsx": `import { foldEvents, judge } from "reply-window";
import Desk from "./desk.jsx";
const state = foldEvents(undefined, [{ id: "SM1", log: "customer", kind: "text", providerAtMs: Date.UTC(2026, 10, 22, 10) }]);
export default function Page() {
  return <><Desk /><p id="judged">{judge(state, { kind: "text" }, { now: Date.UTC(2026, 10, 23, 10) }).verdict.reason}</p></>;
}
`,
  "app/twilio/inbound/route.js": `import { createReceiver, memoryStore } from "reply-window/server";
const receiver = createReceiver({ keys: [process.env.TWILIO_AUTH_TOKEN], store: memoryStore(), publicUrl: process.env.PUBLIC_URL });
export const POST = (request) => receiver.fetch(request);
`,
};

/** What a package needs beside itself, as the lock file says. @param {Record<string, any>} packages @param {string} name @param {Set<string>} found */
function withDependencies(packages, name, found) {
  const known = packages[`node_modules/${name}`];
  if (!known || found.has(name)) return found;
  found.add(name);
  for (const next of Object.keys({ ...known.dependencies, ...known.optionalDependencies })) withDependencies(packages, next, found);
  return found;
}

/** @param {string} home @param {string} tools folder of the packages @param {string} packed the unpacked tarball */
export async function makeNextDesk(home, tools, packed) {
  const { packages } = JSON.parse(await readFile(join(dirname(tools), "package-lock.json"), "utf8"));
  const names = ["next", "react", "react-dom"].reduce((found, name) => withDependencies(packages, name, found), /** @type {Set<string>} */ (new Set()));
  // Real files: its bundler follows no link out of the project.
  for (const name of names) await cp(join(tools, name), join(home, "node_modules", name), { recursive: true }).catch((error) => error.code === "ENOENT" || Promise.reject(error));
  await cp(packed, join(home, "node_modules", "reply-window"), { recursive: true });
  await writeFile(join(home, "package.json"), '{ "name": "desk", "private": true }');
  for (const [name, text] of Object.entries(FILES)) {
    await mkdir(dirname(join(home, name)), { recursive: true });
    await writeFile(join(home, name), text);
  }
}

/** @param {string} home @param {...string} words */
const command = (home, ...words) => [join(home, "node_modules", "next", "dist", "bin", "next"), ...words];

/** Builds and starts it. @param {string} home @param {Record<string, string>} given what the route handler reads @returns {Promise<{ url: string, close(): Promise<void> }>} */
export async function startNextDesk(home, given) {
  const env = { ...process.env, ...given, NEXT_TELEMETRY_DISABLED: "1", CI: "1" };
  const { status, stdout, stderr } = spawnSync(process.execPath, command(home, "build"), { cwd: home, env, encoding: "utf8", timeout: 300_000 });
  if (status !== 0) throw new Error(`${stdout}${stderr}`.slice(-4000));
  const child = spawn(process.execPath, command(home, "start", "--hostname", "127.0.0.1", "--port", "0"), { cwd: home, env, stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  for await (const chunk of child.stdout) {
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(String(chunk))?.[0];
    if (url) return { url, close: async () => (child.kill(), void (await ended)) };
  }
  throw new Error("Next did not start");
}
