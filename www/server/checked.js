// @ts-check
/**
 * What a host sets up is checked when it is set up: a variable of the environment that is not set stops the start, and not every
 * webhook after it. What a function of the host's hands over is checked when it does.
 */
import { assertBoolean, assertFunction, assertString, options } from "../engine/check.js";
import { fault, kindOf } from "../engine/fault.js";
import { keyList } from "../engine/keys.js";

/** @param {unknown} keys @param {string} [name] */
export const checkKeys = (keys, name = "keys") => {
  if (typeof keys === "function") return;
  if (keys === undefined) throw fault("missing-field", name, "the keys by which webhooks are signed, as a list");
  const list = keyList(keys, name);
  if (list.length === 0) throw fault("key-missing", name, "the list is empty, so no webhook can be verified");
  for (const [place, key] of list.entries()) {
    const isObject = typeof key === "object" && "secret" in key;
    if (key === "" || (isObject && key.secret === "")) throw fault("key-empty", `${name}[${place}]${isObject ? ".secret" : ""}`, "a key must not be empty");
  }
};

/** @param {unknown} address @param {string} [name] */
export const checkAddress = (address, name = "publicUrl") => {
  if (/^(?:https?|wss?):\/\/[^\s/?#]+[^\s]*$/i.test(assertString(address, name))) return;
  throw fault("bad-url", name, "expected the address with its scheme, such as `https://desk.example.com`");
};

/** @param {unknown} store @param {readonly string[]} names of its functions that are called */
export const checkStore = (store, names) => {
  if (store === undefined || store === null) throw fault("missing-field", "store", "expected a store, such as `memoryStore()`");
  if (typeof store !== "object") throw fault("wrong-type", "store", `expected a store, got ${kindOf(store)}`);
  for (const name of names) assertFunction(/** @type {Record<string, unknown>} */ (store)[name], `store.${name}`);
};

/** @param {Record<string, unknown>} given @param {readonly string[]} names of functions that need not be there */
export const checkFunctions = (given, names) => {
  for (const name of names) if (given[name] !== undefined) assertFunction(given[name], name);
};

/** A time that a timer can wait. @param {unknown} ms @param {string} name */
const checkDelay = (ms, name) => {
  if (typeof ms !== "number") throw fault("wrong-type", name, `expected milliseconds, got ${kindOf(ms)}`);
  if (!(ms > 0 && ms < 2 ** 31)) throw fault("out-of-range", name, "expected milliseconds between 0 and 2147483648");
};

const RECEIVER = /** @type {const} */ ([
  "keys", "store", "publicUrl", "now", "onInbound", "onStatus", "shapes", "client", "deadlines", "handOn", "onReport", "allowAuthTokenInPage", "log",
]);

/** @param {unknown} given @returns {any} `ReceiverOptions` without what is `undefined` */
export const receiverOptions = (given) => {
  const found = options(given, RECEIVER);
  const { publicUrl, shapes, client, deadlines, handOn, allowAuthTokenInPage } = found;
  checkKeys(found.keys);
  checkStore(found.store, ["read", "merge", "recordSend", "sendRecord", "accept"]);
  if (publicUrl !== undefined && typeof publicUrl !== "function") checkAddress(publicUrl);
  checkFunctions({ ...found }, ["now", "onInbound", "onStatus", "handOn", "onReport", "log"]);
  if (shapes !== undefined && shapes !== "report" && shapes !== "refuse") throw fault("unknown-name", "shapes", "expected `report` or `refuse`");
  if (allowAuthTokenInPage !== undefined) assertBoolean(allowAuthTokenInPage, "allowAuthTokenInPage");
  if (client !== undefined) assertFunction(client?.message, "client.message");
  const waits = deadlines === undefined ? {} : options(deadlines, ["messagingMs", "conversationsMs"], "deadlines");
  for (const [name, ms] of Object.entries(waits)) checkDelay(ms, `deadlines.${name}`);
  if (handOn !== undefined) assertFunction(found.store.outbox?.add, "store.outbox.add");
  return { ...found, ...(deadlines !== undefined && { deadlines: waits }) };
};

const GATE = /** @type {const} */ (["store", "policy", "channel", "now", "observedSince", "unknown", "owner", "directSend", "serviceMessagesThisMonth", "tags", "timeoutMs"]);

/** What of it the engine reads is the engine's to check. @param {unknown} given @returns {any} `GateOptions` without what is `undefined` */
export const gateOptions = (given) => {
  const found = options(given, GATE);
  checkStore(found.store, ["read"]);
  checkFunctions({ ...found }, ["now", "serviceMessagesThisMonth"]);
  if (found.timeoutMs !== undefined) checkDelay(found.timeoutMs, "timeoutMs");
  if (found.directSend !== undefined && typeof found.directSend !== "function") assertBoolean(found.directSend, "directSend");
  return found;
};

/** Longer ones are cut: whoever reaches a receiver chooses the path. */
const MAX_TOLD = 200;

/**
 * An address for a log: without query, and without the name and password that may stand in it.
 *
 * @param {string} address
 */
export const toldAddress = (address) => {
  const [bare = ""] = address.split(/[?#]/, 1);
  const told = bare.replace(/^([a-z]+:\/\/)[^/]*@/i, "$1").replace(/[^\x21-\x7e]/g, "?");
  return told.length > MAX_TOLD ? `${told.slice(0, MAX_TOLD)}…` : told;
};
