// @ts-check
/** The address as the provider knows it, where a proxy stands between. By text: a parser would change what was signed. */
import { fault } from "./fault.js";

/**
 * @param {string} configured an origin, an address with a path, or a whole address with its query. A fragment, in which Twilio
 *   takes its connection overrides (`#rc=2`), is neither sent nor signed.
 * @param {string} received the request's own address
 */
export function publicAddress(configured, received) {
  const [publicUrl = ""] = configured.split("#", 1);
  const [, path = "", query = ""] = /^[^:]*:\/\/[^/?#]*([^?#]*)(\?[^#]*)?/.exec(received) ?? [];
  if (publicUrl.includes("?")) return publicUrl;
  const isOrigin = /^[^:]*:\/\/[^/?#]*\/?$/.test(publicUrl);
  return isOrigin ? publicUrl.replace(/\/$/, "") + path + query : publicUrl + query;
}

const HOST = /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i;

export const FORWARDED = /** @type {const} */ (["x-forwarded-proto", "x-forwarded-host", "x-forwarded-port"]);

/**
 * The address that `X-Forwarded-*` tell. Whoever sends the request can write them, so only a proxy that overwrites
 * them may be trusted with them.
 *
 * @param {Map<string, string>} headers
 * @param {string} received
 * @returns {string}
 */
export function forwardedAddress(headers, received) {
  const [, scheme = "", authority = "", rest = ""] = /^([^:]*):\/\/([^/?#]*)([^]*)$/.exec(received) ?? [];
  const [proto = scheme, host = authority, port] = FORWARDED.map((name) => headers.get(name)?.trim());
  if (!/^https?$/i.test(proto)) throw unclear("x-forwarded-proto");
  if (!HOST.test(host)) throw unclear("x-forwarded-host");
  if (port !== undefined && !/^\d{1,5}$/.test(port)) throw unclear("x-forwarded-port");
  const hasPort = /:\d+$/.test(host);
  return `${proto.toLowerCase()}://${host}${port === undefined || hasPort || port === standard(proto) ? "" : `:${port}`}${rest}`;
}

/** @param {string} proto */
const standard = (proto) => (/^https$/i.test(proto) ? "443" : "80");

/** @param {string} header */
const unclear = (header) => fault("forwarded-malformed", `request.headers.${header}`, "expected one value from the proxy; with several proxies give `publicUrl`");
