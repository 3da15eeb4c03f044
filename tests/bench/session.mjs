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

const steps = sides.map(({ states }) => states.map((state, n) => ({ state, more: /** @type {typeof later[number]} */ (later[n]) })));
compared(await report("A window folded", [
  ...all(({ name, of }) => each(`${name}: foldEvents, three events into nothing`, groups, (group) => of.foldEvents(undefined, group))),
  ...sides.map(({ name, of }, side) => each(`${name}: foldEvents, one more into a window`, steps[side] ?? [], ({ state, more }) => of.foldEvents(state, more))),
  empty(groups),
]));
