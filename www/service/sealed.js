// @ts-check
/**
 * Bodies that wait to be handed on, as the store keeps them: AES-256-GCM under a key that the store does not have, bound to the id that
 * they stand under. The first key seals, each opens: so keys can be changed while something waits.
 */
import { fault } from "../engine/fault.js";

const [IV_BYTES, KEY_BYTES] = [12, 32];
const utf8 = new TextEncoder();

/** @param {Uint8Array} bytes */
export const toBase64 = (bytes) => {
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x2000) text += String.fromCharCode(...bytes.subarray(at, at + 0x2000));
  return btoa(text);
};

/** @param {string} text @returns {Uint8Array<ArrayBuffer>} */
export const fromBase64 = (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));

/** @param {unknown} text @param {string} name @returns {Uint8Array<ArrayBuffer>} */
const keyBytes = (text, name) => {
  /** @type {Uint8Array<ArrayBuffer> | undefined} */
  let bytes;
  try {
    bytes = typeof text === "string" && /^[A-Za-z0-9+/]{43}=$/.test(text) ? fromBase64(text) : undefined;
  } catch {}
  if (bytes?.length !== KEY_BYTES) throw fault("bad-secret", name, "expected the base64 of 32 bytes, such as `openssl rand -base64 32` prints");
  return bytes;
};

/** @param {readonly string[]} texts the one that seals first */
export const sealer = (texts) => {
  if (!Array.isArray(texts) || texts.length === 0) throw fault("missing-field", "relay.keys", "what waits is encrypted: a key is needed");
  const keys = texts.map((text, place) => crypto.subtle.importKey("raw", keyBytes(text, `relay.keys[${place}]`), "AES-GCM", false, ["encrypt", "decrypt"]));
  return {
    /** @param {string} id @param {string} text */
    async seal(id, text) {
      const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
      const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: utf8.encode(id) }, /** @type {CryptoKey} */ (await keys[0]), utf8.encode(text));
      return toBase64(new Uint8Array([...iv, ...new Uint8Array(sealed)]));
    },
    /** @param {string} id @param {string} text @returns {Promise<string | undefined>} nothing where no key fits */
    async open(id, text) {
      for (const key of keys) {
        try {
          const bytes = fromBase64(text);
          const opened = await crypto.subtle.decrypt({ name: "AES-GCM", iv: bytes.subarray(0, IV_BYTES), additionalData: utf8.encode(id) }, await key, bytes.subarray(IV_BYTES));
          return new TextDecoder().decode(opened);
        } catch {}
      }
      return undefined;
    },
  };
};
