// @ts-check
/** Meta's side: the signature over the raw body, and the handshake that sets a webhook up. */
import { assertString, options } from "./check.js";
import { fault } from "./fault.js";
import { addressOf } from "./request.js";

/** @import { VerificationKey } from "./keys.js" */

/**
 * App secrets, and keys derived from them for SHA-256, with their places in the list; shared keys are Twilio's.
 *
 * @param {readonly VerificationKey[]} keys
 * @returns {[place: number, key: string | Uint8Array | { derived: string }][]}
 */
function appSecrets(keys) {
  return keys.flatMap((/** @type {any} */ key, place) => {
    if (typeof key === "string" || ArrayBuffer.isView(key)) return [[place, key]];
    if (key.id !== undefined) return [];
    if (key.secret !== undefined) return [[place, key.secret]];
    // Behind `rwk_`: version 1, then the hash, 2 for SHA-256.
    return /^rwk_0102/.test(key.derived) ? [[place, { derived: key.derived }]] : [];
  });
}

/**
 * @param {import("./load.js").WasmModule} module the one that verifies
 * @param {string} signature the value of `X-Hub-Signature-256`
 * @param {Uint8Array | undefined} body
 * @param {readonly VerificationKey[]} keys
 * @returns {number} the place of the key that signed
 */
export function signedByMeta(module, signature, body, keys) {
  const secrets = appSecrets(keys);
  const input = { signature, keys: secrets.map(([, key]) => key), ...(body === undefined ? {} : { body }) };
  const { key } = module.call("verifyMeta", input);
  return secrets[key][0];
}

/**
 * Answers the request with which Meta checks a new webhook: `GET …?hub.mode=subscribe&hub.verify_token=…&hub.challenge=…`.
 *
 * @param {string} url the address that was asked for; only its query counts
 * @param {{ verifyToken: string }} given the text that was typed into Meta's form beside the address
 * @returns {string} the body to answer, as `text/plain` with status 200
 * @throws {import("./errors.js").ReplyWindowError} `handshake-refused`, `url-too-long`: answer 403
 * @example
 * return new Response(handshake(request.url, { verifyToken }), { headers: { "content-type": "text/plain" } });
 */
export function handshake(url, given) {
  const wanted = assertString(options(given, ["verifyToken"]).verifyToken, "verifyToken");
  if (wanted === "") throw fault("key-empty", "verifyToken", "an empty text is no check");
  const query = new URLSearchParams(/^[^#?]*\?([^#]*)/.exec(addressOf(url, "url"))?.[1] ?? "");
  const [mode, token, challenge] = ["hub.mode", "hub.verify_token", "hub.challenge"].map((name) => query.getAll(name));
  const once = [mode, token, challenge].every((values) => values.length === 1);
  // The challenge is sent back: a number in Meta's documents, and never anything that a browser could run.
  const good = once && mode[0] === "subscribe" && /^[\w.-]{1,256}$/.test(challenge[0]) && same(token[0], wanted);
  if (!good) throw fault("handshake-refused", "url", "not a handshake that knows the verify token");
  return challenge[0];
}

/**
 * In a time that depends on the length of what was given, not on where it differs.
 *
 * @param {string} given
 * @param {string} wanted
 */
function same(given, wanted) {
  let difference = given.length ^ wanted.length;
  for (let index = 0; index < given.length; index += 1) {
    difference |= given.charCodeAt(index) ^ wanted.charCodeAt(index % wanted.length);
  }
  return difference === 0;
}
