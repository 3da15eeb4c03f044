// @ts-check
/** Why a webhook of Meta does not verify: it signs the raw body, so only keys and the writing of the body can differ. */
import { signedByMeta } from "./meta-signature.js";
import { webhooks } from "./modules/webhooks.js";

/** @import { VerificationKey } from "./keys.js" */

/** Longest body that is written anew, in bytes. */
const VARIED = 64 * 1024;

const escapes = (/** @type {string} */ json) =>
  json.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
/** Meta writes an at sign and angle brackets as escapes, too. */
const signs = (/** @type {string} */ json) => json.replace(/[@<>&'%]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`);
const slashes = (/** @type {string} */ json) => json.replaceAll("/", "\\/");

/** How Meta may have written what a framework wrote again. @param {Uint8Array | undefined} body @returns {string[]} */
function rewritten(body = new Uint8Array()) {
  if (body.length > VARIED) return [];
  try {
    const json = JSON.stringify(JSON.parse(new TextDecoder().decode(body)));
    const written = [json, escapes(json)].flatMap((one) => [one, signs(one), one.replaceAll("@", "\\u0040")]);
    return [...new Set([...written, ...written.map(slashes)])];
  } catch {
    return [];
  }
}

/** The secret without white space around it, and with a line end. @param {VerificationKey} key @returns {VerificationKey[]} */
function lineEnds(key) {
  const secret = typeof key === "string" ? key : "secret" in key && typeof key.secret === "string" ? key.secret : undefined;
  if (secret === undefined) return [];
  const plain = secret.trim();
  return ["", "\n", "\r\n"].map((end) => plain + end).filter((other) => other !== "" && other !== secret);
}

/**
 * @param {import("./webhook-calls.js").RawRequest} request
 * @param {{ keys: readonly VerificationKey[], previousKeys: readonly VerificationKey[] }} hints
 * @returns {{ code: string, detail?: string }[]}
 */
export function diagnoseMeta({ headers, body }, { keys, previousKeys }) {
  const given = headers.get("x-hub-signature-256") ?? "";
  const matches = (/** @type {readonly VerificationKey[]} */ list, signature = given, bytes = body) => {
    try {
      signedByMeta(webhooks, signature, bytes, list);
      return true;
    } catch {
      return false;
    }
  };
  const plain = given.trim().replace(/^["']|["']$/g, "").toLowerCase();
  const trials = [
    { code: "previous-key", matched: matches(previousKeys) },
    { code: "key-line-end", matched: matches(keys.flatMap(lineEnds).slice(0, 64)) },
    { code: "signature-spelling", matched: plain !== given && matches(keys, plain) },
    { code: "body-reserialised", matched: rewritten(body).some((json) => matches(keys, given, new TextEncoder().encode(json))) },
  ];
  return trials.filter(({ matched }) => matched).map(({ code }) => ({ code }));
}
