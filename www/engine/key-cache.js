// @ts-check
/**
 * Keys that stay in the engine under an id, as long as the caller's list of them lives and is unchanged. They are put
 * there when a list is seen for the second time: a list that is written anew for each call would only fill memory.
 */
import { webhooks } from "./webhooks.js";

/** @import { VerificationKey } from "./keys.js" */
/** @typedef {{ id: number, crashes: number, keys: readonly VerificationKey[], requireSharedKey: boolean }} Ring */

/** At most so many in the engine; the oldest goes. */
const MOST = 64;

/** @type {WeakMap<object, Ring | "seen">} */
const known = new WeakMap();
/** @type {Set<Ring>} */
const kept = new Set();
/** @type {FinalizationRegistry<Ring> | undefined} */
let collected;

/** @param {VerificationKey} key */
const isText = (key) => typeof key === "string" || ("derived" in key) || typeof (/** @type {any} */ (key).secret) === "string";

/** @param {any} a @param {any} b */
const equal = (a, b) => a === b || (typeof a === "object" && typeof b === "object"
  && a.secret === b.secret && a.derived === b.derived && a.id === b.id && a.algorithm === b.algorithm);

/**
 * @param {object} owner the caller's list
 * @param {readonly VerificationKey[]} keys what it holds now
 * @param {boolean} requireSharedKey
 * @returns {number | undefined} the id; none for a list that is new, and for bytes, which may be wiped behind our back
 */
export function ringOf(owner, keys, requireSharedKey) {
  const before = known.get(owner);
  if (before === undefined) {
    known.set(owner, "seen");
    return undefined;
  }
  if (before !== "seen") {
    if (isCurrent(before, keys, requireSharedKey)) return before.id;
    forget(before);
  }
  return keys.length > 0 && keys.every(isText) ? keep(owner, keys, requireSharedKey) : undefined;
}

/**
 * @param {Ring} ring
 * @param {readonly VerificationKey[]} keys
 * @param {boolean} requireSharedKey
 */
function isCurrent(ring, keys, requireSharedKey) {
  return kept.has(ring) && ring.crashes === webhooks.crashes && ring.requireSharedKey === requireSharedKey
    && ring.keys.length === keys.length && ring.keys.every((key, index) => equal(key, keys[index]));
}

/**
 * @param {object} owner
 * @param {readonly VerificationKey[]} keys
 * @param {boolean} requireSharedKey
 */
function keep(owner, keys, requireSharedKey) {
  const id = webhooks.call("verifierAdd", requireSharedKey ? { keys, requireSharedKey } : { keys });
  const ring = { id, crashes: webhooks.crashes, keys, requireSharedKey };
  for (const oldest of kept) {
    if (kept.size < MOST) break;
    forget(oldest);
  }
  kept.add(ring);
  known.set(owner, ring);
  if (typeof FinalizationRegistry === "function") {
    collected ??= new FinalizationRegistry(forget);
    collected.register(owner, ring);
  }
  return id;
}

/** @param {Ring} ring */
function forget(ring) {
  // After a crash the id is gone, or is that of another list.
  if (kept.delete(ring) && ring.crashes === webhooks.crashes) webhooks.run((engine) => engine.verifierRemove(ring.id));
}
