// @ts-check
/** What desktops ask: how windows stand, whether a message may go out, what closes soon. */
import { assertString, options, toMs } from "../engine/check.js";
import { fault } from "../engine/fault.js";
import { mergeStates, windowKeys } from "../engine/on-server.js";
import { createGate, maySend } from "../server/gate.js";
import { businessOf } from "../stores/closing.js";
import { isTheirs, ofTheirs } from "./access.js";
import { answer } from "./answers.js";
import { jsonOf, within } from "./body.js";

/**
 * @import { Channel, Identity } from "../../src/wire/types.d.ts"
 * @import { Caller } from "./access.js"
 * @import { Parts } from "./parts.js"
 */

/** Windows that one question may name. */
export const MAX_QUERY = 1_000;

/**
 * A window by who it is with, named as in a body.
 *
 * @param {unknown} given @param {string} path
 * @returns {{ channel: Channel, business: string, customer: Identity, keys: string[] }}
 */
const windowOf = (given, path) => {
  const { channel = "whatsapp", business, customer } = options(given, ["channel", "business", "customer"], path);
  assertString(business, `${path}.business`);
  return { channel, business, customer, keys: within(path, () => windowKeys({ channel, business, customer })) };
};

/** @param {Parts} parts */
export const queryBy = ({ store, statuses, now, observedSince, policies }) => async (/** @type {Request} */ request, /** @type {Caller} */ caller) => {
  const { windows } = options(await jsonOf(request), ["windows"], "body");
  if (!Array.isArray(windows)) throw fault("wrong-type", "windows", "expected a list");
  if (windows.length > MAX_QUERY) throw fault("too-many-windows", "windows", `more than ${MAX_QUERY} in one question`);
  // Of a window that this caller may not see nothing is known; the others are told all the same.
  const asked = windows.map((given, place) => windowOf(given, `windows[${place}]`)).map((one) => ({ ...one, isRefused: !isTheirs(caller, one.business) }));
  // The position first: what changes while this is read comes on the stream from here on.
  const { cursor } = await store.changes();
  const states = (await store.readMany(asked.filter(({ isRefused }) => !isRefused).map(({ keys }) => keys))).values();
  const nowAtMs = now();
  const known = asked.map((one) => ({ ...one, state: (one.isRefused ? undefined : states.next().value) ?? mergeStates([]) }));
  const told = statuses(known, nowAtMs);
  return answer({
    nowAtMs, cursor, ...(Object.keys(policies).length > 0 && { policies }), ...(caller.businesses && { businesses: caller.businesses }),
    windows: known.map(({ keys, state, business, isRefused }, place) => {
      if (isRefused) return { keys, state, status: told[place], refused: "other-business" };
      const observedSinceAtMs = observedSince(business);
      return { keys, state, status: told[place], ...(observedSinceAtMs === undefined ? {} : { observedSinceAtMs }) };
    }),
  });
};

/** @param {Parts} parts */
export const verdictBy = ({ store, now, observedSince, policies, unknown, owner }) => {
  /** @param {Channel} channel */
  const gateOf = (channel) => createGate({
    store: /** @type {any} */ (store), now, observedSince, ...(policies[channel] ? { policy: policies[channel] } : {}), channel,
    ...(unknown ? { unknown } : {}), ...(owner ? { owner } : {}),
  });
  return async (/** @type {Request} */ request, /** @type {Caller} */ caller) => {
    const { channel = "whatsapp", business, customer, ...message } = options(
      await jsonOf(request), ["channel", "business", "customer", "draft", "conversation", "sendId", "confirmed"], "body",
    );
    ofTheirs(caller, business, "business");
    const judgement = await gateOf(channel).judge({ business, customer, ...message });
    return answer({ nowAtMs: now(), maySend: maySend(judgement.verdict), ...judgement });
  };
};

/** Windows of a page, and how many pages are looked through for a caller who may see few of them. */
const [PAGE, MAX_PAGE, MAX_LOOKED] = [100, 1_000, 20];
const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

/** @param {URLSearchParams} query @param {string} name @param {number} most @param {number} [fallback] */
export const numberIn = (query, name, most, fallback) => {
  const text = query.get(name);
  if (text === null && fallback !== undefined) return fallback;
  const number = /^\d{1,12}$/.test(text ?? "") ? Number(text) : 0;
  if (number < 1 || number > most) throw fault("out-of-range", name, `expected a whole number from 1 to ${most}`);
  return number;
};

/** @param {Parts} parts */
export const closingBy = ({ store, statuses, now, positions }) => async (/** @type {Request} */ request, /** @type {Caller} */ caller) => {
  const query = new URL(request.url).searchParams;
  const [within, limit] = [numberIn(query, "within", WEEK_MS), numberIn(query, "limit", MAX_PAGE, PAGE)];
  const nowAtMs = now();
  /** @type {import("../stores/port.js").ClosingWindow[]} */
  const found = [];
  const asked = query.get("after");
  let after = asked === null ? undefined : await positions.open(asked, "after");
  for (let looked = 0; found.length < limit && looked < MAX_LOOKED; looked += 1) {
    const page = await store.closing({ fromMs: nowAtMs, untilMs: nowAtMs + within, limit: limit - found.length, ...(after === undefined ? {} : { after }) });
    found.push(...page.windows.filter(({ keys }) => isTheirs(caller, businessOf(keys[0] ?? ""))));
    after = page.next;
    if (after === undefined) break;
  }
  const told = statuses(found, nowAtMs);
  const windows = found.map(({ keys, state, closesAtMs }, place) => ({ keys, state, status: told[place], closesAtMs }));
  return answer({ nowAtMs, windows, ...(after === undefined ? {} : { next: await positions.seal(after) }) });
};

/** @param {unknown} value @param {string} name @param {number} most an instant in the future is none */
export const instantIn = (value, name, most) => Math.min(most, value === undefined ? most : toMs(/** @type {number} */ (value), name));

/** @param {unknown} value @param {string} name */
export const idIn = (value, name) => {
  const text = assertString(value, name);
  if (text.length < 1 || text.length > 256) throw fault("out-of-range", name, "expected 1 to 256 characters");
  return text;
};
