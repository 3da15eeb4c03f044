// @ts-check
import { fault } from "../../engine/fault.js";

/**
 * A command to the server that holds a key; the other keys of the command are in the same slot.
 * @typedef {(key: string, command: string[]) => Promise<any>} Send
 */

/** @param {string} text */
const sha1 = async (text) =>
  Array.from(new Uint8Array(await crypto.subtle.digest("SHA-1", new TextEncoder().encode(text))), (byte) => byte.toString(16).padStart(2, "0")).join("");

/** Runs a script by its hash; a server that does not know it yet is told it whole. @param {Send} send */
export const scriptsOn = (send) => {
  /** @type {Map<string, Promise<string>>} */
  const hashes = new Map();
  /** @param {string} script @param {string[]} keys @param {string[]} values @returns {Promise<any>} */
  return async (script, keys, values) => {
    const hash = hashes.get(script) ?? sha1(script);
    hashes.set(script, hash);
    const rest = [String(keys.length), ...keys, ...values];
    const [key = ""] = keys;
    return send(key, ["EVALSHA", await hash, ...rest]).catch((error) => {
      if (!String(error?.message).startsWith("NOSCRIPT")) throw error;
      return send(key, ["EVAL", script, ...rest]);
    });
  };
};

/** A connection of `@redis/client`. @param {string} url @returns {Promise<{ send: Send, close: () => Promise<void> }>} */
export const connect = async (url) => {
  const { createClient } = await import("@redis/client").catch((error) => {
    throw fault("redis-client-missing", "url", "the Redis client is not installed: npm install @redis/client", error);
  });
  const client = createClient({ url, RESP: 2 });
  // It connects again by itself; what was asked meanwhile fails where it was asked.
  client.on("error", () => {});
  await client.connect();
  return { send: (_, command) => client.sendCommand(command), close: async () => client.destroy() };
};

/** FNV-1a. @param {string} text */
const hashOf = (text) => {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash >>> 0;
};

/** @typedef {ReturnType<typeof placesIn>} Places */

/**
 * Where things stand. All keys of a window begin with the same channel and business address, so they share a slot.
 *
 * @param {string} prefix
 * @param {number} tags
 */
export const placesIn = (prefix, tags) => {
  const all = Array.from({ length: tags }, (_, tag) => `${prefix}:{${tag}}:`);
  /** @param {string} text */
  const of = (text) => /** @type {string} */ (all[hashOf(text) % tags]);
  /** What was not made by `windowKeys` names no business address and stands in one place. @param {string} key of a window */
  const placeOfKey = (key) => (tags === 1 ? /** @type {string} */ (all[0]) : of(key.includes("/") ? key.split("/", 2).join("/") : ""));
  return {
    all,
    of,
    ofKey: placeOfKey,
    /** What belongs to one place each. @template Item @param {readonly Item[]} items @param {(item: Item) => string} keyOf @returns {Map<string, Item[]>} */
    group(items, keyOf) {
      /** @type {Map<string, Item[]>} */
      const groups = new Map();
      for (const item of items) {
        const place = placeOfKey(keyOf(item));
        const group = groups.get(place);
        if (group) group.push(item);
        else groups.set(place, [item]);
      }
      return groups;
    },
  };
};
