// @ts-check
/** Why a webhook of Meta does not verify: it signs the raw body, so only keys and the writing of the body can differ. */
import { bodyChanges } from "./body-changes.js";
import { signedByMeta } from "./meta-signature.js";
import { webhooks } from "./modules/webhooks.js";
import { textOf, utf8 } from "./utf8.js";

/** @import { VerificationKey } from "./keys.js" */

/** Longest body that is written anew, in bytes. */
const VARIED = 64 * 1024;

/** Signs that are escaped in JSON, by whoever writes it: at signs, angle brackets, what HTML and addresses know. */
const SIGNS = [/(?!)/g, /@/g, /[@%]/g, /[@<>]/g, /[@<>%]/g, /[<>&']/g, /[@<>&']/g, /[@<>&'%]/g];

const escapes = (/** @type {string} */ json, /** @type {RegExp} */ units) =>
  json.replace(units, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
const inCapitals = (/** @type {string} */ json) => json.replace(/\\u[\da-f]{4}/g, (escape) => `\\u${escape.slice(2).toUpperCase()}`);

/** Without white space, and without escapes that need not be; numbers stay as they are written, however long. @param {string} json */
const compact = (json) => json.replace(/("(?:[^"\\]|\\.)*")|[\s\ufeff]+/g, (_, text) => (text === undefined ? "" : JSON.stringify(JSON.parse(text))));

/** How Meta may have written what a framework wrote again. @param {Uint8Array} body @returns {string[]} */
function rewritten(body) {
  try {
    const json = compact(textOf(body));
    JSON.parse(json);
    const written = [json, escapes(json, /[\u0080-\uffff]/g)].flatMap((one) => SIGNS.map((signs) => escapes(one, signs)));
    const both = written.flatMap((one) => [one, one.replaceAll("/", "\\/")]);
    return [...new Set([...both, ...both.map(inCapitals)])];
  } catch {
    return [];
  }
}

/** Whether the body is another one than the one that was signed, and how. @param {Uint8Array | undefined} body @param {(bytes: Uint8Array) => boolean} matches */
function* bodies(body, matches) {
  if (body === undefined || body.length > VARIED) return;
  for (const { code, body: other } of bodyChanges(body)) if (matches(other)) yield code;
  if (rewritten(body).some((json) => matches(utf8.encode(json)))) yield "body-reserialised";
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
  const bare = given.trim().replace(/^["']|["']$/g, "").toLowerCase();
  const plain = /^[\da-f]{64}$/.test(bare) ? `sha256=${bare}` : bare;
  const trials = [
    { code: "previous-key", matched: matches(previousKeys) },
    { code: "key-line-end", matched: matches(keys.flatMap(lineEnds).slice(0, 64)) },
    { code: "signature-spelling", matched: plain !== given && matches(keys, plain) },
  ];
  const codes = trials.filter(({ matched }) => matched).map(({ code }) => code);
  return [...new Set([...codes, ...bodies(body, (bytes) => matches(keys, given, bytes))])].map((code) => ({ code }));
}
