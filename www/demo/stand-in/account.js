// @ts-check
import { sid } from "./replies.js";

/** What the stand-in's Twilio account holds: messages, customers, and a log of everything it was asked. */

/**
 * @typedef {object} Message
 * @property {string} sid
 * @property {"inbound" | "outbound-api"} direction
 * @property {string} from
 * @property {string} to
 * @property {string} body
 * @property {string} status
 * @property {number} numMedia
 * @property {number} [errorCode]
 * @property {number} createdAtMs
 * @property {number} updatedAtMs
 * @property {string} [statusCallback]
 */

/**
 * A person with WhatsApp. `phone` may be hidden (a user name instead); then only `bsuid` is in the webhooks.
 * @typedef {object} Customer
 * @property {string} id
 * @property {string} name
 * @property {string} [phone]
 * @property {string} [bsuid]
 * @property {string} business the number of ours that this person writes to
 */

/** @param {Pick<Customer, "phone" | "bsuid">} customer */
export const addressOf = ({ phone, bsuid }) => `whatsapp:${phone ?? bsuid}`;

/**
 * @param {{ accountSid: string, customers?: Customer[], clock: { now: () => number } }} options
 */
export const createAccount = ({ accountSid, customers = [], clock }) => {
  /** @type {Message[]} newest last */
  const messages = [];
  /** @type {Map<string, number>} by "our number, customer's id" */
  const lastInbound = new Map();
  /** @type {Record<string, unknown>[]} */
  const log = [];

  /** @param {string} address @returns {Customer | undefined} */
  const customerAt = (address) =>
    customers.find((one) => address === `whatsapp:${one.phone}` || address === `whatsapp:${one.bsuid}`);

  /** @param {string} business @param {string} address */
  const pair = (business, address) => `${business} ${customerAt(address)?.id ?? address}`;

  return {
    accountSid,
    customers,
    messages,
    log,
    customerAt,

    /** @param {Record<string, unknown>} entry */
    note: (entry) => log.push({ atMs: clock.now(), ...entry }),

    /** @param {Omit<Message, "sid" | "createdAtMs" | "updatedAtMs"> & { createdAtMs?: number }} message @returns {Message} */
    add(message) {
      const createdAtMs = message.createdAtMs ?? clock.now();
      const added = { ...message, sid: sid("SM"), createdAtMs, updatedAtMs: createdAtMs };
      messages.push(added);
      if (added.direction === "inbound") {
        const key = pair(added.to, added.from);
        lastInbound.set(key, Math.max(createdAtMs, lastInbound.get(key) ?? 0));
      }
      return added;
    },

    /** When the customer last wrote. @param {string} business @param {string} customer WhatsApp addresses */
    lastInboundAtMs: (business, customer) => lastInbound.get(pair(business, customer)),
  };
};

/** @typedef {ReturnType<typeof createAccount>} Account */
