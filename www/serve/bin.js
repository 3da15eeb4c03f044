#!/usr/bin/env node
// @ts-check
// `reply-window serve`. What an old Node cannot read is imported only after its version was asked.

const LEAST_NODE = 22;

const run = async () => {
  const [command, ...rest] = process.argv.slice(2);
  const { command: isAsked, helpText } = await import("./help.js");
  if (isAsked(command, rest) === "help") return console.log(helpText());
  if (isAsked(command, rest) !== "serve") throw new Error(`there is one command: reply-window serve (reply-window serve --help)`);
  if (Number(process.versions.node.split(".")[0]) < LEAST_NODE) {
    throw new Error(`the service needs Node ${LEAST_NODE} or newer, and this is ${process.version}; the rest of the package runs on Node 20`);
  }
  const { configOf } = await import("./config.js");
  const { startServer } = await import("./start.js");
  await startServer(configOf(rest, process.env));
};

run().catch((error) => {
  console.error(`reply-window: ${error.message}`);
  process.exit(1);
});
