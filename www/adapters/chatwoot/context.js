// @ts-check
// What Chatwoot tells a dashboard app of the conversation that is shown.

import { kindOfFile } from "../../engine/session.js";

/** @import { EventKind, SessionEvent } from "../../../src/wire/types.d.ts" */
/** @import { Conversation } from "../../controller/types.js" */

/**
 * The part of Chatwoot's `appContext` that is read here.
 *
 * @typedef {object} ChatwootMessage
 * @property {number} id
 * @property {string | null} [source_id] the provider's id of the message
 * @property {string | null} [content]
 * @property {number | string} message_type `0` or `incoming`: the customer's
 * @property {number | string} created_at seconds since 1970, or ISO 8601
 * @property {readonly { file_type?: string, extension?: string | null }[]} [attachments]
 *
 * @typedef {object} ChatwootContext
 * @property {{ id: number, inbox_id?: number, messages?: readonly ChatwootMessage[], meta?: { channel?: string, sender?: ChatwootContact }, contact_inbox?: { source_id?: string } }} conversation
 * @property {ChatwootContact} [contact]
 *
 * @typedef {{ name?: string, phone_number?: string | null }} ChatwootContact
 */

/** @typedef {{ conversation: Conversation, events: SessionEvent[] }} Read */

const EVENT = "appContext";

/** What a message of the frame's parent says; nothing for what is of something else. @param {unknown} data @returns {ChatwootContext | undefined} */
export function contextIn(data) {
  if (typeof data !== "string") return undefined;
  try {
    const told = JSON.parse(data);
    return told?.event === EVENT && told.data?.conversation?.id !== undefined ? told.data : undefined;
  } catch {
    return undefined;
  }
}

/** Twilio's numbers are an inbox for short messages, whose addresses say when they are WhatsApp's. @param {ChatwootContext} context */
export const isWhatsApp = ({ conversation: { meta, contact_inbox: inbox } }) => meta?.channel === "Channel::Whatsapp" || /^whatsapp:/.test(inbox?.source_id ?? "");

/** @param {ChatwootMessage} message @returns {number | undefined} ms */
function timeOf({ created_at: at }) {
  const ms = typeof at === "number" ? at * 1000 : Date.parse(at);
  return Number.isFinite(ms) ? Math.trunc(ms) : undefined;
}

/** Chatwoot names the kind of a file, without its media type. @param {ChatwootMessage} message @returns {EventKind} */
function kindOf({ attachments }) {
  const type = attachments?.[0]?.file_type;
  if (type === undefined) return "text";
  if (type === "location") return "location";
  if (type === "contact") return "contacts";
  try {
    return kindOfFile(/^(image|audio|video)$/.test(type) ? `${type}/*` : "application/octet-stream");
  } catch {
    return "document"; // without an engine the customer's message is recorded all the same
  }
}

/**
 * @param {ChatwootContext} context
 * @param {string | undefined} business our own number of this inbox
 * @returns {Read | undefined} nothing where the customer has no number, or the inbox is not known
 */
export function read({ conversation: { id, messages = [], meta }, contact = meta?.sender }, business) {
  const phone = contact?.phone_number ?? meta?.sender?.phone_number;
  if (!phone || !business) return undefined;
  const customer = { phone };
  const events = messages.flatMap((message) => {
    const receiptAtMs = timeOf(message);
    if (!/^(0|incoming)$/.test(String(message.message_type)) || receiptAtMs === undefined) return [];
    return [{ log: /** @type {const} */ ("customer"), channel: /** @type {const} */ ("whatsapp"), business, customer, id: message.source_id || `chatwoot-${message.id}`, kind: kindOf(message), receiptAtMs }];
  });
  return { conversation: { id: String(id), business, customer, ...(contact?.name && { name: contact.name }) }, events };
}
