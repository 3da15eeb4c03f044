// @ts-check
/**
 * UTF-8, both ways, made when it is first asked for. A DOM that is played in Node may lack both (jsdom under Jest): there Node's own
 * `Buffer` does the same.
 */

/** @returns {any} */
const node = () => /** @type {any} */ (globalThis).Buffer;

/** One of its own for each module: Safari's takes 2 GiB in all. A mark of byte order is kept. */
export function newDecoder() {
  /** @type {TextDecoder | undefined} */
  let decoder;
  const decode = (/** @type {Uint8Array} */ bytes) => typeof TextDecoder === "undefined" ? String(node().from(bytes)) : (decoder ??= new TextDecoder("utf-8", { ignoreBOM: true })).decode(bytes);
  return { decode };
}

/** @type {TextEncoder | undefined} */
let encoder;

export const utf8 = {
  ...newDecoder(),
  /** @param {string} text @returns {Uint8Array<ArrayBuffer>} */
  encode: (text) => typeof TextEncoder === "undefined" ? node().from(text) : (encoder ??= new TextEncoder()).encode(text),
  /** @param {string} text @param {Uint8Array} view with room for it @returns {{ written: number }} */
  encodeInto(text, view) {
    if (typeof TextEncoder !== "undefined") return (encoder ??= new TextEncoder()).encodeInto(text, view);
    const bytes = utf8.encode(text);
    view.set(bytes);
    return { written: bytes.length };
  },
};

/** Without a mark of byte order. @param {Uint8Array} [bytes] */
export const textOf = (bytes = new Uint8Array()) => utf8.decode(bytes).replace(/^\uFEFF/, "");
