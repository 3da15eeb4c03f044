// As a project in CommonJS has it.
const { check } = require("./check.js");

check(JSON.parse(process.argv.at(-1))).then((found) => console.log(JSON.stringify(found)));
