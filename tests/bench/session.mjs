// How fast windows are folded and judged through the package's functions: `npm run bench:session`.

import { NOW, event, events } from "./corpora/windows.mjs";
import { each, empty, report } from "./measure.mjs";
import { compared, packages } from "./packages.mjs";

const WINDOWS = 10_000;
const RECORDS = 3;
const ours = await packages("reply-window", () => import("reply-window"));

const groups = events(WINDOWS, RECORDS);
const sides = ours.map(({ name, of }) => ({ name, of, states: groups.map((group) => of.foldEvents(undefined, group)) }));
const later = groups.map((_, n) => [event(n, RECORDS)]);
const TEXT = /** @type {const} */ ({ kind: "text" });

for (const { name, of, states } of sides) {
  const kinds = new Map();
  for (const { kind } of of.windowStatuses(states, { now: NOW })) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  console.log(`${name}: ${WINDOWS} windows of ${RECORDS} records: ${[...kinds].map(([kind, count]) => `${count} ${kind}`).join(", ")}`);
}

/** @param {(side: typeof sides[number]) => import("./measure.mjs").Case} make */
const all = (make) => sides.map(make);
compared(await report("A window judged", [
  ...all(({ name, of, states }) => each(`${name}: windowStatus, one by one`, states, (state) => of.windowStatus(state, { now: NOW }))),
  ...all(({ name, of, states }) => ({ name: `${name}: windowStatuses, all at once`, per: WINDOWS, run: () => of.windowStatuses(states, { now: NOW }) })),
  ...all(({ name, of, states }) => each(`${name}: judge of a text, one by one`, states, (state) => of.judge(state, TEXT, { now: NOW }))),
  empty(groups),
]));

/** A list of conversations, asked anew: each time a minute has passed; and when a policy or the clock makes all of them be judged. */
const [{ of: own }] = ours;
const book = own.windowBook();
const [start, end] = [NOW - 26 * 3_600_000, NOW + 26 * 3_600_000];
book.record(sides[0]?.states.map((state, n) => ({ key: `w${n}`, state })) ?? [], NOW);
let minute = start;
let asked = start;
let listed = 0;
const known = [{ ...own.policyFor(), marginMs: 0 }, own.policyFor()];
compared(await report("10,000 windows judged anew, those that changed listed", [
  { name: "reply-window: a book, a minute later", run: () => {
    listed += book.changes(minute).changed.length;
    minute = minute + 60_000 > end ? start : minute + 60_000;
  } },
  { name: "reply-window: the same, with the status of each that changed", run: () => {
    const { changed } = book.changes(asked);
    listed += book.statuses(changed, asked).length;
    asked = asked + 60_000 > end ? start : asked + 60_000;
  } },
  { name: "reply-window: a book, all judged by other rules, all listed", run: () => {
    known.reverse();
    book.judgeBy(known.slice(1));
    listed += book.changes(NOW).changed.length;
  } },
  ...all(({ name, of, states }) => ({ name: `${name}: windowStatus, one by one`, run: () => {
    for (const state of states) if (of.windowStatus(state, { now: NOW }).nextChangeAtMs === NOW) listed++;
  } })),
]));
if (listed === 0) throw new Error("nothing changed");
book.close();

const steps = sides.map(({ states }) => states.map((state, n) => ({ state, more: /** @type {typeof later[number]} */ (later[n]) })));
compared(await report("A window folded", [
  ...all(({ name, of }) => each(`${name}: foldEvents, three events into nothing`, groups, (group) => of.foldEvents(undefined, group))),
  ...sides.map(({ name, of }, side) => each(`${name}: foldEvents, one more into a window`, steps[side] ?? [], ({ state, more }) => of.foldEvents(state, more))),
  empty(groups),
]));
