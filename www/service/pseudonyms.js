// @ts-check
/** A secret of the store's own, and what stands for a customer in the log by it: nothing that leads back without that secret. */

/** @import { SharedStore } from "../stores/port.js" */

const NOTE = "secret";

/** @param {Uint8Array} bytes */
const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** Made once for each store. @param {Pick<SharedStore, "note" | "setNote">} store @returns {() => Promise<Uint8Array<ArrayBuffer>>} */
export const secretIn = (store) => {
  return async () => {
    const told = await store.note(NOTE);
    if (told === undefined) await store.setNote(NOTE, hex(crypto.getRandomValues(new Uint8Array(32))));
    // Two processes may have begun at once: whoever wrote last counts for both, so it is read each time.
    const text = String(told ?? (await store.note(NOTE)));
    return Uint8Array.from({ length: text.length / 2 }, (_, at) => Number.parseInt(text.slice(2 * at, 2 * at + 2), 16));
  };
};

/** @param {() => Promise<Uint8Array<ArrayBuffer>>} secret @returns {(key: string) => Promise<string>} */
export const pseudonymsBy = (secret) => async (key) => {
  try {
    const made = await crypto.subtle.importKey("raw", await secret(), { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
    const signed = await crypto.subtle.sign("HMAC", made, new TextEncoder().encode(key));
    return hex(new Uint8Array(signed).subarray(0, 8));
  } catch {
    return "unknown";
  }
};
