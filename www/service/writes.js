// @ts-check
/** What is told by whoever sends, and what is forgotten when a customer wants it. */
import { options } from "../engine/check.js";
import { fault } from "../engine/fault.js";
import { policyFor, windowKeys } from "../engine/on-server.js";
import { recordSend } from "../server/record-send.js";
import { businessOf, channelOf } from "../stores/closing.js";
import { isTheirs, ofTheirs } from "./access.js";
import { answer } from "./answers.js";
import { jsonOf, within } from "./body.js";
import { idIn, instantIn } from "./windows.js";

/**
 * @import { Channel, Identity } from "../../src/wire/types.d.ts"
 * @import { Caller } from "./access.js"
 * @import { Parts } from "./parts.js"
 */

/** @param {Parts} parts */
export const sendsBy = ({ store, now, policies, changed }) => async (/** @type {Request} */ request, /** @type {Caller} */ caller) => {
  const { id, channel = "whatsapp", business, customer, kind, atMs } = options(await jsonOf(request), ["id", "channel", "business", "customer", "kind", "atMs"], "body");
  ofTheirs(caller, business, "business");
  if (kind !== "session-message" && kind !== "template-message") throw fault("unknown-name", "kind", "expected session-message or template-message");
  const nowAtMs = now();
  const message = { id: idIn(id, "id"), channel, business, customer, kind, atMs: instantIn(atMs, "atMs", nowAtMs) };
  if (windowKeys({ channel, business, customer }).length === 0) throw fault("bad-address", "customer", "it names no window");
  const state = await recordSend(/** @type {any} */ (store), { ...message, counts: (policies[/** @type {Channel} */ (channel)] ?? policyFor(channel)).maxUnanswered !== undefined });
  if (state) changed();
  return answer({ nowAtMs, recorded: true });
};

/**
 * Every window of this customer with addresses of ours that the caller may name. Windows are found by their keys, each address once.
 *
 * @param {Parts} parts @param {string} wantedChannel @param {Identity} customer @param {Caller} caller
 */
const windowsWith = async ({ store }, wantedChannel, customer, caller) => {
  /** What the customer's keys are, by address of ours. @type {Map<string, readonly string[]>} */
  const wanted = new Map();
  /** @type {Set<string>} */
  const found = new Set();
  for await (const { keys } of store.windows()) {
    const [key = ""] = keys;
    const [channel, business] = [channelOf(key), businessOf(key)];
    if (channel !== wantedChannel || !isTheirs(caller, business)) continue;
    const theirs = wanted.get(business) ?? within("body", () => windowKeys({ channel, business, customer }));
    wanted.set(business, theirs);
    for (const one of theirs) if (keys.includes(one)) found.add(one);
  }
  return [...found];
};

/** @param {Parts} parts */
export const eraseBy = (parts) => async (/** @type {Request} */ request, /** @type {Caller} */ caller) => {
  const { channel = "whatsapp", business, customer } = options(await jsonOf(request), ["channel", "business", "customer"], "body");
  if (business !== undefined) ofTheirs(caller, business, "business");
  // An address of ours that keeps nothing: what is wrong with the customer is told whether anything is known or not.
  const own = windowKeys({ channel, business: business ?? "+10000000000", customer });
  if (own.length === 0) throw fault("bad-address", "customer", "it names no window");
  const keys = business === undefined ? await windowsWith(parts, channel, customer, caller) : own;
  let erased = 0;
  for (const key of keys) erased += Number(await parts.store.erase([key]));
  if (erased > 0) parts.log({ event: "erased", customer: await parts.pseudonym(own[0] ?? ""), windows: erased });
  return answer({ nowAtMs: parts.now(), erased });
};
