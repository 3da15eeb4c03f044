// @ts-check
/** Requests that may come from this machine's own pages only: no other site, no rebound name, no public tunnel. */

const LOCAL_NAMES = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** What proxies and tunnels add. */
const FORWARDED = ["forwarded", "x-forwarded-for", "x-forwarded-host"];

/** @param {string} address */
const isLocalUrl = (address) => {
  try {
    return LOCAL_NAMES.has(new URL(address).hostname);
  } catch {
    return false;
  }
};

/**
 * True where the request was addressed to this machine by a local name and, if a page sent it, by a page of the same origin.
 * (A tunnel that forwards to us keeps the public name, or says that it forwarded.)
 *
 * @param {Request} request
 */
export const isLocal = (request) => {
  const host = request.headers.get("host") ?? new URL(request.url).host;
  if (!isLocalUrl(`http://${host}`) || FORWARDED.some((name) => request.headers.has(name))) return false;
  const origin = request.headers.get("origin");
  if (origin !== null && origin !== `http://${host}`) return false;
  return ["same-origin", "none", null].includes(request.headers.get("sec-fetch-site"));
};

/** A JSON body, which a foreign form cannot send. @param {Request} request @returns {Promise<Record<string, any> | undefined>} */
export const jsonBody = async (request) => {
  if (!/^application\/json\b/i.test(request.headers.get("content-type") ?? "")) return undefined;
  if (Number(request.headers.get("content-length")) > 65_536) return undefined;
  try {
    const value = await request.json();
    return value !== null && typeof value === "object" && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
};
