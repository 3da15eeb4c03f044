// Ours, and four rules that others use. Each hears the same arrivals and is asked at the same instants.

import { foldEvents, windowStatus } from "reply-window";
import { LENGTH_MS } from "./customer.mjs";
import { HOUR } from "./world.mjs";

/**
 * @import { Arrival, Attempt } from "./customer.mjs"
 * @import { World } from "./world.mjs"
 */

/** 50 ppm over the longest outage. */
const DRIFT_MS = 1_100;

/** What a rule decided by. `eventMs`: when the message that it goes by was written; `seenMs`: when that was heard of; `clockMs`: how wrong its clocks were, together. `reason`: the engine's own. */
/** @typedef {{ isOpen: boolean, basis?: Basis, clockMs: number, reason?: string }} Answer */
/** @typedef {{ id: string, eventMs: number, seenMs: number, errorMs: number, isDated: boolean }} Basis */
/**
 * @typedef {object} Rule
 * @property {boolean} [takesAll] also what does not come by the webhook
 * @property {(arrival: Arrival) => void} hear
 * @property {(attempt: Attempt) => Answer} ask
 * @property {(attempt: Attempt, outcome: "delivered" | "refused") => void} sent
 */

/** @param {Arrival} arrival @returns {Basis} */
const basisOf = ({ message, atMs, errorMs, by }) => ({ id: message.id, eventMs: message.atMs, seenMs: atMs, errorMs, isDated: by !== "webhook" });

/** The engine, fed as the receiver feeds it: a time of the provider's is capped at the receipt. @returns {Rule} */
const ours = () => {
  const states = /** @type {(ReturnType<typeof foldEvents> | undefined)[]} */ ([undefined, undefined]);
  /** @type {Map<string, Basis>} */
  const heard = new Map();
  let sends = 0;
  return {
    takesAll: true,
    hear(arrival) {
      const { message: { id, business, atMs: eventMs }, atMs, errorMs, by } = arrival;
      const receiptAtMs = Math.round(atMs + errorMs);
      // Two sources tell of one message: the first account of it stays the basis, unless a dated one comes.
      if (!heard.has(id) || by !== "webhook") heard.set(id, basisOf(arrival));
      states[business] = foldEvents(states[business], [{ log: "customer", id, kind: "text", receiptAtMs, ...(by === "webhook" ? {} : { providerAtMs: Math.min(eventMs, receiptAtMs) }) }]);
    },
    ask({ atMs, business, desk }) {
      // A machine that slept asks anew, and says unknown where nobody answers. One that is awake goes on with what it knew, by a clock that drifts.
      if (!desk.reachable && desk.asleepForMs > 0) return { isOpen: false, clockMs: 0, reason: "unreachable" };
      const state = states[business];
      if (!state) return { isOpen: false, clockMs: 0, reason: "no-evidence" };
      const boundMs = desk.boundMs + (desk.reachable ? 0 : DRIFT_MS);
      const now = Math.round(atMs + desk.askedErrorMs + boundMs);
      const { isOpen, reason, decidedBy } = windowStatus(state, { now });
      const basis = decidedBy && heard.get(decidedBy.id);
      return { isOpen, reason, clockMs: Math.abs(desk.askedErrorMs) + Math.abs(basis?.errorMs ?? 0) + boundMs, ...(basis && { basis }) };
    },
    sent({ atMs, business, tellsRefusal }, outcome) {
      if (outcome !== "refused" || !tellsRefusal) return;
      states[business] = foldEvents(states[business], [{ log: "refused", id: `OUT${(sends += 1)}`, kind: "session-message", providerAtMs: atMs }]);
    },
  };
};

/** What the others hear: each webhook once, by its id; they neither take Event Streams nor look for what they missed. */
const webhooks = () => {
  /** @type {Set<string>} */
  const known = new Set();
  /** @param {Arrival} arrival */
  return ({ by, message: { id } }) => {
    if (by !== "webhook" || known.has(id)) return false;
    known.add(id);
    return true;
  };
};

/** A conversation that nobody touched so long is resolved. */
const RESOLVED_MS = 36 * HOUR;

/** By the time at which the row was inserted, within the conversation: one that is begun anew knows nothing of before. @returns {Rule} */
const insertTime = () => {
  const isNew = webhooks();
  const rows = /** @type {(Basis | undefined)[]} */ ([]);
  return {
    hear: (arrival) => void (isNew(arrival) && (rows[arrival.message.business] = basisOf(arrival))),
    ask({ atMs, business, desk, fresh }) {
      const row = rows[business];
      if (!row || fresh || atMs - row.seenMs > RESOLVED_MS) return { isOpen: false, clockMs: 0, reason: "new-conversation" };
      return { isOpen: atMs + desk.askedErrorMs < row.seenMs + row.errorMs + LENGTH_MS, basis: row, clockMs: Math.abs(desk.askedErrorMs) + Math.abs(row.errorMs) };
    },
    sent() {},
  };
};

/** By what a webhook told last, and nothing else. @param {(attempt: Attempt, row: Basis) => boolean} isOpen @param {(desk: Attempt["desk"]) => number} errorOf of the clock that is asked @returns {Rule} */
const lastWebhook = (isOpen, errorOf) => {
  const isNew = webhooks();
  const last = /** @type {(Basis | undefined)[]} */ ([]);
  return {
    hear: (arrival) => void (isNew(arrival) && (last[arrival.message.business] = basisOf(arrival))),
    ask(attempt) {
      const row = last[attempt.business];
      if (!row) return { isOpen: false, clockMs: 0, reason: "no-evidence" };
      return { isOpen: isOpen(attempt, row), basis: row, clockMs: Math.abs(errorOf(attempt.desk)) + Math.abs(row.errorMs) };
    },
    sent() {},
  };
};

/** By clocks on the wall, whose hours are not all as long. @param {World} world @returns {Rule} */
const wallClock = ({ wallClock: local }) =>
  lastWebhook(({ atMs, desk }, row) => local(atMs + desk.askedErrorMs) < local(row.seenMs + row.errorMs) + LENGTH_MS, ({ askedErrorMs }) => askedErrorMs);

/** By the last message of the conversation, whoever wrote it. @returns {Rule} */
const eitherSide = () => {
  const isNew = webhooks();
  const last = /** @type {(Basis | undefined)[]} */ ([]);
  const latest = /** @type {number[]} */ ([]);
  return {
    hear(arrival) {
      if (!isNew(arrival)) return;
      last[arrival.message.business] = basisOf(arrival);
      latest[arrival.message.business] = arrival.atMs + arrival.errorMs;
    },
    ask({ atMs, business, desk }) {
      const row = last[business];
      if (!row) return { isOpen: false, clockMs: 0, reason: "no-evidence" };
      return { isOpen: atMs + desk.askedErrorMs < Number(latest[business]) + LENGTH_MS, basis: row, clockMs: Math.abs(desk.askedErrorMs) + Math.abs(row.errorMs) };
    },
    sent({ atMs, business }, outcome) {
      if (outcome === "delivered") latest[business] = atMs;
    },
  };
};

/** By the clock of the agent's machine, as it is set. @returns {Rule} */
const clientClock = () =>
  lastWebhook(({ atMs, desk }, row) => atMs + desk.rawErrorMs < row.seenMs + row.errorMs + LENGTH_MS, ({ rawErrorMs }) => rawErrorMs);

/** @type {Record<string, (world: World) => Rule>} */
export const RULES = {
  "reply-window": ours,
  "insert time, per conversation": insertTime,
  "local wall clock": wallClock,
  "last message of either side": eitherSide,
  "the client's own clock": clientClock,
};
