// What others say of the tarball: publint of its package.json, are-the-types-wrong of its types.

import assert from "node:assert/strict";
import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { at, run } from "../../www/build/run.mjs";

/** @param {string} path in the checkers' packages */
const checker = (path) => import(pathToFileURL(at("tests", "checkers", "node_modules", path)).href);

/** @type {string} */ let folder;
/** @type {Buffer} */ let tarball;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), "reply-window-published-"));
  await run(process.platform === "win32" ? "npm.cmd" : "npm", ["pack", "--ignore-scripts", "--silent", "--pack-destination", folder], { quiet: true });
  const name = String((await readdir(folder)).find((one) => one.endsWith(".tgz")));
  tarball = await readFile(join(folder, name));
  await run("tar", ["-xzf", join(folder, name), "-C", folder], { quiet: true });
});
after(() => rm(folder, { recursive: true, force: true }));

test("publint has nothing to say, not even a suggestion", async () => {
  const { publint } = await checker("publint/src/index-node.js");
  const options = /** @type {const} */ ({ pkgDir: join(folder, "package"), level: "suggestion", strict: true, pack: false });
  const { messages } = await publint(options);
  assert.deepEqual(messages.map((/** @type {any} */ { code, path, args }) => ({ code, path, args })), []);
  const file = join(folder, "package", "package.json");
  await writeFile(file, (await readFile(file, "utf8")).replace('"default": "./www/mount.js"', '"default": "./www/nothing.js"'));
  assert.deepEqual((await publint(options)).messages.map((/** @type {any} */ { code }) => code), ["FILE_DOES_NOT_EXIST"], "it does look");
});

test("are the types wrong? For ES modules, nowhere", async () => {
  const { checkPackage, createPackageFromTarballData } = await checker("@arethetypeswrong/core/dist/index.js");
  const { problems, types, entrypoints } = await checkPackage(createPackageFromTarballData(new Uint8Array(tarball)));
  assert.ok(types && Object.keys(entrypoints).length > 15);
  // Entries below the first are for those that read `exports`; who requires an ES module, Node helps since 20.19.
  const rest = problems.filter((/** @type {any} */ { kind, resolutionKind }) => kind !== "CJSResolvesToESM" && resolutionKind !== "node10");
  assert.deepEqual(rest.map((/** @type {any} */ { kind, entrypoint, resolutionKind, fileName }) => ({ kind, entrypoint, resolutionKind, fileName })), []);
});
