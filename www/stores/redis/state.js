// @ts-check
import { mergeStates } from "../../engine/on-server.js";

/** @import { EventKind, WindowRecord, WindowState } from "../../../src/wire/types.d.ts" */

const LOGS = /** @type {const} */ (["customer", "refused", "sent", "thread", "marketing"]);

/** The last two maps are there only where something is in them. @param {WindowState} state @param {typeof LOGS[number]} log */
const recordsOf = (state, log) => state[log] ?? [];

/**
 * A record's kind, and who held the thread then or how it is known where it tells: records that differ in any stand side by side.
 *
 * @param {WindowRecord} record
 */
const sortOf = ({ kind, owner, ownerRole, toldBy }) =>
  [kind, ...(owner ? [owner] : []), ...(ownerRole ? [ownerRole] : []), ...(toldBy ? [`by-${toldBy}`] : [])].join("+");

/** @param {WindowState} state @returns {[field: string, times: string][]} */
export const fieldsOf = (state) => LOGS.flatMap((log) => recordsOf(state, log).map((record) => {
  const { id, providerAtMs = "", receiptAtMs = "", desktopAtMs = "" } = record;
  return /** @type {[string, string]} */ ([`${log}|${sortOf(record)}|${id}`, `${providerAtMs},${receiptAtMs},${desktopAtMs}`]);
}));

/** @param {string} field @param {string} times @returns {WindowRecord} */
const recordOf = (field, times) => {
  const [, sort = "", ...id] = field.split("|");
  const [kind, ...rest] = sort.split("+");
  const toldBy = rest.find((part) => part.startsWith("by-"))?.slice(3);
  const [owner, ownerRole] = rest.filter((part) => !part.startsWith("by-"));
  const [p, r, d] = times.split(",");
  return {
    id: id.join("|"), kind: /** @type {EventKind} */ (kind),
    ...(owner ? { owner: /** @type {WindowRecord["owner"]} */ (owner) } : {}), ...(ownerRole ? { ownerRole: /** @type {WindowRecord["ownerRole"]} */ (ownerRole) } : {}),
    ...(toldBy ? { toldBy: /** @type {WindowRecord["toldBy"]} */ (toldBy) } : {}),
    ...(p ? { providerAtMs: Number(p) } : {}), ...(r ? { receiptAtMs: Number(r) } : {}), ...(d ? { desktopAtMs: Number(d) } : {}),
  };
};

const ASCII = /^[\x20-\x7e]+$/;

/**
 * The state as the engine gives it, where there is nothing to join: each id once. Others than those of ASCII are the engine's to order.
 *
 * @param {WindowState} state @returns {WindowState | undefined}
 */
const inOrder = (state) => {
  for (const log of LOGS) {
    const records = recordsOf(state, log);
    const ids = new Set(records.map(({ id }) => id));
    if (ids.size < records.length || !records.every(({ id }) => ASCII.test(id))) return undefined;
    records.sort((a, b) => (a.id < b.id ? -1 : 1));
  }
  return state;
};

/** A window as it stands in Redis. @typedef {{ keys: string[], state: WindowState, change: string }} Stored */

/** @param {string[]} flat names and values of a hash, one after another @returns {Stored | undefined} nothing for an empty one */
export const storedIn = (flat) => {
  if (flat.length === 0) return undefined;
  /** @type {string[]} */
  const keys = [];
  /** @type {WindowState} */
  const told = { version: 1, customer: [], refused: [], sent: [] };
  let change = "";
  for (let at = 0; at < flat.length; at += 2) {
    const [field = "", value = ""] = [flat[at], flat[at + 1]];
    if (field === "r") change = value;
    else if (field.startsWith("k|")) keys.push(field.slice(2));
    else (told[/** @type {typeof LOGS[number]} */ (field.slice(0, field.indexOf("|")))] ??= []).push(recordOf(field, value));
  }
  return { keys, state: inOrder(told) ?? mergeStates([told]), change };
};

/** The fields that a smaller state no longer needs. @param {WindowState} state @param {WindowState} kept @returns {string[]} */
export const droppedFields = (state, kept) => {
  const stay = new Set(LOGS.flatMap((log) => recordsOf(kept, log).map(({ id }) => `${log}|${id}`)));
  return LOGS.flatMap((log) => recordsOf(state, log).filter(({ id }) => !stay.has(`${log}|${id}`)).map((record) => `${log}|${sortOf(record)}|${record.id}`));
};
