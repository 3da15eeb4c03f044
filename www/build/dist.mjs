// Files for desktops that take uploads and no packages: everything in one script.

import { build } from "esbuild";
import { mkdir } from "node:fs/promises";
import { at, filesBelow, timed, unlessDone } from "./run.mjs";

export const DIST = { script: "www/dist/reply-window.dynamics.js" };

/** A classic script: an upload is loaded without `type="module"`. */
const CLASSIC = /** @type {const} */ ({ bundle: true, minify: true, format: "iife", target: "es2022", charset: "utf8", legalComments: "none", logLevel: "error" });

export async function buildDist() {
  const sources = (await filesBelow("www")).filter((file) => /\.js$/.test(file) && !/www\/(dist|types|demo|workerd)\//.test(file));
  await unlessDone("dist", { inputs: [...sources, "www/build/dist.mjs", "package.json"], outputs: Object.values(DIST) }, () => timed("putting the script for Dynamics together", async () => {
    await mkdir(at("www", "dist"), { recursive: true });
    await build({ ...CLASSIC, entryPoints: [at("www", "dynamics", "script.js")], outfile: at(DIST.script), absWorkingDir: at() });
  }));
}
