// @ts-check
/** What was typed and pasted, as a request and a key; and what the engine says of it. */
import { diagnoseWebhook } from "../../engine/diagnose.js";
import { WORDS } from "../../engine/diagnosis-words.js";
import { ReplyWindowError } from "../../engine/errors.js";
import { verifyWebhook } from "../../engine/webhook.js";

/** @typedef {{ url: string, headers: string, body: string, token: string, previous: string }} Typed */
/** @typedef {import("../../engine/diagnose.js").WebhookDiagnosis} WebhookDiagnosis */
/** @typedef {import("../../engine/webhook.js").VerifiedWebhook} VerifiedWebhook */
/** @typedef {{ kind: "good", verified: VerifiedWebhook, diagnosis: WebhookDiagnosis } | { kind: "bad", diagnosis: WebhookDiagnosis } | { kind: "wrong", message: string, sentence?: { en: string, ar: string } }} Verdict */

/**
 * @param {string} text lines `Name: value`, or a signature alone
 * @returns {[string, string][]}
 */
export function headersIn(text) {
  const lines = text.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== "");
  if (lines.length === 1 && !lines[0].includes(":")) {
    return [[/^sha256=/i.test(lines[0]) ? "X-Hub-Signature-256" : "X-Twilio-Signature", lines[0]]];
  }
  return lines.flatMap((line) => {
    const at = line.indexOf(":", 1);
    return at < 0 ? [] : [/** @type {[string, string]} */ ([line.slice(0, at).trim(), line.slice(at + 1).trim()])];
  });
}

/**
 * A key that begins with `rwk_` is a derived one; where the request names a shared key, it is that one.
 *
 * @param {string} token
 * @param {readonly [string, string][]} headers
 * @returns {import("../../engine/keys.js").VerificationKey}
 */
export function keyIn(token, headers) {
  const settings = headers.find(([name]) => name.toLowerCase() === "x-twilio-webhooks-signature-settings")?.[1];
  const id = settings && /(?:^|,)\s*key=([^,]*)/.exec(settings)?.[1].trim();
  const algorithm = settings && /(?:^|,)\s*algorithm=(HMAC_SHA1|HMAC_SHA256)\s*(?:,|$)/.exec(settings)?.[1];
  const shared = id ? { id, algorithm: algorithm ?? "HMAC_SHA256" } : {};
  if (token.startsWith("rwk_")) return { derived: token.trim(), ...(id ? { id } : {}) };
  return id ? { secret: token, ...shared } : token;
}

/** A form has no line ends; a field for several lines adds them easily. @param {string} body */
const bodyIn = (body) => (/^\s*[[{]/.test(body) ? body : body.replace(/[\r\n]+$/, ""));

/** What is signed and cannot be read has its sentence, too. @param {string} code */
function sentenceOf(code) {
  const words = WORDS[code];
  return words && { sentence: { en: words[0], ar: words[1] } };
}

/**
 * @param {Typed} typed
 * @returns {Verdict}
 */
export function verdictOn({ url, headers, body, token, previous }) {
  const pairs = headersIn(headers);
  const request = { url: url.trim(), headers: pairs, body: bodyIn(body) };
  const keys = [keyIn(token, pairs)];
  // The administrator has typed it a moment ago.
  const allowAuthTokenInPage = true;
  try {
    const diagnosis = diagnoseWebhook(request, { keys, previousKeys: previous === "" ? [] : [keyIn(previous, pairs)], allowAuthTokenInPage });
    if (!diagnosis.verified) return { kind: "bad", diagnosis };
    return { kind: "good", diagnosis, verified: verifyWebhook(request, { keys, allowAuthTokenInPage }) };
  } catch (error) {
    if (error instanceof ReplyWindowError) return { kind: "wrong", message: error.message, ...sentenceOf(error.code) };
    throw error;
  }
}
