// @ts-check
/**
 * Positions of the queue as callers see them: sealed, because a store's own may hold a key of a window, and so a telephone number, which
 * has no place in an address. All processes on one store read each other's.
 */
import { fault } from "../engine/fault.js";

const IV_BYTES = 12;

/** @param {Uint8Array} bytes */
const toText = (bytes) => btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

/** @param {string} text */
const toBytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (character) => character.charCodeAt(0));

/** @param {() => Promise<Uint8Array<ArrayBuffer>>} secret 32 bytes, the same for all processes */
export const positionsBy = (secret) => {
  const key = async () => {
    const raw = await crypto.subtle.digest("SHA-256", new Uint8Array([...(await secret()), ...new TextEncoder().encode("positions")]));
    return crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
  };
  return {
    /** @param {string} position */
    async seal(position) {
      const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
      const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await key(), new TextEncoder().encode(position));
      return toText(new Uint8Array([...iv, ...new Uint8Array(sealed)]));
    },
    /** @param {string} text @param {string} name @returns {Promise<string>} */
    async open(text, name) {
      const used = await key();
      try {
        const bytes = toBytes(text);
        const opened = await crypto.subtle.decrypt({ name: "AES-GCM", iv: bytes.subarray(0, IV_BYTES) }, used, bytes.subarray(IV_BYTES));
        return new TextDecoder().decode(opened);
      } catch (cause) {
        throw fault("bad-position", name, "expected the `next` of an answer of this service", cause);
      }
    },
  };
};
