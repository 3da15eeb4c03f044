// @ts-check
/** How long the body of a webhook may be, and how many long ones are held at once. */

/**
 * Bytes, by whose signature stands in the head; more is refused before it is copied. Twilio's bodies have 0.5 to 4 KB. "Webhooks payloads can be
 * up to 3MB": https://developers.facebook.com/docs/whatsapp/cloud-api/webhooks. The engine has the same limits.
 */
export const MAX_BODY_BYTES = { twilio: 256 * 1024, meta: 3 * 1024 * 1024 };

/** Who says that two providers signed it is believed neither. @param {{ has: (name: string) => boolean }} headers by lower-case name */
export const bodyLimit = (headers) => (headers.has("x-hub-signature-256") && !headers.has("x-twilio-signature") ? MAX_BODY_BYTES.meta : MAX_BODY_BYTES.twilio);

/** Long is what only some may be. @param {number} length */
export const isLong = (length) => length > MAX_BODY_BYTES.twilio;

/** Long bodies that are read at once: whoever only begins to send one keeps others of its kind waiting, and no more memory busy than these have. */
const LONG_AT_ONCE = 8;
let reading = 0;
/** @type {(() => void)[]} */
const waiting = [];

/** Waits for one of the places. @returns {Promise<() => void>} gives it back */
export async function placeForLong() {
  if (reading >= LONG_AT_ONCE) await new Promise((resolve) => waiting.push(() => resolve(undefined)));
  else reading += 1;
  return () => {
    const next = waiting.shift();
    // It is handed over, so that nobody comes between.
    if (next) next();
    else reading -= 1;
  };
}

/**
 * After a long body a fresh instance takes the place of the engine's: its memory does not shrink by itself.
 *
 * @template T
 * @param {import("./load.js").WasmModule} module
 * @param {Uint8Array | undefined} body
 * @param {() => T} work
 * @returns {T}
 */
export function withRoomFor(module, body, work) {
  try {
    return work();
  } finally {
    if (isLong(body?.length ?? 0)) module.renew();
  }
}
