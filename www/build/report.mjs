// The page of the report for supervisors, as texts in a module: the service runs where there are no files.

import { readFile, writeFile } from "node:fs/promises";
import { at, filesBelow, timed, unlessDone } from "./run.mjs";

const MODULE = "www/service/report-parts.gen.js";

/** Whose code stands in the script, and whose licence has to stand beside it. */
const LIBRARIES = ["chart.js", "@kurkle/color"];

/** @param {string} name */
const licenceOf = async (name) => {
  const { version } = JSON.parse(await readFile(at("node_modules", name, "package.json"), "utf8"));
  return `${name} ${version}\n\n${(await readFile(at("node_modules", name, "LICENSE.md"), "utf8")).trim()}`;
};

export async function buildReport() {
  const inputs = [...(await filesBelow("www/report", "www/i18n")), "www/build/report.mjs", "package-lock.json"];
  await unlessDone("report", { inputs, outputs: [MODULE] }, () => timed("putting the report's page together", async () => {
    const { build } = await import("esbuild");
    const options = /** @type {const} */ ({ bundle: true, minify: true, write: false, target: "es2022", charset: "utf8", legalComments: "none", logLevel: "error", absWorkingDir: at() });
    const [script, style] = await Promise.all([
      build({ ...options, format: "esm", entryPoints: [at("www", "report", "page.js")] }), build({ ...options, entryPoints: [at("www", "report", "page.css")] }),
    ]);
    const licences = (await Promise.all(LIBRARIES.map(licenceOf))).join("\n\n");
    const texts = { page: await readFile(at("www", "report", "page.html"), "utf8"), script: `/*!\n${licences}\n*/\n${script.outputFiles[0]?.text}`, style: String(style.outputFiles[0]?.text) };
    const lines = Object.entries(texts).map(([name, text]) => `/** @type {string} */\nexport const ${name} = ${JSON.stringify(text)};\n`);
    await writeFile(at(MODULE), `// Made by www/build/report.mjs.\n${lines.join("")}`);
  }));
}
