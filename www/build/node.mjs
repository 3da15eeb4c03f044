// What Node loads of the package: its entries in a few files, the modules as files beside them. A hundred small files take it longer to
// find than the engine takes to start, and modules as digits longer to read. Bundlers take the sources instead: what they make is moved,
// and no file with it. The condition `node-addons` tells the two apart: Node sets it, bundlers do not. Nor does a page's entry have it.

import { readFile, rm } from "node:fs/promises";
import { MODULES, moduleWasm } from "./compile.mjs";
import { at, filesBelow, timed, unlessDone } from "./run.mjs";

const FOLDER = "www/dist/node";

/** @returns {Promise<[string, string][]>} what Node loads, and what it is made of */
async function entries() {
  const { exports } = JSON.parse(await readFile(at("package.json"), "utf8"));
  return Object.values(exports).flatMap((entry) => (entry["node-addons"] ? [[entry["node-addons"], entry.default]] : []));
}

/** The bytes of a module are read when it starts. Errors stay of one class, whichever entries are loaded beside. */
const asFiles = {
  name: "as-files",
  /** @param {import("esbuild").PluginBuild} build */
  setup(build) {
    build.onLoad({ filter: /-bytes\.gen\.js$/ }, ({ path }) => {
      const [, name] = /([a-z]+)-bytes/.exec(path) ?? [];
      return { contents: `import { readFileSync } from "node:fs";\nexport const hex = () => readFileSync(new URL("../../pkg/${name}_bg.wasm", import.meta.url));` };
    });
    build.onResolve({ filter: /\/errors\.js$/ }, () => ({ path: "../../engine/errors.js", external: true }));
  },
};

/** Puts together what Node loads. */
export async function buildForNode() {
  const files = await entries();
  const sources = (await filesBelow("www")).filter((file) => /\.js$/.test(file) && !/\bwww\/(dist|types|demo)\//.test(file));
  await unlessDone("node", { inputs: [...sources, ...MODULES.map(moduleWasm), "www/build/node.mjs", "package.json"], outputs: files.map(([out]) => out) }, () => timed("putting together what Node loads", async () => {
    await rm(at(FOLDER), { recursive: true, force: true });
    const { build } = await import("esbuild");
    const named = files.map(([out, source]) => /** @type {const} */ ([out.slice(`./${FOLDER}/`.length, -".js".length), at(source)]));
    // The rules share nothing that must be one with the others: in one file they are there in four fifths of the time.
    const isRules = (/** @type {readonly [string, string]} */ [name]) => name === "index";
    for (const entries of [named.filter(isRules), named.filter((entry) => !isRules(entry))]) {
      await build({
        entryPoints: Object.fromEntries(entries), outdir: at(FOLDER), absWorkingDir: at(), bundle: true, splitting: true, format: "esm", platform: "node", target: "node20", packages: "external",
        minifySyntax: true, minifyWhitespace: true, charset: "utf8", legalComments: "none", plugins: [asFiles], logLevel: "error",
      });
    }
  }));
}
