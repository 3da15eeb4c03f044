// @ts-check
import { windowKeys } from "../engine/session.js";

/**
 * The desktop's conversations and their messages. What may be sent is decided from the windows in the store, not from here.
 *
 * @import { Channel, DeliveryStatus, Identity } from "../../src/wire/types.d.ts"
 */

/**
 * @typedef {{ id: string, direction: "inbound" | "outbound", text: string, atMs: number, status: string, errorCode?: number, contentSid?: string, sendId?: string, author?: string, kind?: string }} ChatMessage `kind`: of what is no text
 * @typedef {object} Conversation
 * @property {string} id
 * @property {string} name
 * @property {string} locale
 * @property {Channel} channel
 * @property {string} business
 * @property {Identity} customer
 * @property {Record<string, string>} suggestions
 * @property {ChatMessage[]} messages oldest first
 */

/** Statuses overtake each other; a later one in this order stays. */
const ORDER = ["received", "unknown", "queued", "sent", "delivered", "read", "undelivered", "failed"];
/** Statuses of messages that are not known yet. */
const MAX_EARLY = 1_000;

/** @param {ChatMessage} message @param {Pick<DeliveryStatus, "status" | "errorCode">} word @returns {boolean} whether it is news */
const progress = (message, { status, errorCode }) => {
  if (ORDER.indexOf(status) <= ORDER.indexOf(message.status)) return false;
  Object.assign(message, { status }, errorCode === undefined ? {} : { errorCode });
  return true;
};

/** @param {{ business: string, customer: Identity, name?: string }} about @param {number} number @returns {Conversation} */
const stranger = ({ business, customer, name }, number) => ({
  id: `customer-${number}`,
  name: name ?? customer.username ?? customer.phone ?? customer.bsuid ?? customer.parentBsuid ?? "?",
  locale: "en",
  channel: "whatsapp",
  business,
  customer,
  suggestions: {},
  messages: [],
});

/** @param {{ business: string, customer: Identity }} about */
const keysOf = ({ business, customer }) => windowKeys({ business, customer });

export class Conversations {
  /** @type {Map<string, Conversation>} */
  #byId = new Map();
  /** @type {Map<string, Conversation>} */
  #byKey = new Map();
  /** @type {Map<string, { conversation: Conversation, message: ChatMessage }>} */
  #byMessage = new Map();
  /** @type {Map<string, Pick<DeliveryStatus, "status" | "errorCode">>} */
  #early = new Map();

  /** @param {readonly Omit<Conversation, "messages" | "channel">[]} [people] */
  constructor(people = []) {
    for (const { id, name, locale, business, customer, suggestions } of people) {
      this.#index({ id, name, locale, channel: "whatsapp", business, customer: { ...customer }, suggestions, messages: [] });
    }
  }

  /** @param {Conversation} conversation */
  #index(conversation) {
    this.#byId.set(conversation.id, conversation);
    for (const key of keysOf(conversation)) this.#byKey.set(key, conversation);
  }

  all = () => [...this.#byId.values()];

  /** @param {string} id */
  get = (id) => this.#byId.get(id);

  /** Conversations of a window. @param {string[]} keys */
  at = (keys) => [...new Set(keys.flatMap((key) => this.#byKey.get(key) ?? []))];

  /**
   * The conversation with this customer; a new one where there is none. What is learned of the customer's identity stays.
   *
   * @param {{ business: string, customer: Identity, name?: string }} about
   */
  with(about) {
    const conversation = this.at(keysOf(about))[0] ?? stranger(about, this.#byId.size + 1);
    conversation.customer = { ...about.customer, ...conversation.customer };
    this.#index(conversation);
    return conversation;
  }

  /** @param {Conversation} conversation @param {ChatMessage} message @returns {ChatMessage | undefined} undefined: known before */
  add(conversation, message) {
    if (this.#byMessage.has(message.id)) return undefined;
    this.#byMessage.set(message.id, { conversation, message });
    conversation.messages.push(message);
    conversation.messages.sort((a, b) => a.atMs - b.atMs);
    return message;
  }

  /** The word on a message that arrived before the message was added. @param {string} id @returns {DeliveryStatus | undefined} */
  overtaken(id) {
    const word = this.#early.get(id);
    this.#early.delete(id);
    return word && { id, ...word };
  }

  /** @param {DeliveryStatus} status @returns {{ conversation: Conversation, message: ChatMessage } | undefined} where it is news */
  progress({ id, status, errorCode }) {
    const found = this.#byMessage.get(id);
    const word = errorCode === undefined ? { status } : { status, errorCode };
    if (found) return progress(found.message, word) ? found : undefined;
    const before = this.#early.get(id);
    if (!before || ORDER.indexOf(status) > ORDER.indexOf(before.status)) this.#early.set(id, word);
    const oldest = this.#early.keys().next();
    if (this.#early.size > MAX_EARLY && !oldest.done) this.#early.delete(oldest.value);
    return undefined;
  }
}
