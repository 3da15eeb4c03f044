// @ts-check
import { judge, mergeStates, windowKeys } from "../engine/session.js";

/**
 * @import { Channel, Draft, Identity, Judgement, Policy, Verdict } from "../../src/wire/types.d.ts"
 * @import { WindowStore } from "../stores/port.js"
 */

/**
 * @typedef {object} GateOptions
 * @property {WindowStore} store
 * @property {Policy} [policy] default: the engine's policy of the channel
 * @property {Channel} [channel]
 * @property {() => number} [now] UTC milliseconds
 * @property {number | ((business: string) => number | undefined)} [observedSince] since when every event of this business
 *   address has been seen without a gap (UTC milliseconds); makes silence say something
 * @property {boolean} [strict] default `true`: without evidence, no free text
 */

/**
 * The question before every send, on the server: the browser is never the only guard.
 *
 * @param {GateOptions} options
 * @example
 * const gate = createGate({ store });
 * const { verdict } = await gate.judge({ business: "+14155238886", customer: { phone: "+491701234567" } });
 * if (!maySend(verdict)) return offerTemplate(verdict.reason);
 */
export const createGate = ({ store, policy, channel = "whatsapp", now = Date.now, observedSince, strict = true }) => ({
  /**
   * @param {{ business: string, customer: Identity, draft?: Draft }} message
   * @returns {Promise<Judgement>}
   */
  async judge({ business, customer, draft = { kind: "text" } }) {
    const state = await store.read(windowKeys({ channel, business, customer }));
    const since = typeof observedSince === "function" ? observedSince(business) : observedSince;
    return judge(state ?? mergeStates([]), draft, {
      ...(policy ? { policy } : { channel }),
      ...(since === undefined ? {} : { observedSince: since }),
      now: now(),
      strict,
    });
  },
});

/** What may leave without a person's word. @type {ReadonlySet<string>} */
const PASSES = new Set(["allowed", "tagged", "paid"]);

/** @param {Verdict} verdict */
export const maySend = (verdict) => PASSES.has(verdict.kind);
