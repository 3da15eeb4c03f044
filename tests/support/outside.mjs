// Node, outside of the run of tests that the caller is part of.

import { spawn } from "node:child_process";
import { at } from "../../www/build/run.mjs";

/** What Node prints and how it ends. @param {string[]} args @returns {Promise<{ code: number | null, output: string }>} */
export const nodeOutside = (args) => new Promise((resolve) => {
  const { NODE_TEST_CONTEXT, ...env } = process.env;
  const child = spawn(process.execPath, args, { cwd: at(), env });
  let output = "";
  child.stdout.on("data", (chunk) => (output += chunk));
  child.stderr.on("data", (chunk) => (output += chunk));
  child.on("close", (code) => resolve({ code, output }));
});
