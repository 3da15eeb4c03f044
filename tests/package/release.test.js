// The release script, on a copy of the tree: one version everywhere, a proven tarball, and nothing changed where it refuses.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { at } from "../../www/build/run.mjs";
import { comparedVersions, versionOf } from "../../www/build/versions.mjs";

const FILES = ["Cargo.toml", "Cargo.lock", "package.json", "package-lock.json", "CHANGELOG.md", "www/dynamics/pcf/ControlManifest.Input.xml"];

/** @type {string} */ let tree;
before(async () => {
  tree = await mkdtemp(join(tmpdir(), "reply-window-tree-"));
  for (const part of ["Cargo.toml", "Cargo.lock", "package.json", "package-lock.json", "CHANGELOG.md", "README.md", "LICENSE", "src", "www"]) {
    await cp(at(part), join(tree, part), { recursive: true });
  }
  await git("init", "--quiet");
  await clean();
});
after(() => rm(tree, { recursive: true, force: true }));

const git = async (/** @type {string[]} */ ...args) => assert.equal(spawnSync("git", args, { cwd: tree }).status, 0, `git ${args.join(" ")}`);
/** Nothing is tracked, and nothing is told of what is not. */
const clean = () => mkdir(join(tree, ".git", "info"), { recursive: true }).then(() => writeFile(join(tree, ".git", "info", "exclude"), "*\n"));
const dirty = () => writeFile(join(tree, ".git", "info", "exclude"), "www\nsrc\n");

const read = (/** @type {string} */ file) => readFile(join(tree, file), "utf8");
const all = async () => Object.fromEntries(await Promise.all(FILES.map(async (file) => [file, await read(file)])));
const tarballs = async () => (await readdir(tree)).filter((name) => name.endsWith(".tgz"));

/** Where commands are looked for. */
let path = String(process.env["PATH"]);

/** @param {string[]} args */
function release(...args) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(tree, "www", "build", "release.mjs"), "--built", ...args], { cwd: tree, encoding: "utf8", env: { ...process.env, PATH: path } });
  return { status, said: stdout + stderr };
}

/** It refuses with that sentence, and leaves everything as it was. @param {string[]} args @param {RegExp} why */
async function refuses(args, why) {
  const was = await all();
  const { status, said } = release(...args);
  assert.deepEqual([status, why.test(said) ? "so" : said], [1, "so"]);
  assert.deepEqual(await all(), was);
  assert.deepEqual(await tarballs(), []);
}

/** Puts a text in place of another for as long as `work` takes. @param {string} file @param {string | RegExp} from @param {string} to @param {() => Promise<void>} work */
async function changed(file, from, to, work) {
  const was = await read(file);
  await writeFile(join(tree, file), was.replace(from, to));
  assert.notEqual(await read(file), was, file);
  await work().finally(() => writeFile(join(tree, file), was));
}

