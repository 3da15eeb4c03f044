// One customer: what they wrote and when (the hidden truth), what of it arrived where and when, and when agents want to answer.

import { DAY, HOUR, MINUTE, SECOND, spanAt } from "./world.mjs";

/**
 * @import { Random } from "./random.mjs"
 * @import { World } from "./world.mjs"
 */

export const LENGTH_MS = 24 * HOUR;

/** @typedef {{ id: string, business: number, atMs: number }} Message as WhatsApp knows it */
/**
 * An arrival of a message at the service. `webhook`: a form, which has no time of its own; `stream`: Event Streams, with the provider's
 * time; `healed`: read from the provider's list after an outage. `errorMs`: how wrong the clock is of the process that receives it.
 * @typedef {{ kind: "arrival", atMs: number, message: Message, by: "webhook" | "stream" | "healed", errorMs: number }} Arrival
 */
/**
 * Somebody wants to write, or nobody does and it is only looked whether they could. `queueMs`: until the provider checks the window.
 * @typedef {{ kind: "attempt" | "look", atMs: number, business: number, queueMs: number, refusesOpen: boolean, tellsRefusal: boolean, desk: Desk, fresh: boolean }} Attempt
 */
/** @typedef {{ rawErrorMs: number, askedErrorMs: number, boundMs: number, reachable: boolean, asleepForMs: number }} Desk */
/** @typedef {Arrival | Attempt} Happening */

/** Until a webhook arrives. @param {Random} random */
const delayMs = (random) => random.weighted([
  [0.93, () => random.spread(100, 3 * SECOND)], [0.05, () => random.spread(3 * SECOND, MINUTE)], [0.015, () => random.spread(MINUTE, 4 * HOUR)], [0.005, () => random.spread(4 * HOUR, 3 * DAY)],
])();

/** In the provider's own queue, where free text mostly stays a second. @param {Random} random */
const queueMs = (random) => random.weighted([[0.99, () => random.spread(150, 5 * SECOND)], [0.008, () => random.spread(5 * SECOND, 5 * MINUTE)], [0.002, () => random.spread(5 * MINUTE, 2 * HOUR)]])();

/** @param {Random} random @param {World} world @param {number} atMs */
const processError = (random, { processes }, atMs) => random.pick(processes).errorAt(atMs);

/** @param {Random} random @param {World} world @param {Message} message @returns {Arrival[]} */
const arrivalsOf = (random, world, message) => {
  /** @type {Arrival[]} */
  const found = [];
  const arrive = (/** @type {number} */ atMs, /** @type {Arrival["by"]} */ by) =>
    found.push({ kind: "arrival", atMs: Math.round(atMs), message, by, errorMs: processError(random, world, atMs) });
  // A webhook is tried once: who is not there does not get it. Now and then it comes twice.
  const atMs = message.atMs + delayMs(random);
  if (!spanAt(world.outages, atMs) && !random.happens(0.002)) arrive(atMs, "webhook");
  if (random.happens(0.05)) {
    const again = atMs + random.spread(SECOND, 2 * DAY);
    if (!spanAt(world.outages, again)) arrive(again, "webhook");
  }
  // Event Streams are tried for four hours, with growing pauses.
  for (let tryMs = message.atMs + delayMs(random), pause = 30 * SECOND; tryMs < message.atMs + 4 * HOUR; tryMs += pause, pause *= 2) {
    if (spanAt(world.outages, tryMs)) continue;
    arrive(tryMs, "stream");
    break;
  }
  // What was missed in an outage is read from the provider's list once it is over.
  const outage = spanAt(world.outages, message.atMs);
  if (outage) arrive(outage.untilMs + random.between(5 * SECOND, 90 * SECOND), "healed");
  return found;
};

/** An agent's machine. @param {Random} random @param {World} world @param {number} atMs @returns {Desk} */
const deskAt = (random, world, atMs) => ({
  rawErrorMs: random.weighted([[0.9, () => random.around(2 * SECOND)], [0.07, () => random.around(3 * MINUTE)], [0.03, () => random.around(3 * HOUR)]])(),
  askedErrorMs: processError(random, world, atMs), boundMs: random.spread(5, SECOND), reachable: !spanAt(world.outages, atMs) && random.happens(0.995),
  asleepForMs: random.happens(0.05) ? random.spread(MINUTE, 16 * HOUR) : 0,
});

/** @param {Random} random @param {World} world @param {"attempt" | "look"} kind @param {number} atMs @param {number} business @returns {Attempt} */
const attemptAt = (random, world, kind, atMs, business) => ({
  kind, atMs: Math.round(atMs), business, queueMs: Math.round(queueMs(random)), refusesOpen: random.happens(0.0005), tellsRefusal: random.happens(0.98),
  desk: deskAt(random, world, atMs), fresh: random.happens(0.15),
});

/** When agents want to answer: soon, some time that day, and where it counts, just before and after the end. @param {Random} random @param {number} atMs */
const answerMs = (random, atMs) => atMs + random.weighted([
  [0.4, () => random.spread(20 * SECOND, 2 * HOUR)], [0.3, () => random.between(0, 40 * HOUR)], [0.2, () => LENGTH_MS + random.around(30 * MINUTE)], [0.1, () => LENGTH_MS + random.around(3 * MINUTE)],
])();

/** @param {Random} random @param {World} world @param {number} number @returns {{ messages: Message[], happenings: Happening[] }} */
export const makeCustomer = (random, world, number) => {
  const usesBoth = random.happens(0.2);
  const mine = random.happens(0.7) ? 0 : 1;
  /** @type {Message[]} */
  const messages = [];
  /** @type {Happening[]} */
  const happenings = [];
  for (let day = 0; day < world.days; day += 1) {
    const dayMs = world.startMs + day * DAY;
    for (let count = random.weighted([[0.45, 0], [0.25, 1], [0.15, 2], [0.1, 3], [0.05, 6]]); count > 0; count -= 1) {
      const business = usesBoth && random.happens(0.5) ? 1 - mine : mine;
      const message = { id: `SM${number}.${messages.length}`, business, atMs: Math.round(dayMs + random.between(0, DAY)) };
      messages.push(message);
      happenings.push(...arrivalsOf(random, world, message));
      if (random.happens(0.8)) happenings.push(attemptAt(random, world, "attempt", answerMs(random, message.atMs), usesBoth && random.happens(0.1) ? 1 - business : business));
    }
    happenings.push(attemptAt(random, world, "look", dayMs + random.between(0, DAY), mine));
  }
  messages.sort((a, b) => a.atMs - b.atMs);
  return { messages, happenings: happenings.filter(({ atMs }) => atMs < world.endMs).sort((a, b) => a.atMs - b.atMs) };
};

/** The latest message to that number of ours until then: what is true. @param {readonly Message[]} messages @param {number} business @param {number} atMs */
export const lastOf = (messages, business, atMs) => messages.findLast((one) => one.business === business && one.atMs <= atMs);

/** @param {readonly Message[]} messages @param {number} business @param {number} atMs */
export const isTrulyOpen = (messages, business, atMs) => {
  const last = lastOf(messages, business, atMs);
  return last !== undefined && atMs < last.atMs + LENGTH_MS;
};
