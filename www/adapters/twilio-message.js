// @ts-check
// A message of Twilio's Conversations, as its SDK and Flex's store hold it: whose it is, and what it says of a window.

import { kindOfFile } from "../engine/session.js";

/** @import { EventKind, RecordLog, WindowRecord } from "../../src/wire/types.d.ts" */
/** @typedef {{ sid: string, author?: string | null, dateCreated?: Date | null, attachedMedia?: readonly { contentType: string }[] | null }} TwilioMessage */

/** Twilio writes the customer's address as the author of what they wrote. @param {Pick<TwilioMessage, "author"> | undefined} message */
export const isFromWhatsApp = (message) => /^whatsapp:/.test(message?.author ?? "");

/** @param {Pick<TwilioMessage, "attachedMedia">} message @returns {EventKind} */
export const kindOf = ({ attachedMedia }) => {
  const type = attachedMedia?.[0]?.contentType;
  if (!type) return "text";
  try {
    return kindOfFile(type);
  } catch {
    return "document"; // without an engine the customer's message is recorded all the same
  }
};

/** @param {TwilioMessage} message @param {() => number} now the desktop's clock, for what carries no time @returns {WindowRecord & { log: RecordLog }} */
export const recordOf = (message, now) => {
  const providerAtMs = message.dateCreated?.getTime();
  return { log: "customer", id: message.sid, kind: kindOf(message), ...(providerAtMs === undefined ? { desktopAtMs: Math.trunc(now()) } : { providerAtMs }) };
};
