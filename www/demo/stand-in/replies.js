// @ts-check
/** Answers in the shapes of Twilio's API. */

/** Texts of the errors the stand-in can answer with: https://www.twilio.com/docs/api/errors */
const TEXTS = {
  20001: "Unknown parameters",
  20003: "Authenticate",
  20004: "Method not allowed",
  20404: "The requested resource was not found",
  21211: "The 'To' number is not a valid phone number.",
  21603: "A 'From' phone number is required.",
  21604: "A 'To' phone number is required.",
  21617: "The concatenated message body exceeds the 1600 character limit.",
  21619: "A text message body or media urls must be specified.",
  21654: "ContentSid Required",
  21655: "The ContentSid is Invalid",
  21656: "The Content Variables parameter is invalid.",
  21910: "Invalid From and To pair. From and To should be of the same channel",
  63007: "Twilio could not find a Channel with the specified From address",
  63031: "Channel message cannot have same From and To",
};

/** @typedef {keyof typeof TEXTS} ErrorCode */

/** @param {unknown} body @param {number} [status] @param {Record<string, string>} [headers] */
export const json = (body, status = 200, headers = {}) =>
  new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json", "cache-control": "no-store", ...headers } });

/** @param {ErrorCode} code @param {number} [status] */
export const failure = (code, status = 400) =>
  json(
    { code, message: TEXTS[code], more_info: `https://www.twilio.com/docs/errors/${code}`, status },
    status,
    status === 401 ? { "www-authenticate": 'Basic realm="Twilio API"' } : {},
  );

/** A random id in Twilio's shape. @param {string} prefix */
export const sid = (prefix) =>
  prefix + [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** RFC 2822 as in the Message resource: whole seconds. @param {number} atMs */
export const rfc2822 = (atMs) => new Date(atMs).toUTCString().replace("GMT", "+0000");
