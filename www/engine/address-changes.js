// @ts-check
/** Addresses that a request may have had before a proxy, a gateway or a router changed it, each with the code of what was done to it. */
import { orders, spellings, without } from "./address-spellings.js";

/** @typedef {{ code: string, url: string }} AddressChange */
/** @typedef {{ hosts: readonly string[], prefixes: readonly string[] }} Hints */

/** Stages of a gateway, and paths under which routers are mounted, that are met most often; the host may name others. */
const PREFIXES = ["prod", "production", "dev", "development", "stage", "staging", "test", "live", "default", "v1", "api", "api/v1", "twilio", "webhook", "webhooks", "hooks", "functions/v1"];

/** Ports of servers that stand in the open beside the usual one. */
const PORTS = ["8443", "8080", "8000", "5000", "3000", "4443", "9443"];

/**
 * Longest address and body for which more is tried than the usual, in UTF-16 units and bytes: each trial hashes both.
 *
 * @param {string} url
 * @param {Uint8Array} [body]
 */
export const isShort = (url, body) => url.length <= 2_048 && (body?.length ?? 0) <= 16 * 1024;

/** Scheme and host, path, query with its mark. @param {string} url */
const partsOf = (url) => /^([^:/?#]*:\/\/[^/?#]*)([^?#]*)([^]*)$/.exec(url) ?? [];

/** An address that is a path alone, as Node's `request.url`, or lacks its scheme. @param {string} url */
export const isWhole = (url) => /^[a-z][a-z\d+.-]*:\/\/[^/?#]/i.test(url);

/** @param {string} url @param {readonly string[]} hosts */
function placed(url, hosts) {
  const [, scheme = "", host = "", rest = ""] = /^([^:]*):\/\/([^/?#]*)([^]*)$/.exec(url) ?? [];
  const other = /^https$/i.test(scheme) ? "http" : "https";
  return [
    { code: "scheme", url: `${other}://${host}${rest}` },
    ...hosts.flatMap((name) => [scheme, other].map((one) => ({ code: "host", url: `${one}://${name}${rest}` }))),
  ];
}

/** The address with a scheme and a host before what it has of one. @param {string} url @param {readonly string[]} hosts */
function completed(url, hosts) {
  const origins = url.startsWith("/") ? hosts : [""];
  return origins.flatMap((host) => ["https", "http"].map((scheme) => ({ code: "address-relative", url: `${scheme}://${host}${url}` })));
}

/** Two slashes collapsed into one, the slash at the end, a part of the path that was cut off or put before. @param {string} url @param {readonly string[]} prefixes */
function pathsOf(url, prefixes) {
  const [, origin = "", path = "", rest = ""] = partsOf(url);
  const slashes = [...path.matchAll(/\//g)].slice(0, 16).map(({ index }) => `${path.slice(0, index)}/${path.slice(index)}`);
  const named = [...prefixes.map((prefix) => prefix.replace(/^\/+|\/+$/g, "")), ...PREFIXES].filter(Boolean);
  const [, segment, behind = ""] = /^(\/[^/]+)(\/[^]*)$/.exec(path) ?? [];
  return [
    ...slashes.map((other) => ({ code: "path-slashes", path: other })),
    { code: "path-slash", path: path.endsWith("/") ? path.slice(0, -1) : `${path}/` },
    ...named.map((prefix) => ({ code: "path-prefix", path: `/${prefix}${path === "/" ? "" : path}` })),
    ...(segment ? [{ code: "path-segment", path: behind }] : []),
  ].map(({ code, path: other }) => ({ code, url: origin + other + rest }));
}

/** Spelled another way, in another order, or left out. @param {string} url */
function queriesOf(url) {
  const tilde = [url.replaceAll("~", "%7E"), url.replaceAll("~", "%7e"), url.replaceAll(/%7e/gi, "~")].map((other) => ({ code: "path-encoding", url: other }));
  const mark = url.indexOf("?");
  if (mark < 0) return tilde;
  const [before, query] = [url.slice(0, mark), url.slice(mark + 1)];
  return [...tilde, { code: "query-dropped", url: before }, { code: "query-order", url: `${before}?${query.split("&").sort().join("&")}` }];
}

/** The same host with another port, in other letters, or with and without `www.`. @param {string} url */
function hostsLike(url) {
  const [, scheme = "", host = "", rest = ""] = /^([^:]*):\/\/([^/?#]*)([^]*)$/.exec(url) ?? [];
  const bare = host.replace(/:\d*$/, "");
  const capital = (/** @type {string} */ text) => text.replace(/[a-z]/, (letter) => letter.toUpperCase());
  const labels = bare.split(".");
  const spelled = [bare.toLowerCase(), bare.toUpperCase(), capital(bare), labels.map(capital).join("."), [...labels.slice(0, -1).map(capital), labels.at(-1)].join(".")];
  const others = [...spelled, bare.startsWith("www.") ? bare.slice(4) : `www.${bare}`, `${bare}.`];
  return [
    ...(bare === host ? PORTS.map((port) => ({ code: "port", host: `${host}:${port}` })) : []),
    ...others.map((other) => ({ code: "host", host: other + host.slice(bare.length) })),
  ].map(({ code, host: other }) => ({ code, url: `${scheme}://${other}${rest}` }));
}

/** The path written in other ways, two slashes made one in two places. @param {string} url */
function pathsLike(url) {
  const [, origin = "", path = "", rest = ""] = partsOf(url);
  const at = [...path.matchAll(/\//g)].slice(0, 8).map(({ index }) => index);
  const twice = at.flatMap((first, index) => at.slice(index).map((second) => `${path.slice(0, first)}/${path.slice(first, second)}/${path.slice(second)}`));
  const escaped = at.slice(1).flatMap((slash) => ["%2F", "%2f"].map((escape) => path.slice(0, slash) + escape + path.slice(slash + 1)));
  return [
    ...[...spellings(path), ...escaped].map((other) => ({ code: "path-encoding", path: other })),
    ...twice.map((other) => ({ code: "path-slashes", path: other })),
  ].map(({ code, path: other }) => ({ code, url: origin + other + rest }));
}

/** The query with less in it, in any order, or with a mark that says nothing. @param {string} url */
function queriesLike(url) {
  const mark = url.indexOf("?");
  if (mark < 0) return [{ code: "query-encoding", url: `${url}?` }];
  const [before, query] = [url.slice(0, mark + 1), url.slice(mark + 1)];
  const pairs = query.split("&");
  const bare = [`${query}&`, query.replace(/&+$/, ""), query.replaceAll(/=(?=&|$)/g, "")];
  return [
    ...bare.map((other) => ({ code: "query-encoding", query: other })),
    ...without(pairs).map((other) => ({ code: "query-added", query: other.join("&") })),
    ...orders(pairs).map((other) => ({ code: "query-order", query: other.join("&") })),
  ].map(({ code, query: other }) => ({ code, url: before + other }));
}

/** Each other address once. @param {string} url @param {AddressChange[]} changes */
function once(url, changes) {
  const seen = new Set([url]);
  return changes.filter((change) => !seen.has(change.url) && seen.add(change.url));
}

/**
 * What one change of the address may have made of it: those that are met often, which may come in twos.
 *
 * @param {string} url
 * @param {Hints} hints
 */
function usual(url, { hosts, prefixes }) {
  return once(url, isWhole(url) ? [...placed(url, hosts), ...pathsOf(url, prefixes), ...queriesOf(url)] : completed(url, hosts));
}

/** Those that are met now and then. @param {string} url */
const rare = (url) => (isWhole(url) ? [...hostsLike(url), ...pathsLike(url), ...queriesLike(url)] : []);

/**
 * What one change of the address may have made of it, each other address once.
 *
 * @param {string} url
 * @param {Hints} hints
 * @param {boolean} more than what is met often
 * @returns {AddressChange[]}
 */
export function addressChanges(url, hints, more) {
  return once(url, [...usual(url, hints), ...(more ? rare(url) : [])]);
}

/** The most addresses that two changes are tried for: of usual ones, and of a usual one with a rare one. */
const MAX_ADDRESSES = 2_000;

/**
 * Two changes at once.
 *
 * @param {string} url
 * @param {Hints} hints
 * @returns {Iterable<{ codes: [string, string], url: string }>}
 */
export function* twoAddressChanges(url, hints) {
  for (const further of [usual, rare]) {
    const seen = new Set([url]);
    for (const first of usual(url, hints)) {
      for (const second of further(first.url, hints)) {
        if (seen.size > MAX_ADDRESSES) break;
        if (first.code === second.code || seen.has(second.url)) continue;
        seen.add(second.url);
        yield { codes: [first.code, second.code], url: second.url };
      }
    }
  }
}
