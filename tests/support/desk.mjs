// A controller under a clock of our own: time passes only when the test says so.

import { createController } from "../../www/controller/controller.js";
import { fetchChoosing } from "../../www/controller/fetch-choosing.js";

// As on a page where there were templates before; how they come at first: choosing.test.js.
await fetchChoosing();

export const NOW = 1_790_000_000_000;
export const HOUR = 3_600_000;
export const MINUTE = 60_000;
export const BUSINESS = "+14155238886";

export const ana = { id: "ana", business: BUSINESS, customer: { phone: "+491701234567" }, name: "Ana" };
export const ben = { id: "ben", business: BUSINESS, customer: { phone: "+447700900123" }, name: "Ben" };

/** @param {string} id @param {number} providerAtMs */
export const wrote = (id, providerAtMs) => /** @type {const} */ ({ id, log: "customer", kind: "text", providerAtMs });

/** @param {string} text @param {object} [more] @returns {any} */
export const template = (text, more = {}) => ({
  id: "HX1", source: "twilio", name: "hello", language: "en", category: "utility", status: "approved", type: "twilio/text",
  types: ["twilio/text"], body: { text, placeholders: [] }, buttons: [], cards: [],
  variables: [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => ({ name })), ...more,
});

/** A promise and its two ends. */
export function deferred() {
  /** @type {any} */
  const ends = {};
  ends.promise = new Promise((resolve, reject) => Object.assign(ends, { resolve, reject }));
  return ends;
}

/** Lets everything that is ready to go on go on. */
export const settled = () => new Promise((resolve) => setImmediate(resolve));

export function clock(start = NOW) {
  /** @type {Map<number, { at: number, callback: () => void }>} */
  const alarms = new Map();
  let id = 0;
  const self = {
    nowAtMs: start,
    alarms,
    waits: /** @type {number[]} */ ([]),
    now: () => self.nowAtMs,
    timer: {
      set(/** @type {() => void} */ callback, /** @type {number} */ ms) {
        self.waits.push(ms);
        alarms.set(++id, { at: self.nowAtMs + ms, callback });
        return id;
      },
      clear: (/** @type {number} */ alarm) => void alarms.delete(alarm),
    },
    /** Time passes, and each alarm goes off when it is due. */
    pass(/** @type {number} */ ms) {
      const until = self.nowAtMs + ms;
      for (;;) {
        const [due] = [...alarms].filter(([, { at }]) => at <= until).sort(([, a], [, b]) => a.at - b.at);
        if (!due) break;
        alarms.delete(due[0]);
        self.nowAtMs = Math.max(self.nowAtMs, due[1].at);
        due[1].callback();
      }
      self.nowAtMs = until;
    },
    /** The machine slept, or somebody set its clock: no alarm goes off. */
    jump: (/** @type {number} */ ms) => void (self.nowAtMs += ms),
  };
  return self;
}

/** @param {any} [options] */
export function desk(options = {}) {
  const time = options.clock ?? clock();
  /** @type {any[]} */
  const sent = [];
  const send = async (/** @type {any} */ message) => {
    sent.push(message);
    return { id: `SM${sent.length}` };
  };
  const { clock: _, ...rest } = options;
  const controller = createController({ conversation: ana, now: time.now, timer: time.timer, send, ...rest });
  /** @type {any[]} */
  const told = [];
  controller.subscribe((snapshot) => void told.push(snapshot));
  return { controller, time, sent, told };
}
