// @ts-check
/** Ids of sends. */

/**
 * An id that no other send has. `crypto.randomUUID` is there on secure pages only; desktops on a company's own network
 * may not be.
 *
 * @returns {string} 32 hexadecimal digits
 */
export function newSendId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
