// Files for desktops that take uploads and no packages: everything in one script.

import { copyFile, mkdir } from "node:fs/promises";
import { buildNowasm } from "./nowasm.mjs";
import { at, filesBelow, timed, unlessDone } from "./run.mjs";

export const DIST = { script: "www/dist/reply-window.dynamics.js", nowasm: "www/dist/reply-window.nowasm.js", companion: "www/dist/reply-window.dynamics.html" };
/** The control for the productivity pane, as the tool of the Power Apps component framework takes it. */
const CONTROL = ["ControlManifest.Input.xml", "index.ts"];

/** A classic script: an upload is loaded without `type="module"`. */
const CLASSIC = /** @type {const} */ ({ bundle: true, minify: true, format: "iife", target: "es2022", charset: "utf8", legalComments: "none", logLevel: "error" });

export async function buildDist() {
  const sources = (await filesBelow("www")).filter((file) => /\.js$/.test(file) && !/\bwww\/(dist|types|demo|workerd)\//.test(file));
  await unlessDone("dist", { inputs: [...sources, "www/dynamics/companion.html", ...CONTROL.map((name) => `www/dynamics/pcf/${name}`), "www/build/dist.mjs", "package.json"], outputs: [DIST.script, DIST.companion, ...CONTROL.map((name) => `www/dist/pcf/${name}`)] }, () => timed("putting the script for Dynamics together", async () => {
    await mkdir(at("www", "dist", "pcf"), { recursive: true });
    const { build } = await import("esbuild");
    await build({ ...CLASSIC, entryPoints: [at("www", "dynamics", "script.js")], outfile: at(DIST.script), absWorkingDir: at() });
    await copyFile(at("www", "dynamics", "companion.html"), at(DIST.companion));
    for (const name of CONTROL) await copyFile(at("www", "dynamics", "pcf", name), at("www", "dist", "pcf", name));
  }));
}

/** Takes a minute of compiling: where everything is built. */
export const buildEngineWithoutWasm = () => buildNowasm(DIST.nowasm);
