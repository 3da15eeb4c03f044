// Projects in TypeScript that have the packed package: strict, libraries checked as well, in every way in which TypeScript looks a module
// up by `exports`, with React's types and without.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before } from "node:test";
import { fileURLToPath } from "node:url";
import { at, run } from "../../www/build/run.mjs";

const npm = process.platform === "win32" ? "npm.cmd" : "npm";
const checkers = at("tests", "checkers", "node_modules");
/** The newest compiler, which is also ours, and the one that most projects still have. */
export const COMPILERS = { "TypeScript 7": at("node_modules", "typescript", "bin", "tsc"), "TypeScript 5.9": join(checkers, "typescript", "bin", "tsc") };
/** @type {Record<string, object>} */
export const RESOLUTIONS = {
  node16: { module: "node16", moduleResolution: "node16" },
  nodenext: { module: "nodenext", moduleResolution: "nodenext" },
  bundler: { module: "esnext", moduleResolution: "bundler" },
};
const STRICT = {
  strict: true, noEmit: true, skipLibCheck: false, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, verbatimModuleSyntax: true, isolatedModules: true,
  noUncheckedSideEffectImports: true, target: "es2023", jsx: "react-jsx",
};

/** @type {string} */ let folder;

/** @param {string} name @param {readonly string[]} others packages that the project has, too @param {string} [from] where they are installed */
const project = async (name, others, from = checkers) => {
  const home = join(folder, name);
  await mkdir(join(home, "node_modules"), { recursive: true });
  await cp(fileURLToPath(new URL("../package/types", import.meta.url)), home, { recursive: true });
  await cp(join(folder, "package"), join(home, "node_modules", "reply-window"), { recursive: true });
  for (const other of others) {
    await mkdir(join(home, "node_modules", other, ".."), { recursive: true });
    await symlink(join(from, other), join(home, "node_modules", other), "junction");
  }
  await writeFile(join(home, "package.json"), '{ "name": "desk", "private": true, "type": "module" }');
  return home;
};

/** @type {{ withReact: string, without: string, onTwilio: string }} */
export const projects = { withReact: "", without: "", onTwilio: "" };

/** The projects stand before the tests of a file, and are gone after them. @param {() => Promise<void>} [more] what else is to stand there */
export const useProjects = (more = async () => {}) => {
  before(() => make().then(more));
  after(() => rm(folder, { recursive: true, force: true }));
};

const make = async () => {
  folder = await mkdtemp(join(tmpdir(), "reply-window-types-"));
  await run(npm, ["pack", "--ignore-scripts", "--silent", "--pack-destination", folder], { quiet: true });
  const tarball = (await readdir(folder)).find((name) => name.endsWith(".tgz"));
  await run("tar", ["-xzf", join(folder, String(tarball)), "-C", folder], { quiet: true });
  projects.withReact = await project("with-react", ["@types/react", "csstype", "@types/node", "undici-types"]);
  projects.onTwilio = await project("on-twilio", ["@twilio/conversations"], at("tests", "hosts", "node_modules"));
  projects.without = await project("without", []);
};

/** What the compiler says. @param {string} compiler @param {string} home @param {object} options @param {readonly string[]} files */
export const compiled = async (compiler, home, options, files) => {
  await writeFile(join(home, "tsconfig.json"), JSON.stringify({ compilerOptions: { ...STRICT, ...options }, files }));
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [compiler, "-p", home], { encoding: "utf8" });
  assert.ok(!error, String(error));
  return { status, told: `${stdout}${stderr}`.trim().split("\n").filter(Boolean).map((line) => line.replace(/^\S*node_modules\/reply-window\//, "")) };
};

const LIB = ["es2023", "dom", "dom.iterable"];
const SOUND = { status: 0, told: [] };

/** The rows of one compiler. @param {keyof typeof COMPILERS} name @param {(title: string, work: () => Promise<void>) => void} row */
export const rowsOf = (name, row) => {
  for (const [resolution, options] of Object.entries(RESOLUTIONS)) {
    row(`${name}, ${resolution}: every documented name, what must not compile, and React's elements`, async () => {
      assert.deepEqual(await compiled(COMPILERS[name], projects.withReact, { ...options, lib: LIB, types: ["node"] }, ["desk.ts", "middleware.ts", "page.tsx"]), SOUND);
    });
    row(`${name}, ${resolution}: a page without React's types and Node's`, async () => {
      assert.deepEqual(await compiled(COMPILERS[name], projects.without, { ...options, lib: LIB, types: [] }, ["desk.ts"]), SOUND);
    });
  }
};
