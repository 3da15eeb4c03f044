// @ts-check
/**
 * Keys that stay in the engine under an id, as long as the caller's list of them lives and is unchanged. They are put
 * there when a list is seen for the second time: a list that is written anew for each call would only fill memory.
 */
/** @import { VerificationKey } from "./keys.js" */
/** @import { WasmModule } from "./load.js" */
/** @typedef {{ module: WasmModule, id: number, crashes: number, keys: readonly VerificationKey[], requireSharedKey: boolean }} CachedKeys */

/** Lists in the engine at a time; the oldest goes. */
const MAX_CACHED_LISTS = 64;

/** @type {WeakMap<object, CachedKeys | "seen">} */
const known = new WeakMap();
/** @type {Set<CachedKeys>} */
const kept = new Set();
/** @type {FinalizationRegistry<CachedKeys> | undefined} */
let collected;

/** @param {VerificationKey} key */
const isText = (key) => typeof key === "string" || ("derived" in key) || typeof (/** @type {any} */ (key).secret) === "string";

/** @param {any} a @param {any} b */
const equal = (a, b) => a === b || (typeof a === "object" && typeof b === "object"
  && a.secret === b.secret && a.derived === b.derived && a.id === b.id && a.algorithm === b.algorithm);

/**
 * @param {WasmModule} module the one that verifies
 * @param {object} owner the caller's list
 * @param {readonly VerificationKey[]} keys what it holds now
 * @param {boolean} requireSharedKey
 * @returns {number | undefined} the id; none for a list that is new, and for bytes, which may be wiped behind our back
 */
export function cachedKeysId(module, owner, keys, requireSharedKey) {
  const before = known.get(owner);
  if (before === undefined) {
    known.set(owner, "seen");
    return undefined;
  }
  if (before !== "seen") {
    if (isCurrent(before, module, keys, requireSharedKey)) return before.id;
    forget(before);
  }
  return keys.length > 0 && keys.every(isText) ? keep(module, owner, keys, requireSharedKey) : undefined;
}

/**
 * @param {CachedKeys} cached
 * @param {WasmModule} module
 * @param {readonly VerificationKey[]} keys
 * @param {boolean} requireSharedKey
 */
function isCurrent(cached, module, keys, requireSharedKey) {
  return kept.has(cached) && cached.module === module && cached.crashes === module.crashes && cached.requireSharedKey === requireSharedKey
    && cached.keys.length === keys.length && cached.keys.every((key, index) => equal(key, keys[index]));
}

/**
 * @param {WasmModule} module
 * @param {object} owner
 * @param {readonly VerificationKey[]} keys
 * @param {boolean} requireSharedKey
 */
function keep(module, owner, keys, requireSharedKey) {
  const id = module.call("verifierAdd", requireSharedKey ? { keys, requireSharedKey } : { keys });
  const cached = { module, id, crashes: module.crashes, keys, requireSharedKey };
  for (const oldest of kept) {
    if (kept.size < MAX_CACHED_LISTS) break;
    forget(oldest);
  }
  kept.add(cached);
  known.set(owner, cached);
  if (typeof FinalizationRegistry === "function") {
    collected ??= new FinalizationRegistry(forget);
    collected.register(owner, cached);
  }
  return id;
}

/** @param {CachedKeys} cached */
function forget(cached) {
  // After a crash the id is gone, or is that of another list.
  if (kept.delete(cached) && cached.crashes === cached.module.crashes) cached.module.run((engine) => engine.verifierRemove(cached.id));
}
