// @ts-check
/** Addresses that a request may have had before a proxy, a gateway or a router changed it, each with the code of what was done to it. */

/** @typedef {{ code: string, url: string }} AddressChange */

/** Stages of a gateway, and paths under which routers are mounted, that are met most often; the host may name others. */
const PREFIXES = ["prod", "production", "dev", "development", "stage", "staging", "test", "live", "default", "v1", "api", "api/v1", "twilio", "webhook", "webhooks", "hooks", "functions/v1"];

/** Scheme and host, path, query with its mark. @param {string} url */
const partsOf = (url) => /^([^:]*:\/\/[^/?#]*)([^?#]*)([^]*)$/.exec(url) ?? [];

/** @param {string} url @param {readonly string[]} hosts */
function placed(url, hosts) {
  const [, scheme = "", host = "", rest = ""] = /^([^:]*):\/\/([^/?#]*)([^]*)$/.exec(url) ?? [];
  const other = /^https$/i.test(scheme) ? "http" : "https";
  return [
    { code: "scheme", url: `${other}://${host}${rest}` },
    ...hosts.flatMap((name) => [scheme, other].map((one) => ({ code: "host", url: `${one}://${name}${rest}` }))),
  ];
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

/**
 * What one change of the address may have made of it, each other address once.
 *
 * @param {string} url
 * @param {{ hosts: readonly string[], prefixes: readonly string[] }} hints
 * @returns {AddressChange[]}
 */
export function addressChanges(url, { hosts, prefixes }) {
  const seen = new Set([url]);
  return [...placed(url, hosts), ...pathsOf(url, prefixes), ...queriesOf(url)].filter((change) => !seen.has(change.url) && seen.add(change.url));
}

/** The most addresses that two changes are tried for. */
const MOST = 2_000;

/**
 * Two changes at once.
 *
 * @param {string} url
 * @param {{ hosts: readonly string[], prefixes: readonly string[] }} hints
 * @returns {Iterable<{ codes: [string, string], url: string }>}
 */
export function* twoAddressChanges(url, hints) {
  const seen = new Set([url]);
  for (const first of addressChanges(url, hints)) {
    for (const second of addressChanges(first.url, hints)) {
      if (seen.size > MOST) return;
      if (first.code === second.code || seen.has(second.url)) continue;
      seen.add(second.url);
      yield { codes: [first.code, second.code], url: second.url };
    }
  }
}
