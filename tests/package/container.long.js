// @ts-check
// The container file, step by step as it stands, on this machine in the place of an image: there is no container engine here. The packed tarball is installed by its RUN, the service
// is started by its ENTRYPOINT with its ENV as its USER, where nothing can be written but its VOLUME; its HEALTHCHECK says so, and its STOPSIGNAL ends it.

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { chmod, chown, mkdir, mkdtemp, readFile, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { run } from "../../www/build/run.mjs";
import { until } from "../support/until.mjs";

const at = (/** @type {string} */ path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const [node, hadolint] = [at("tests/nodes/node_modules/node24/bin/node"), at("target/python-tools/bin/hadolint")];
const npm = process.platform === "win32" ? "npm.cmd" : "npm";
const isRoot = process.getuid?.() === 0;
const skip = existsSync(node) ? false : "Node 24 is not installed below tests/nodes (Linux on x64 only)";
const canMount = isRoot && spawnSync("unshare", ["-m", "true"]).status === 0 && spawnSync("setpriv", ["--version"]).status === 0;

/** Instructions and what they are given, lines that go on joined. */
const steps = (await readFile(at("www/serve/Containerfile"), "utf8")).replace(/\\\n/g, " ").split("\n").filter((line) => /^[A-Z]/.test(line)).map((line) => /** @type {[string, string]} */ ([line.slice(0, line.indexOf(" ")), line.slice(line.indexOf(" ") + 1)]));
const last = (/** @type {string} */ name) => String(steps.findLast(([one]) => one === name)?.[1]);

/** @type {string} */ let root;
before(async () => {
  root = await mkdtemp(join(tmpdir(), "container-"));
  // Others have to be able to go through it.
  await chmod(root, 0o755);
});
after(() => rm(root, { recursive: true, force: true }));

/** What stands for the image's own places. @param {string} text */
const here = (text) => text.replaceAll("/opt/reply-window", join(root, "opt")).replaceAll("/context", join(root, "context")).replaceAll("/data", join(root, "data"));

test("the linter has nothing to say of it", { skip: existsSync(hadolint) ? false : "hadolint is not installed (the set-up of the long tests fetches it)" }, () => {
  const { status, stdout } = spawnSync(hadolint, ["--no-color", at("www/serve/Containerfile")], { encoding: "utf8" });
  assert.deepEqual([status, stdout], [0, ""]);
});

test("its packages are installed as it says, and nothing that builds", { skip }, async () => {
  await mkdir(join(root, "context"));
  await mkdir(join(root, "opt"));
  await run(npm, ["pack", "--ignore-scripts", "--silent", "--pack-destination", join(root, "context")], { quiet: true });
  const [tarball] = await readdir(join(root, "context"));
  const [, install = ""] = /** @type {string[]} */ (steps.find(([name]) => name === "RUN"));
  const command = here(install.replace(/^--mount=\S+ /, ""));
  await run("sh", ["-c", command], { quiet: true, cwd: join(root, "opt"), env: { PACKAGE: join(root, "context", String(tarball)) } });
  const there = await readdir(join(root, "opt", "node_modules"));
  for (const name of ["reply-window", "hono", "@hono", "@redis"]) assert.ok(there.includes(name), name);
  for (const name of ["esbuild", "typescript", "binaryen", "chart.js", "react"]) assert.ok(!there.includes(name), name);
});

test("it starts as nobody in particular, writes nowhere but in its volume, is healthy, and ends when it is told to", { skip }, async () => {
  const folder = here(last("RUN").split(" ").at(-1) ?? "");
  await mkdir(folder, { mode: 0o700 });
  const [uid = 0, gid = 0] = last("USER").split(":").map(Number);
  if (isRoot) await chown(folder, uid, gid);
  assert.equal(last("VOLUME"), "/data");
  await writeFile(join(root, "twilio"), "8f0c2d4b6a1e3f5907c8d2b4a6e1f305");
  const image = Object.fromEntries(last("ENV").split(" ").map((pair) => pair.split("=")));
  const env = { ...image, RW_STORE: here(image.RW_STORE), RW_PORT: "0", RW_PUBLIC_URL: "https://windows.example.com", RW_TWILIO_AUTH_TOKENS_FILE: join(root, "twilio") };
  const [, ...args] = JSON.parse(last("ENTRYPOINT"));
  const command = [node, ...args.map(here)];
  // In a view of this machine in which all is read-only but the volume.
  const readOnly = `mount --make-rprivate / && mount --bind ${folder} ${folder} && mount -o remount,ro,bind / && cd ${folder} && exec setpriv --reuid=${uid} --regid=${gid} --clear-groups --no-new-privs "$@"`;
  const child = canMount ? spawn("unshare", ["-m", "sh", "-c", readOnly, "sh", ...command], { env, stdio: ["ignore", "pipe", "ignore"] }) : spawn(String(command[0]), command.slice(1), { env, cwd: folder, stdio: ["ignore", "pipe", "ignore"] });
  let said = "";
  child.stdout.on("data", (chunk) => (said += chunk));
  try {
    await until("it listens", () => /"listening"/.test(said));
    const port = String(/"listening","port":(\d+)/.exec(said)?.[1]);
    assert.equal((await fetch(`http://127.0.0.1:${port}/readyz`)).status, 200);
    const [, check = "[]"] = /CMD (\[.*\])$/.exec(last("HEALTHCHECK")) ?? [];
    const healthy = () => spawnSync(node, JSON.parse(check).slice(1), { env: { RW_PORT: port } }).status;
    assert.equal(healthy(), 0);
    const { uid: owner } = await stat(join(folder, "windows.db"));
    if (canMount) assert.equal(owner, uid, "the store is its user's");
    assert.deepEqual((await readdir(folder)).filter((name) => !name.startsWith("windows.db")), []);
    child.kill(/** @type {NodeJS.Signals} */ (last("STOPSIGNAL")));
    assert.deepEqual(await once(child, "close"), [0, null]);
    assert.equal(healthy(), 1);
  } finally {
    child.kill("SIGKILL");
  }
});
