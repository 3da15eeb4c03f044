// @ts-check
/**
 * The variants of an address that the platform's `URL` makes. Twilio signs the text it was configured with; a server
 * may hand over what it parsed. twilio-node 6.3.1 tries the same two behind the text as received, each with and
 * without its port (which the engine does).
 */

import { MAX_URL_BYTES } from "./request.js";
import { utf8 } from "./utf8.js";

/**
 * Addresses that parsing cannot change but for the port: the common case, told apart without parsing. At most one
 * pair in the query, because several may be put into another order.
 */
const UNCHANGED_BY_PARSING = /^https?:\/\/(?:[a-z0-9-]+\.)*[a-z][a-z0-9-]*\/[\w~!$&()*+,;=:@.\/-]*(?:\?[A-Za-z_][\w.~!*()-]*=[\w.~!*()-]*)?$/;

/**
 * @param {string} url
 * @returns {string[]} none where they are the text itself, or where it is no address
 */
export function urlVariants(url) {
  // Segments that begin with a dot may be `.` and `..`, which parsing resolves.
  if (UNCHANGED_BY_PARSING.test(url) && !url.includes("/.")) return [];
  let href;
  try {
    ({ href } = new URL(url));
  } catch {
    return [];
  }
  const found = new Set([href, withLegacyQuery(href)]);
  found.delete(url);
  // They are ASCII, and up to nine times as long.
  return [...found].filter(({ length }) => length <= MAX_URL_BYTES);
}

/**
 * With the query as Node's legacy `querystring` writes it again (`%27` becomes `'`, repeated names come together). A
 * fragment would become part of the query, so an address with one is left as it is.
 *
 * @param {string} href
 */
function withLegacyQuery(href) {
  const at = href.indexOf("?");
  if (at === -1 || at === href.length - 1 || href.includes("#")) return href;
  /** @type {Record<string, string[]>} */
  const values = Object.create(null);
  for (const piece of href.slice(at + 1).split("&")) {
    if (piece === "") continue;
    const equals = piece.indexOf("=");
    const name = decoded(equals === -1 ? piece : piece.slice(0, equals));
    (values[name] ??= []).push(equals === -1 ? "" : decoded(piece.slice(equals + 1)));
  }
  const pairs = Object.entries(values).flatMap(([name, all]) =>
    all.map((value) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`));
  return `${href.slice(0, at)}?${pairs.join("&")}`;
}

/**
 * As `querystring` decodes: broken escapes stay, bytes that are no UTF-8 are replaced.
 *
 * @param {string} text ASCII, as in the `href` of a `URL`
 */
function decoded(text) {
  const plain = text.replaceAll("+", " ");
  try {
    return decodeURIComponent(plain);
  } catch {
    const bytes = plain.replace(/%([0-9a-f]{2})/gi, (_, digits) => String.fromCharCode(parseInt(digits, 16)));
    return utf8.decode(Uint8Array.from(bytes, (character) => character.charCodeAt(0)));
  }
}
