// @ts-check
/**
 * A `fetch` that leads to no private address: what a name stands for is asked once, refused or connected to. What a name stood for when it
 * was configured says nothing about later.
 */
import { lookup } from "node:dns";
import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { isIP } from "node:net";
import { Readable } from "node:stream";
import { isPrivateAddress } from "../service/private-address.js";

const refused = (/** @type {string} */ hostname) => Object.assign(new Error(`${hostname} leads into a private network`), { code: "private-address" });

/** As `dns.lookup`, of which it takes the public addresses alone. @type {import("node:net").LookupFunction} */
const publicLookup = (hostname, options, done) => {
  lookup(hostname, { ...options, all: true }, (error, found) => {
    if (error) return done(error, "", 0);
    const addresses = found.filter(({ address }) => !isPrivateAddress(address));
    const [first] = addresses;
    if (!first) return done(refused(hostname), "", 0);
    if (options.all) done(null, addresses);
    else done(null, first.address, first.family);
  });
};

/** @param {import("node:http").IncomingMessage} message */
const responseOf = (message) => {
  const headers = new Headers(Object.entries(message.headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])));
  const body = [204, 205, 304].includes(Number(message.statusCode)) ? null : /** @type {ReadableStream} */ (Readable.toWeb(message));
  if (!body) message.resume();
  return new Response(body, { status: Number(message.statusCode), headers });
};

/** @param {readonly string[]} privateHosts hosts that may be private @returns {typeof globalThis.fetch} */
export const publicFetch = (privateHosts) => async (input, { method = "GET", headers, body, signal } = {}) => {
  const url = new URL(String(input));
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  const isNamed = privateHosts.includes(host);
  if (!isNamed && isIP(host) && isPrivateAddress(host)) throw refused(host);
  const ask = url.protocol === "https:" ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const options = { method, headers: Object.fromEntries(new Headers(headers)), ...(signal && { signal }), ...(isNamed ? {} : { lookup: publicLookup }) };
    const asked = ask(url, options, (message) => {
      try {
        resolve(responseOf(message));
      } catch (error) {
        // A status or a header that no answer has.
        message.destroy();
        reject(error);
      }
    });
    asked.on("error", (error) => reject(signal?.aborted ? signal.reason : error));
    // Also without an answer and without an error, as where the other side wants to speak another protocol.
    asked.on("close", () => reject(new Error("the connection ended without an answer")));
    asked.end(body);
  });
};