test("the order of versions is that of semver", () => {
  // The example of https://semver.org/#spec-item-11, with the one of its second point before it.
  const order = ["0.9.9", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0", "2.0.0", "2.1.0", "2.1.1", "2.10.0"];
  for (const [at, one] of order.entries()) for (const [other, two] of order.entries()) assert.equal(Math.sign(comparedVersions(one, two)), Math.sign(at - other), `${one} ${two}`);
});

test("what is no version is refused, and so is one that went before", async () => {
  for (const version of ["", "1", "1.2", "v1.2.3", "1.2.3.4", "01.2.3", "1.02.3", "1.2.3-", "1.2.3-01", "1.2.3-a..b", "1.2.3+build", "1.2.3 ", "latest", "../1.2.3"]) await refuses([version], /is no version/);
  await refuses(["0.0.9"], /0\.0\.9 comes before/);
  await refuses([`${await versionOf(tree)}-beta.1`], /comes before/);
  await refuses(["9.0.0", "9.0.1"], /one version is meant/);
});

test("a tree in which something is not committed is refused, and so is a folder that is no tree", async () => {
  await dirty();
  await refuses(["9.0.0"], /not committed:[\s\S]*Cargo\.toml/);
  await rm(join(tree, ".git"), { recursive: true });
  await refuses(["9.0.0"], /no working tree/);
  await git("init", "--quiet");
  await clean();
});

test("versions that differ, a version that was released and an empty changelog are refused", async () => {
  const version = await versionOf(tree);
  for (const file of FILES.filter((one) => one !== "CHANGELOG.md")) {
    await changed(file, file === "Cargo.lock" ? `name = "reply-window-page"\nversion = "${version}"` : `"${version}"`, file === "Cargo.lock" ? 'name = "reply-window-page"\nversion = "0.0.7"' : '"0.0.7"', () => refuses(["9.0.0"], /has version .*, .* has|has none/));
  }
  await changed("CHANGELOG.md", "## Unreleased", "## Unreleased\n\n- One.\n\n## 9.0.0 (2026-11-30)", () => refuses(["9.0.0"], /has 9\.0\.0 already/));
  await changed("CHANGELOG.md", "## Unreleased", "## Unreleased\n\n## 0.0.1", () => refuses(["9.0.0"], /nothing to release/));
  await changed("CHANGELOG.md", "## Unreleased", "## Something", () => refuses(["9.0.0"], /nothing to release/));
});

test("where packing fails everything is as it was", async () => {
  await changed("package.json", '"type": "module",', '"type": "module",,', () => refuses(["9.0.0"], /npm pack .* failed/));
});

test("two packs that differ in one byte are no proof", { skip: process.platform === "win32" && "a shell is needed" }, async () => {
  const npm = spawnSync("sh", ["-c", "command -v npm"], { encoding: "utf8" }).stdout.trim();
  const bin = join(tree, ".git", "bin");
  await mkdir(bin);
  // The real one; what it packs elsewhere than in the tree gets one byte more.
  await writeFile(join(bin, "npm"), `#!/bin/sh\n"${npm}" "$@" || exit 1\nfor to; do :; done\ncase "$PWD" in */package) printf x >> "$to"/*.tgz;; esac\n`, { mode: 0o755 });
  const was = path;
  path = `${bin}:${path}`;
  await refuses(["9.0.0"], /two packs of the same files differ/).finally(() => (path = was));
});

test("one version is set everywhere, and the tarball that was proven is there", async () => {
  const was = await all();
  const version = await versionOf(tree);
  const { status, said } = release("9.0.0-beta.1");
  assert.equal(status, 0, said);
  assert.match(said, /reply-window-9\.0\.0-beta\.1\.tgz: \d+ bytes, sha512-/);
  assert.equal(await versionOf(tree), "9.0.0-beta.1");
  const now = await all();
  const lock = JSON.parse(now["package-lock.json"]);
  assert.deepEqual([JSON.parse(now["package.json"]).version, lock.version, lock.packages[""].version], Array(3).fill("9.0.0-beta.1"));
  assert.match(now["www/dynamics/pcf/ControlManifest.Input.xml"], /constructor="ReplyWindowPane" version="9\.0\.0"/);
  for (const file of FILES.filter((one) => one !== "CHANGELOG.md")) {
    const put = (/** @type {string} */ line) => line.replace(/9\.0\.0(-beta\.1)?/, version);
    const [before, after] = [was[file], now[file]].map((text) => text.split("\n"));
    assert.deepEqual(after.map((/** @type {string} */ line, /** @type {number} */ at) => (line === before[at] ? line : put(line))), before, `${file}: nothing else`);
  }
  // Crates of others that happen to have our version keep theirs.
  const theirs = (/** @type {string} */ text) => text.split("\n\n").filter((block) => block.includes("\nsource = "));
  assert.deepEqual(theirs(now["Cargo.lock"]), theirs(was["Cargo.lock"]));
  const heading = /## Unreleased\n\n## 9\.0\.0-beta\.1 \(\d{4}-\d\d-\d\d\)/;
  assert.match(now["CHANGELOG.md"], heading);
  assert.equal(now["CHANGELOG.md"].replace(heading, "## Unreleased"), was["CHANGELOG.md"]);
  assert.deepEqual(await tarballs(), ["reply-window-9.0.0-beta.1.tgz"]);
  const listed = spawnSync("tar", ["-xzOf", join(tree, "reply-window-9.0.0-beta.1.tgz"), "package/package.json"], { encoding: "utf8" });
  assert.equal(JSON.parse(listed.stdout).version, "9.0.0-beta.1");
  await rm(join(tree, "reply-window-9.0.0-beta.1.tgz"));
  await refuses(["9.0.0-beta.1"], /already/);
  await refuses(["9.0.0-alpha.9"], /comes before/);
});
