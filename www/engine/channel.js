// @ts-check
/** @import { ChannelCheck, ChannelRecord, Finding, NumberRecord, OtherChannel, OutageCheck } from "../../src/wire/types.d.ts" */
import { assertString, options } from "./check.js";
import { plain, plainList, plainObject } from "./plain.js";
import { setup } from "./modules/setup.js";

/**
 * Everything that is wrong with a channel, without asking Twilio. Whatever stands in the fields is an answer, not an
 * error. The `repair` of the field `authToken` is as secret as the token, and one of another field may be where secrets
 * were pasted into that field; nothing else of a finding holds what was typed.
 *
 * @param {ChannelRecord} channel as it was typed
 * @param {{ others?: OtherChannel[], shownUrl?: string }} [given] `others`: the platform's other channels; `shownUrl`:
 *   the inbound URL that the platform shows
 * @returns {ChannelCheck} offsets count UTF-16 units from 0
 * @throws {import("./errors.js").ReplyWindowError} a `ReadingErrorCode`
 * @example
 * checkChannel({ accountSid: "SK…" }).findings; // [{ code: "is-api-key", field: "accountSid", … }, …]
 */
export function checkChannel(channel, given = {}) {
  const { others, shownUrl } = options(given, ["others", "shownUrl"]);
  return setup.call("checkChannel", {
    channel: plainObject(channel, "channel"),
    ...(others === undefined ? {} : { others: plainList(others, "others") }),
    ...(shownUrl === undefined ? {} : { shownUrl: assertString(shownUrl, "shownUrl") }),
  });
}

/**
 * The day after which none of the rules was left unread, for whoever sets a channel up; every row is in `rulesAsOf`.
 *
 * @returns {string} as `2026-11-28`
 */
export const rulesDay = () => setup.call("rulesAsOf", {}).asOf;

/** What may be an Auth Token: one that stands alone, or in base64 alone or as `SID:token`. */
const TOKEN_LIKE = /(?<![0-9a-z])[0-9a-f]{32}(?![0-9a-z])|[0-9a-z+/]{43}=/i;

/**
 * Whether a text holds the Auth Token, or what may be one: people paste commands and records into any field.
 *
 * @param {string} text
 * @param {string} [token] as it was typed
 */
export const holdsSecret = (text, token = "") =>
  TOKEN_LIKE.test(text) || (token.length >= 8 && text.toLowerCase().includes(token.toLowerCase()));

/**
 * Findings that may go where the Auth Token may not: without its repair, and without others that hold it.
 *
 * @param {readonly Finding[]} findings
 * @param {string} [token]
 * @returns {Finding[]}
 */
export const withoutSecrets = (findings, token) =>
  findings.map(({ repair, ...finding }) => (repair === undefined || finding.field === "authToken" || holdsSecret(repair, token) ? finding : { ...finding, repair }));

/**
 * Everything that is wrong with one number of a channel.
 *
 * @param {NumberRecord} number as it was typed
 * @param {ChannelRecord} channel the one it belongs to
 * @param {{ index?: number, others?: OtherChannel[] }} [given] `index`: its place among the channel's numbers, where it
 *   is one of them already
 * @returns {Finding[]} fields are those of the number: `number`, `templates[0].language`
 * @throws {import("./errors.js").ReplyWindowError} as {@link checkChannel}; `number-out-of-range`
 * @example
 * checkNumber({ number: "whatsapp:+1 202 555 0142" }, channel);
 */
export function checkNumber(number, channel, given = {}) {
  const { index, others } = options(given, ["index", "others"]);
  const { findings } = setup.call("checkNumber", {
    number: plainObject(number, "number"),
    channel: plainObject(channel, "channel"),
    ...(index === undefined ? {} : { index: plain(index, "index") }),
    ...(others === undefined ? {} : { others: plainList(others, "others") }),
  });
  return findings;
}

/**
 * What an outage of an hour loses, by what Twilio has at a WhatsApp sender. No part of the addresses is in the answer.
 *
 * @param {string} url the callback URL, with its fragment
 * @param {string} [fallbackUrl]
 * @returns {OutageCheck}
 * @throws {import("./errors.js").ReplyWindowError} `wrong-type`
 * @example
 * checkOutage("https://hooks.example.com/in#rc=5&rp=all").code; // "outage-no-fallback"
 */
export const checkOutage = (url, fallbackUrl) => setup.call("checkOutage", { url, ...(fallbackUrl === undefined ? {} : { fallbackUrl }) });
