// Sets one version for the crate, the package and the changelog, builds, and proves the tarball: packed again elsewhere, from what is in it,
// it is the same byte for byte. It commits nothing and publishes nothing; where something fails the files are as they were.
//
//   npm run release -- 1.2.3
//   --built    packs what is built already

import { createHash } from "node:crypto";
import { copyFile, mkdir, mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { at, root, run, step } from "./run.mjs";
import { setVersion } from "./versions.mjs";

const npm = process.platform === "win32" ? "npm.cmd" : "npm";

/** What is committed is what is released. */
async function refuseDirtyTree() {
  const status = await run("git", ["status", "--porcelain"], { quiet: true }).catch(() => {
    throw new Error("this is no working tree of git, so that nobody knows what would be released");
  });
  if (status.trim()) throw new Error(`something is not committed:\n${status.trimEnd()}`);
}

/** Packs a folder. @param {string} from @param {string} to @returns {Promise<string>} the tarball */
async function pack(from, to) {
  await mkdir(to, { recursive: true });
  await run(npm, ["pack", "--ignore-scripts", "--silent", "--pack-destination", to], { cwd: from, quiet: true });
  const tarball = (await readdir(to)).find((name) => name.endsWith(".tgz"));
  if (!tarball) throw new Error("npm pack made no tarball");
  return join(to, tarball);
}

/**
 * Packs, and packs what came out once more: in another folder and at another time, with nothing beside it.
 *
 * @param {string} folder
 * @returns {Promise<string>} the tarball
 */
async function provenTarball(folder) {
  const first = await pack(root, join(folder, "first"));
  await run("tar", ["-xzf", first, "-C", folder], { quiet: true });
  const second = await pack(join(folder, "package"), join(folder, "second"));
  if (!(await readFile(first)).equals(await readFile(second))) throw new Error("two packs of the same files differ");
  return first;
}

/** @param {string} version @param {boolean} isBuilt @param {string} folder */
async function release(version, isBuilt, folder) {
  await refuseDirtyTree();
  const undo = await setVersion(root, version, new Date().toISOString().slice(0, 10));
  try {
    if (!isBuilt) await run(process.execPath, [at("www", "build.mjs"), "--setup", "--uploads"]);
    const proven = await provenTarball(folder);
    const bytes = await readFile(proven);
    const tarball = at(`reply-window-${version}.tgz`);
    await copyFile(proven, tarball);
    step(`${tarball}: ${bytes.length} bytes, sha512-${createHash("sha512").update(bytes).digest("base64")}`);
  } catch (error) {
    await undo();
    throw error;
  }
  step(`next: npm test, commit, tag v${version}, npm publish that tarball`);
}

const [version = "", ...others] = process.argv.slice(2).filter((argument) => argument !== "--built");
const folder = await mkdtemp(join(tmpdir(), "reply-window-release-"));
try {
  if (others.length > 0) throw new Error(`one version is meant; what is ${others.join(" ")}?`);
  await release(version, process.argv.includes("--built"), folder);
} catch (error) {
  console.error(`\nreply-window: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}
