// Random texts for the readers of forms, JSON, templates and numbers, far more than `npm test` draws. The seed is printed; what fails
// is kept in tests/proptest-regressions and asked first by every later run.
//
//   npm run test:fuzz                      20,000 cases of each
//   npm run test:fuzz -- --cases=1000000
//   npm run test:fuzz -- --seed=5 fuzz::json

import { randomInt } from "node:crypto";
import { run } from "../www/build/run.mjs";

/** @param {string} name @param {string} otherwise */
const option = (name, otherwise) => process.argv.find((argument) => argument.startsWith(`--${name}=`))?.slice(name.length + 3) ?? otherwise;

const cases = option("cases", "20000");
const seed = option("seed", String(randomInt(2 ** 31)));
const filters = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
console.log(`${cases} cases of each, seed ${seed}`);
await run("cargo", ["test", "--locked", "--test", "native", "--", ...(filters.length > 0 ? filters : ["fuzz::"])], {
  env: { ...process.env, PROPTEST_CASES: cases, PROPTEST_RNG_SEED: seed },
}).catch((error) => {
  console.error(`${error.message}\nagain with: npm run test:fuzz -- --cases=${cases} --seed=${seed}`);
  process.exitCode = 1;
});
