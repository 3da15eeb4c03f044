// What a fresh process pays until its first answer: `npm run bench:cold`. Each in a process of its own, in turns.

import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { spread } from "./measure.mjs";
import { AGAINST } from "./packages.mjs";

const ROUNDS = 15;
const HERE = fileURLToPath(new URL(".", import.meta.url));
const EVENT = { id: "SM1", log: "customer", kind: "text", receiptAtMs: Date.UTC(2026, 10, 22) };
const FORM = { url: "https://desk.example.com/hook", headers: { "x-twilio-signature": "RSOYDt4T1cUTdK1PDd93/VVr8B8=" }, body: "a=b" };

const verdict = `const { foldEvents, judge } = await import("reply-window"); judge(foldEvents(undefined, [${JSON.stringify(EVENT)}]), { kind: "text" });`;
const webhook = `const { verifyWebhook } = await import("reply-window"); try { verifyWebhook(${JSON.stringify(FORM)}, { keys: ["token"] }); } catch {}`;
const number = 'const { isValidNumber } = await import("reply-window"); isValidNumber("+442070313000");';
/** @type {[string, string, string][]} */
const CASES = [
  ["Node alone (the floor)", "", HERE],
  ["reply-window: a verdict", verdict, HERE],
  ["reply-window: a webhook refused", webhook, HERE],
  ["reply-window: a number judged", number, HERE],
  ["twilio loaded, nothing asked", 'await import("twilio");', HERE],
  ["libphonenumber-js/max: a number judged", 'const { parsePhoneNumberFromString } = await import("libphonenumber-js/max"); parsePhoneNumberFromString("+442070313000").isValid();', HERE],
  ["google-libphonenumber: a number judged", 'const { default: { PhoneNumberUtil } } = await import("google-libphonenumber"); const util = PhoneNumberUtil.getInstance(); util.isValidNumber(util.parse("+442070313000"));', HERE],
  ...(AGAINST === undefined ? [] : /** @type {[string, string, string][]} */ ([
    ["the other folder: a verdict", verdict, AGAINST], ["the other folder: a webhook refused", webhook, AGAINST], ["the other folder: a number judged", number, AGAINST],
  ])),
];

/** From before the import, and of the whole process, both in ms. @param {string} work @param {string} cwd */
const fresh = (work, cwd) => {
  const code = `const before = performance.now(); ${work} const clock = performance.now() - before;
    const { user, system } = process.cpuUsage(); console.log(JSON.stringify({ clock, cpu: (user + system) / 1000 }));`;
  return JSON.parse(execFileSync(process.execPath, ["--input-type=module", "-e", code], { encoding: "utf8", cwd }));
};

const found = CASES.map(() => /** @type {{ clock: number, cpu: number }[]} */ ([]));
for (let round = 0; round < ROUNDS; round++) CASES.forEach(([, work, cwd], at) => found[at]?.push(fresh(work, cwd)));
const row = (/** @type {{ least: number, median: number, most: number }} */ { least, median, most }) => [least, median, most].map((ms) => ms.toFixed(1).padStart(7)).join("");
console.log(`A fresh process, ${ROUNDS} of each in turns, ms (least, median, most)\n${"".padEnd(42)} import to answer         CPU of the whole process`);
CASES.forEach(([name], at) => console.log(`${name.padEnd(42)} ${row(spread((found[at] ?? []).map(({ clock }) => clock)))}    ${row(spread((found[at] ?? []).map(({ cpu }) => cpu)))}`));
