// @ts-check
/** Who may ask: a bearer token, or what the host says of a request. Nobody may by default. */
import { assertString, options } from "../engine/check.js";
import { fault } from "../engine/fault.js";
import { codeOf } from "../server/code-of.js";
import { inTime } from "../server/deadline.js";
import { Refusal } from "./answers.js";

/**
 * What a caller may do. `read`: query, verdict, closing, stream. `send`: record sends. `erase`: forget customers. `metrics`: the counters. `relay`:
 * dead letters, and trying them again. `tally`: tell the report's counts, as desktops do. `report`: read them.
 * @typedef {"read" | "send" | "erase" | "metrics" | "relay" | "tally" | "report"} Permission
 */

/** @typedef {{ may: readonly Permission[], businesses?: readonly string[] }} Caller `businesses`: limited to these addresses of ours */
/** @typedef {{ token: string, may?: readonly Permission[], businesses?: readonly string[] }} Token `may`: default `read` */
/**
 * `undefined`: nobody. A list that is empty permits nothing. Whoever has to wait for it longer than 5 seconds is answered 503.
 * @typedef {(request: Request) => Promise<Caller | undefined> | Caller | undefined} Authorize
 */

/** @type {readonly Permission[]} */
export const PERMISSIONS = ["read", "send", "erase", "metrics", "relay", "tally", "report"];

/** Shorter ones are guessed. */
export const MIN_TOKEN = 24;

/** What a header carries as one word. */
export const TOKEN = /^[\x21-\x7e]+$/;

const utf8 = new TextEncoder();

/** @param {string} text */
const digest = async (text) => new Uint8Array(await crypto.subtle.digest("SHA-256", utf8.encode(text)));

/** In a time that depends on nothing but the length, which is the same. @param {Uint8Array} a @param {Uint8Array} b */
const isSame = (a, b) => {
  let difference = 0;
  for (const [place, byte] of a.entries()) difference |= byte ^ Number(b[place]);
  return difference === 0;
};

/** @param {unknown} list @param {string} name @param {(item: string) => boolean} isGood */
const textList = (list, name, isGood) => {
  if (!Array.isArray(list)) throw fault("wrong-type", name, "expected a list");
  for (const [place, item] of list.entries()) {
    if (!isGood(assertString(item, `${name}[${place}]`))) throw fault("unknown-name", `${name}[${place}]`, `it cannot be ${JSON.stringify(item)}`);
  }
  return list;
};

/** @param {unknown} given @param {string} name @returns {Caller} */
export const callerOf = (given, name) => {
  const { may = ["read"], businesses } = options(given, ["may", "businesses"], name);
  textList(may, `${name}.may`, (item) => PERMISSIONS.includes(/** @type {Permission} */ (item)));
  if (businesses !== undefined) textList(businesses, `${name}.businesses`, (item) => item !== "");
  return { may: [...may], ...(businesses === undefined ? {} : { businesses: [...businesses] }) };
};

/**
 * By the header `Authorization: Bearer …`. All tokens are compared, whichever fits.
 *
 * @param {readonly Token[]} tokens
 * @returns {Authorize}
 */
export const tokenAccess = (tokens) => {
  const known = tokens.map((given, place) => {
    const name = `tokens[${place}]`;
    const { token, ...rest } = options(given, ["token", "may", "businesses"], name);
    if (assertString(token, `${name}.token`).length < MIN_TOKEN) throw fault("token-too-short", `${name}.token`, `at least ${MIN_TOKEN} characters`);
    if (!TOKEN.test(token)) throw fault("bad-secret", `${name}.token`, "expected visible ASCII characters without blanks: a header carries no others");
    if (tokens.findIndex((other) => other.token === token) < place) throw fault("bad-secret", `${name}.token`, "it stands there twice, and one caller has one set of permissions");
    const caller = callerOf(rest, name);
    for (const list of /** @type {const} */ (["may", "businesses"])) if (caller[list]?.length === 0) throw fault("wrong-type", `${name}.${list}`, "expected a list that is not empty: this one permits nothing");
    return { digest: digest(token), caller };
  });
  return async ({ headers }) => {
    const [, given = ""] = /^Bearer +([\x21-\x7e]+) *$/i.exec(headers.get("authorization") ?? "") ?? [];
    const mine = await digest(given);
    /** @type {Caller | undefined} */
    let found;
    for (const one of known) if (isSame(mine, await one.digest)) found = one.caller;
    return found;
  };
};

/** What the host's own function answers wrongly is no fault of whoever asks. @param {Caller} found */
const toldBy = (found) => {
  try {
    return callerOf(found, "authorize()");
  } catch (error) {
    throw new Refusal(500, codeOf(error), "something went wrong here");
  }
};

/** Somebody waits for the answer. */
const AUTHORIZE_MS = 5_000;

/** @param {Authorize} authorize @param {Request} request */
const asked = (authorize, request) => inTime(AUTHORIZE_MS, async (enter) => {
  enter("handler");
  return authorize(request);
}).catch((error) => {
  if (codeOf(error) !== "handler-timed-out") throw error;
  throw new Refusal(503, "handler-timed-out", "it was not said in time who asks; try again", { headers: { "retry-after": "1" } });
});

/** @param {Authorize} authorize @param {Request} request @param {Permission} permission @returns {Promise<Caller>} */
export const permitted = async (authorize, request, permission) => {
  const found = await asked(authorize, request);
  if (!found) throw new Refusal(401, "unauthorized", "a bearer token is needed that is known here", { headers: { "www-authenticate": "Bearer" } });
  const caller = toldBy(found);
  if (!caller.may.includes(permission)) throw new Refusal(403, "not-permitted", `this caller may not ${permission}`);
  return caller;
};

/** @param {Caller} caller @param {string} business */
export const isTheirs = ({ businesses }, business) => businesses === undefined || businesses.includes(business);

/** @param {Caller} caller @param {unknown} business @param {string} field */
export const ofTheirs = (caller, business, field) => {
  if (!isTheirs(caller, assertString(business, field))) throw new Refusal(403, "other-business", "this caller may not ask about this address of ours", { field });
};
