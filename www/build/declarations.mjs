// Type declarations from the JSDoc of the published modules; fails on type errors.

import { cp, readFile, rm, writeFile } from "node:fs/promises";
import { withUndefined } from "./optional.mjs";
import { at, filesBelow, root, run, timed, unlessDone } from "./run.mjs";

export async function buildDeclarations() {
  const inputs = await sources(["src/wire/types.d.ts", "src/wire/types", "www"]);
  await unlessDone("declarations", { inputs, outputs: ["www/types/www/index.d.ts"] }, () => timed("checking types", async () => {
    await rm(at("www", "types"), { recursive: true, force: true });
    await run(process.execPath, [at("node_modules", "typescript", "bin", "tsc"), "-p", at("www")]);
    for (const types of ["types.d.ts", "types"]) await cp(at("src", "wire", types), at("www", "types", "src", "wire", types), { recursive: true });
    for (const file of await filesBelow("www/types")) await writeFile(file, withUndefined(await readFile(file, "utf8")));
  }));
}

/** @param {string[]} paths */
async function sources(paths) {
  const files = await filesBelow(...paths);
  return files.map((file) => (file.startsWith(root) ? file.slice(root.length) : file))
    .filter((file) => !/^www\/(types|pkg)\/|\.gen\.js$/.test(file) && /\.(js|json|d\.ts)$/.test(file));
}
