// What each rule loses, and what it forbids, where the truth is known: `npm run bench:truth -- --customers 100000 --days 10 --seed 1`.
//
// Customers write at instants that only the simulator knows. Webhooks of it come late, twice, out of order, or never (outages of 10 minutes, 3 hours and
// 6 hours); clocks are wrong, of processes and of desks; summer time begins and ends; two numbers of ours are written to; the provider holds
// messages in its queue and now and then refuses an open window. A message is lost where a rule lets it out and the provider refuses it. How often
// all of that happens stands in `truth/customer.mjs` and `truth/world.mjs`; it is assumed, not measured.

import { foldEvents, mergeStates } from "reply-window";
import { CLOSED, LOST, causeOfClosing, causeOfLoss, outcomeOf } from "./truth/causes.mjs";
import { isTrulyOpen, makeCustomer } from "./truth/customer.mjs";
import { randomFrom } from "./truth/random.mjs";
import { RULES } from "./truth/rules.mjs";
import { WORLDS, makeWorld } from "./truth/world.mjs";

const argument = (/** @type {string} */ name, /** @type {number} */ otherwise) => {
  const place = process.argv.indexOf(name);
  return place < 0 ? otherwise : Number(process.argv[place + 1]);
};
const CUSTOMERS = argument("--customers", 100_000);
const DAYS = argument("--days", 10);
const SEED = argument("--seed", Math.floor(Math.random() * 2 ** 31));
const DAY_MINUTES = 1_440;

const zeros = (/** @type {readonly string[]} */ names) => Object.fromEntries(names.map((name) => [name, 0]));
const results = Object.fromEntries(Object.keys(RULES).map((name) => [name, { sent: 0, lost: zeros(LOST), withheld: 0, closed: zeros(CLOSED) }]));
const totals = { attempts: 0, messages: 0, arrivals: 0, looks: 0, open: 0 };

/** @param {import("./truth/world.mjs").World} world @param {ReturnType<typeof makeCustomer>} customer */
const live = (world, { messages, happenings }) => {
  const rules = Object.entries(RULES).map(([name, make]) => ({ name, rule: make(world) }));
  /** What arrived, and what ever will: of the webhook alone, and of all. */
  const idsOf = (/** @type {boolean} */ all) => new Set(happenings.flatMap((one) => (one.kind === "arrival" && (all || one.by === "webhook") ? [one.message.id] : [])));
  const known = [false, true].map((all) => ({ heard: /** @type {Set<string>} */ (new Set()), coming: idsOf(all) }));
  for (const one of happenings) {
    if (one.kind === "arrival") {
      totals.arrivals += 1;
      for (const [place, { heard }] of known.entries()) if (place === 1 || one.by === "webhook") heard.add(one.message.id);
      for (const { rule } of rules) rule.hear(one);
      continue;
    }
    const isOpen = isTrulyOpen(messages, one.business, one.atMs);
    if (one.kind === "attempt") totals.attempts += 1;
    else [totals.looks, totals.open] = [totals.looks + 1, totals.open + Number(isOpen)];
    for (const { name, rule } of rules) {
      const result = /** @type {typeof results[string]} */ (results[name]);
      const answer = rule.ask(one);
      if (one.kind === "look") {
        const { heard, coming } = /** @type {typeof known[number]} */ (known[Number(rule.takesAll ?? false)]);
        if (isOpen && !answer.isOpen) result.closed[causeOfClosing(one, answer, messages, heard, coming)] += 1;
      } else if (answer.isOpen) {
        const outcome = outcomeOf(one, messages);
        result.sent += 1;
        if (outcome === "refused") result.lost[causeOfLoss(one, answer, messages)] += 1;
        rule.sent(one, outcome);
      } else if (isOpen) result.withheld += 1;
    }
  }
};

/** Processes fold what they heard each for itself, in any order; together it has to be what one folds that heard all. @param {ReturnType<typeof makeCustomer>} customer */
const joinsAlike = ({ happenings }) => {
  const events = happenings.flatMap((one) => (one.kind === "arrival" && one.message.business === 0
    ? [{ log: /** @type {const} */ ("customer"), id: one.message.id, kind: /** @type {const} */ ("text"), receiptAtMs: one.atMs }] : []));
  const shares = [0, 1, 2].map((share) => foldEvents(undefined, events.filter((_, place) => place % 3 === share).toReversed()));
  return JSON.stringify(mergeStates(shares.toReversed())) === JSON.stringify(foldEvents(undefined, events));
};

const random = randomFrom(SEED);
console.log(`seed ${SEED}, ${CUSTOMERS} customers for ${DAYS} days each: ${(CUSTOMERS * DAYS).toLocaleString("en")} customer-days`);
let unlike = 0;
for (let which = 0; which < WORLDS; which += 1) {
  const world = makeWorld(random, which, DAYS);
  const count = Math.floor(CUSTOMERS / WORLDS) + Number(which < CUSTOMERS % WORLDS);
  for (let number = 0; number < count; number += 1) {
    const customer = makeCustomer(random, world, number);
    totals.messages += customer.messages.length;
    live(world, customer);
    if (number % 20 === 0) unlike += Number(!joinsAlike(customer));
  }
  console.log(`  ${world.zone}: ${count} customers`);
}

const shown = (/** @type {number} */ number) => number.toLocaleString("en");
const table = (/** @type {string[]} */ head, /** @type {string[][]} */ rows) => {
  console.log(`\n| ${head.join(" | ")} |\n|${head.map((_, place) => (place === 0 ? "---|" : "--:|")).join("")}`);
  for (const row of rows) console.log(`| ${row.join(" | ")} |`);
};
console.log(`\n${shown(totals.messages)} messages of customers, ${shown(totals.arrivals)} arrivals, ${shown(totals.attempts)} answers that agents wanted to send; ${shown(totals.open)} of ${shown(totals.looks)} looks found a window open`);
const sum = (/** @type {Record<string, number>} */ counts) => Object.values(counts).reduce((total, one) => total + one, 0);
table(["messages lost", "sent", "lost", ...LOST], Object.entries(results).map(([name, { sent, lost }]) => [name, shown(sent), shown(sum(lost)), ...LOST.map((cause) => shown(Number(lost[cause])))]));
const minutes = (/** @type {number} */ count) => ((count * DAY_MINUTES) / (CUSTOMERS * DAYS)).toFixed(2);
table(["minutes a day wrongly closed", "in all", ...CLOSED, "answers withheld"], Object.entries(results).map(([name, { closed, withheld }]) => [name, minutes(sum(closed)), ...CLOSED.map((cause) => minutes(Number(closed[cause]))), shown(withheld)]));

const faults = Number(results["reply-window"]?.lost["own fault"]);
if (unlike > 0) console.error(`\n${unlike} windows were not the fold of all their events`);
if (faults > 0) console.error(`\n${faults} messages were lost by our own fault`);
if (faults > 0 || unlike > 0) process.exitCode = 1;
