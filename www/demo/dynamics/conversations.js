// @ts-check
import { createHash } from "node:crypto";
import { addressOf } from "../stand-in/account.js";

/** The conversations that the stand-in for Dynamics shows: whom they are with, and which of Twilio's messages stand in which. */

/** @import { Account, Message } from "../stand-in/account.js" */
/** @import { Person } from "../people.js" */

/**
 * @typedef {object} Conversation
 * @property {string} id GUID, lower case
 * @property {string} title
 * @property {string} locale
 * @property {number} channel `msdyn_channel`
 * @property {number} fromMs its first instant
 * @property {number} untilMs it was closed
 * @property {string} [phone] of the customer
 * @property {string} [address] of the customer, as Twilio writes it
 * @property {string} [business]
 */

export const WHATSAPP = 192_300_000;
export const LIVE_CHAT = 192_360_000;

/** A GUID that is always the same for the same name. @param {string} name */
export const guidOf = (name) => createHash("sha256").update(name).digest("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, "$1-$2-$3-$4-$5");

/**
 * One for each person, and two of the first: the older one, closed, and the one that began with what this customer wrote since.
 * One more is no WhatsApp.
 *
 * @param {{ people: readonly Person[], startedAtMs: number }} options
 * @returns {Conversation[]}
 */
export const conversationsOf = ({ people, startedAtMs }) => [
  ...people.flatMap((person, place) => {
    const { id, name, locale, business, customer: { phone, bsuid } } = person;
    const one = { title: name, locale, channel: WHATSAPP, business, ...(phone ? { phone } : {}), address: addressOf({ ...(phone ? { phone } : {}), ...(bsuid ? { bsuid } : {}) }) };
    if (place > 0) return [{ ...one, id: guidOf(id), fromMs: -Infinity, untilMs: Infinity }];
    return [{ ...one, id: guidOf(id), fromMs: -Infinity, untilMs: startedAtMs }, { ...one, id: guidOf(`${id} again`), title: `${name} (2)`, fromMs: startedAtMs, untilMs: Infinity }];
  }),
  { id: guidOf("live chat"), title: "Live chat", locale: "en", channel: LIVE_CHAT, fromMs: -Infinity, untilMs: Infinity },
];

/** @typedef {{ id: string, direction: "inbound" | "outbound", text: string, atMs: number, status: string }} ChatMessage */

/** What was said in a conversation, oldest first; what Twilio refused Dynamics does not hear of. @param {Account} account @param {Conversation} conversation @returns {Message[]} */
export const messagesOf = ({ messages }, { address, business, fromMs, untilMs }) => {
  const ours = `whatsapp:${business}`;
  return messages
    .filter(({ from, to, createdAtMs }) => createdAtMs >= fromMs && createdAtMs < untilMs && ((from === address && to === ours) || (from === ours && to === address)))
    .sort((a, b) => a.createdAtMs - b.createdAtMs);
};
