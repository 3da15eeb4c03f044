// @ts-check
/**
 * Accepted signatures and ids, in this process's memory.
 *
 * @import { Acceptance, WindowStore } from "./port.js"
 */

/** Bytes that an entry takes besides its texts: a place in the map, an object, two numbers. An estimate, rather too high. */
const ENTRY_BYTES = 160;

/** @typedef {{ digest: string, atMs: number, bytes: number, seen?: true }} Accepted */

/**
 * Signatures and ids, the first accepted at the front.
 *
 * @param {number} keptMs
 * @param {number} maxBytes
 */
const createMemory = (keptMs, maxBytes) => {
  /** @type {Map<string, Accepted>} */
  const accepted = new Map();
  let bytes = 0;
  /** @param {string} key @param {Accepted} entry */
  const drop = (key, entry) => {
    accepted.delete(key);
    bytes -= entry.bytes;
  };
  return {
    /** @param {number} now */
    expire(now) {
      for (const [key, entry] of accepted) {
        if (now - entry.atMs <= keptMs) return;
        drop(key, entry);
      }
    },
    /** The first word stays. @param {string} key @param {string} digest @param {number} atMs @returns {Accepted} */
    first(key, digest, atMs) {
      const known = accepted.get(key);
      if (known) return known;
      const entry = { digest, atMs, bytes: ENTRY_BYTES + 2 * (key.length + digest.length) };
      accepted.set(key, entry);
      bytes += entry.bytes;
      return entry;
    },
    /** Makes room for a while, so that it is told once. @returns {boolean} whether something had to go before its time */
    shrink() {
      if (bytes <= maxBytes) return false;
      for (const [key, entry] of accepted) {
        if (bytes <= maxBytes - maxBytes / 8) break;
        drop(key, entry);
      }
      return true;
    },
  };
};

/** @param {number} keptMs @param {number} maxBytes @returns {Pick<WindowStore, "accept">} */
export const createAccepted = (keptMs, maxBytes) => {
  const memory = createMemory(keptMs, maxBytes);
  return {
    async accept({ fingerprint, digest, ids, atMs }) {
      memory.expire(atMs);
      const signed = memory.first(`signature/${fingerprint}`, digest, atMs);
      if (signed.digest !== digest) return { kind: "re-cut", atMs: signed.atMs, ids: {} };
      /** @type {Acceptance} */
      const acceptance = { kind: signed.seen ? "repeat" : "new", atMs: signed.atMs, ids: {} };
      signed.seen = true;
      acceptance.ids = Object.fromEntries(ids.map((id) => [id, memory.first(`id/${id}`, "", atMs).atMs]));
      return memory.shrink() ? { ...acceptance, full: true } : acceptance;
    },
  };
};
