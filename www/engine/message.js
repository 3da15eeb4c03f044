// @ts-check
/** What may be sent besides templates. */
/** @import { Channel, Provider, SessionMessageCheck } from "../../src/wire/types.d.ts" */
import { assertString, options } from "./check.js";
import { plainList } from "./plain.js";
import { page } from "./modules/page.js";

const MESSAGE = /** @type {const} */ (["channel", "provider", "text", "attachments"]);

/**
 * Whether a text with these files may go out while the window is open, by length, kind and size.
 *
 * @param {object} message
 * @param {string} [message.text]
 * @param {readonly { contentType: string, size: number, filename?: string }[]} [message.attachments] sizes in bytes
 * @param {Channel} [message.channel] default `whatsapp`
 * @param {Provider} [message.provider] default `twilio`
 * @returns {SessionMessageCheck}
 * @throws {import("./errors.js").ReplyWindowError} a `ReadingErrorCode`: `number-out-of-range` for a size that is no whole number
 * @example
 * const { kind, length, limit } = checkSessionMessage({ text: "On my way" });
 */
export function checkSessionMessage(message) {
  const { channel = "whatsapp", provider = "twilio", text: words, attachments } = options(message, MESSAGE, "message");
  /** @type {Record<string, unknown>} */
  const asked = { channel: assertString(channel, "message.channel"), provider: assertString(provider, "message.provider") };
  if (words !== undefined) asked.text = assertString(words, "message.text");
  if (attachments !== undefined) asked.attachments = plainList(attachments, "message.attachments");
  return page.call("checkSessionMessage", asked);
}

/**
 * Several texts as few messages: each bubble is billed, and three short ones cost three times one. A line each, in their order; a text
 * that is too long by itself stays as it is.
 *
 * @param {readonly string[]} texts
 * @param {{ channel?: Channel, provider?: Provider }} [given] whose limits apply; default `whatsapp`, `twilio`
 * @returns {string[]}
 * @throws {import("./errors.js").ReplyWindowError} a `ReadingErrorCode`
 * @example
 * for (const text of joinMessages(["Hello.", "One moment, please."])) await send(text);
 */
export function joinMessages(texts, given = {}) {
  const { channel = "whatsapp", provider = "twilio" } = options(given, ["channel", "provider"]);
  const asked = { channel: assertString(channel, "channel"), provider: assertString(provider, "provider") };
  return page.call("joinMessages", { ...asked, texts: plainList(texts, "texts") }).messages;
}
