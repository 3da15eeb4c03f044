// @ts-check
import { ReplyWindowError } from "../engine/errors.js";

/** The engine refuses larger bodies; here they are refused before they are held in memory. */
export const MAX_BODY_BYTES = 256 * 1024;

const tooLarge = () => new ReplyWindowError("body-too-large", "the body is larger than 256 KiB");

/** @param {Uint8Array[]} chunks @param {number} size */
const joined = (chunks, size) => {
  const body = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    body.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return body;
};

/**
 * The raw bytes of a request, at most `limit` of them.
 *
 * @param {Request} request
 * @param {number} [limit]
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
export const readBody = async (request, limit = MAX_BODY_BYTES) => {
  if (Number(request.headers.get("content-length")) > limit) throw tooLarge();
  if (!request.body) return new Uint8Array(0);
  const reader = request.body.getReader();
  const chunks = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return joined(chunks, size);
    size += value.byteLength;
    if (size > limit) {
      await reader.cancel();
      throw tooLarge();
    }
    chunks.push(value);
  }
};
