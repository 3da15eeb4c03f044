// @ts-check
import { assertString, options } from "../engine/check.js";
import { fault } from "../engine/fault.js";
import { explainProviderError, judge, mergeStates, windowKeys } from "../engine/on-server.js";
import { gateOptions } from "./checked.js";
import { inTime } from "./deadline.js";
import { leavesNow } from "../engine/fallback-verdict.js";

/**
 * @import { Channel, Draft, Identity, Judgement, NotOwner, Policy, Unknown, Verdict } from "../../src/wire/types.d.ts"
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
 * @property {Unknown} [unknown] what becomes of free text in an unknown window that nobody confirmed; default `block`
 * @property {NotOwner} [owner] what becomes of free text while another responder holds the thread; default `ask`: a person's yes lets it out
 * @property {boolean | ((business: string) => boolean)} [directSend] whether utility messages may go out without a template, if the
 *   draft states it (`{ kind: "direct-send", category: "utility" }`); default `false`. Off for an address once `refused` told a code that ends it.
 * @property {(business: string) => number | undefined} [serviceMessagesThisMonth] messages in the window that an address has sent since the month began
 * @property {readonly string[]} [tags] that this middleware can put on a message; default: none
 * @property {number} [timeoutMs] how long the store may take; default 5,000
 */

/**
 * A person's yes, as it came with the message. Whoever does not want one to count does not hand it in.
 *
 * @typedef {object} Confirmed
 * @property {string} conversation
 * @property {string} sendId
 * @property {string} reason
 */

/**
 * @typedef {object} GateMessage
 * @property {string} business
 * @property {Identity} customer
 * @property {Draft} [draft] default: free text
 * @property {string} [conversation] the desktop's id of the conversation that it is sent in
 * @property {string} [sendId] the desktop's id of this send
 * @property {Confirmed} [confirmed] needs both of the above
 */

/**
 * Why a yes did not count: it was said to a send in another conversation, to another send, or to another reason than the
 * one that stops this message now.
 *
 * @typedef {"confirmed-other-conversation" | "confirmed-other-send" | "confirmed-other-reason"} Unconfirmed
 */

/** An agent waits for the answer. */
const STORE_MS = 5_000;

/**
 * The question before every send, on the server: the browser is never the only guard.
 *
 * @param {GateOptions} given
 * @throws {import("../engine/errors.js").ReplyWindowError} at once: `missing-field` for `store`, `unknown-field` for an option that there is not, `wrong-type`,
 *   `out-of-range` for `timeoutMs`; what the engine reads (`channel`, `policy`, `unknown`, `owner`, `tags`) `judge` tells
 * @example
 * const gate = createGate({ store });
 * const { verdict } = await gate.judge({ business: "+14155238886", customer: { phone: "+491701234567" } });
 * if (!maySend(verdict)) return offerTemplate(verdict.reason);
 */
export const createGate = (given) => {
  const { store, policy, channel = "whatsapp", now = Date.now, observedSince, unknown = "block", owner, directSend = false, serviceMessagesThisMonth, tags, timeoutMs = STORE_MS } = /** @type {GateOptions} */ (gateOptions(given));
  /** Addresses for which the provider ended it. @type {Set<string>} */
  const ended = new Set();
  const mayDirectSend = (/** @type {string} */ business) => !ended.has(business) && (typeof directSend === "function" ? directSend(business) : directSend);
  return {
    /**
     * Tells a provider's refusal of any message: 131064 switches Direct Send off for this address until the gate is made anew.
     *
     * @param {{ business: string, code: number }} refusal
     */
    refused({ business, code }) {
      if (explainProviderError({ code }).directSend === "stops") ended.add(assertString(business, "business"));
    },
    /**
     * @param {GateMessage} message
     * @returns {Promise<Judgement & { unconfirmed?: Unconfirmed }>} `unconfirmed`: why the yes that came with it does not count
     * @throws {import("../engine/errors.js").ReplyWindowError} `store-timed-out`: send nothing; `missing-field`, `wrong-type`, `unknown-field` for a yes that is none
     */
    async judge({ business, customer, draft = { kind: "text" }, conversation, sendId, confirmed }) {
      const { reason, unconfirmed } = confirmationOf({ conversation, sendId, confirmed });
      const keys = windowKeys({ channel, business, customer });
      const state = await inTime(timeoutMs, () => store.read(keys));
      const since = typeof observedSince === "function" ? observedSince(business) : observedSince;
      const judgement = judge(state ?? mergeStates([]), draft, {
        ...(policy ? { policy } : { channel }),
        observedSince: since, now: now(), unknown, owner, tags, confirmed: reason,
        directSend: mayDirectSend(business), serviceMessagesThisMonth: serviceMessagesThisMonth?.(business),
      });
      const code = unconfirmed ?? (reason !== undefined && reason !== judgement.verdict.reason ? "confirmed-other-reason" : undefined);
      return maySend(judgement.verdict) || code === undefined ? judgement : { ...judgement, unconfirmed: code };
    },
  };
};

/**
 * The reason that was confirmed for this very send.
 *
 * @param {Pick<GateMessage, "conversation" | "sendId" | "confirmed">} send
 * @returns {{ reason?: string, unconfirmed?: Unconfirmed }}
 */
const confirmationOf = (send) => {
  if (send.confirmed === undefined) return {};
  const confirmed = options(send.confirmed, ["conversation", "sendId", "reason"], "confirmed");
  for (const name of /** @type {const} */ (["conversation", "sendId", "reason"])) assertString(confirmed[name], `confirmed.${name}`);
  for (const name of /** @type {const} */ (["conversation", "sendId"])) {
    if (send[name] === undefined) throw fault("missing-field", name, "required where a yes is handed in");
    assertString(send[name], name);
  }
  if (confirmed.conversation !== send.conversation) return { unconfirmed: "confirmed-other-conversation" };
  if (confirmed.sendId !== send.sendId) return { unconfirmed: "confirmed-other-send" };
  return { reason: confirmed.reason };
};

/**
 * Whether it may be handed to the provider now; a message that leaves `with-tag` with `verdict.tag` on it.
 *
 * @param {Pick<Verdict, "leaves">} verdict
 */
export const maySend = (verdict) => leavesNow(verdict);
