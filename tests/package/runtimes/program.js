import { check } from "./check.js";

const { argv } = await import("node:process");
console.log(JSON.stringify(await check(JSON.parse(argv.at(-1)))));
