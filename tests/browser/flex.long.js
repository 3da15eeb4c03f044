// The contract of adapters on Twilio Flex UI's own input and actions. It is fetched when this runs: 600 MB that nobody else needs.

import { existsSync } from "node:fs";
import { at, run } from "../../www/build/run.mjs";
import { contract, useDesktops } from "./adapter-contract.js";

// A hook of the file would not be waited for by the next one.
if (!existsSync(at("tests", "flex", "node_modules", ".package-lock.json"))) {
  await run(process.platform === "win32" ? "npm.cmd" : "npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: at("tests", "flex") });
}

/** Flex compiles templates of its own by `eval`, and asks for fonts and pictures that are not there. */
const policy = "default-src 'self' data: blob:; script-src 'self' 'unsafe-inline' 'unsafe-eval' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; connect-src 'self'";
const empty = Object.fromEntries([".css", ".svg", ".png", ".mp3", ".woff", ".woff2"].map((ending) => [ending, /** @type {const} */ ("empty")]));

useDesktops({ entry: "tests/flex/page.js", policy, bundle: { alias: { path: at("tests", "flex", "node_modules", "path-browserify", "index.js") }, define: { global: "window" }, loader: empty, splitting: false } });
contract("flex", { capabilities: { seesInboundTime: "exact", blocks: "hook", hookTimeout: "none", replacesComposer: true, keepsDraft: true } });
