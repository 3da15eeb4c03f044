// @ts-check
import { parseAddress } from "../../engine/address.js";
import { foldEvents, windowKeys } from "../../engine/session.js";

/**
 * @import { Identity, SessionEvent } from "../../../src/wire/types.d.ts"
 * @import { WindowStore } from "../../stores/port.js"
 * @import { MessageResource, TwilioClient } from "./client.js"
 */

/** @param {string} text @returns {Identity | undefined} */
const identityOf = (text) => {
  const address = parseAddress(text);
  if (address.kind === "phone") return { phone: address.phone };
  if (address.kind === "bsuid") return address.parent ? { parentBsuid: address.bsuid } : { bsuid: address.bsuid };
  return address.kind === "group" ? { group: address.group } : undefined;
};

/** Out-of-session refusals: https://www.twilio.com/docs/api/errors/63016 */
const OUT_OF_SESSION = 63016;

/**
 * The kind of an inbound message is not in the Message resource. Text and media open a window whatever they are; a message
 * with neither may be a location or something that no source settles, so it is `unsupported`.
 *
 * @param {MessageResource} message
 */
const kindOf = (message) => {
  if (Number(message.num_media) > 0) return "document";
  return message.body ? "text" : "unsupported";
};

/**
 * Our WhatsApp address and the customer of a message; `undefined` where it is no WhatsApp message.
 *
 * @param {MessageResource} message
 * @returns {{ business: string, customer: Identity } | undefined}
 */
const partiesOf = ({ direction, from, to }) => {
  const [ours, theirs] = direction === "inbound" ? [to, from] : [from, to];
  if (!ours?.startsWith("whatsapp:") || !theirs?.startsWith("whatsapp:")) return undefined;
  const business = identityOf(ours)?.phone;
  const customer = identityOf(theirs);
  return business && customer ? { business, customer } : undefined;
};

/**
 * What a Message resource says about a window, or `undefined` where it says nothing.
 *
 * @param {MessageResource} message
 * @returns {SessionEvent | undefined}
 */
export const eventOfMessage = (message) => {
  const parties = partiesOf(message);
  const providerAtMs = Date.parse(message.date_created ?? message.date_sent ?? "");
  if (!parties || Number.isNaN(providerAtMs)) return undefined;
  const about = { id: message.sid, providerAtMs, channel: /** @type {const} */ ("whatsapp"), ...parties };
  if (message.direction === "inbound") return { ...about, log: "customer", kind: kindOf(message) };
  return message.error_code === OUT_OF_SESSION ? { ...about, log: "refused", kind: "session-message" } : undefined;
};

/**
 * The webhook knows the kind better than the resource: what it already said is not made vaguer.
 *
 * @param {WindowStore} store @param {SessionEvent} event @param {string[]} keys
 */
const isVaguer = async (store, event, keys) =>
  event.kind === "unsupported" && ((await store.read(keys))?.customer.some((record) => record.id === event.id) ?? false);

/**
 * Reads the messages of the last hours with Twilio's own times into the store, so that no window begins as unknown
 * without need. Receive webhooks already while it runs: the two overlap in any order. A silence may be believed from
 * `since` on only if this answered, because it throws when a page is missing.
 *
 * @param {{ client: Pick<TwilioClient, "messages">, store: WindowStore, business: string, since: number, pageSize?: number,
 *   onMessage?: (message: MessageResource, parties: { business: string, customer: Identity }) => unknown }} options
 *   `business`: our WhatsApp address (E.164). `since`: UTC milliseconds; a day before now for WhatsApp.
 * @returns {Promise<{ since: number, messages: number, events: number }>}
 * @throws {import("../../engine/errors.js").ReplyWindowError} as `twilioClient`
 * @example
 * const { since } = await backfill({ client, store, business: "+14155238886", since: Date.now() - 86_400_000 });
 * const gate = createGate({ store, observedSince: since });
 */
export const backfill = async ({ client, store, business, since, pageSize, onMessage }) => {
  const address = `whatsapp:${business}`;
  /** @type {Map<string, { keys: string[], events: SessionEvent[] }>} */
  const windows = new Map();
  let [messages, events] = [0, 0];
  for (const filter of [{ to: address }, { from: address }]) {
    for await (const message of client.messages({ ...filter, since, ...(pageSize ? { pageSize } : {}) })) {
      messages += 1;
      const [parties, event] = [partiesOf(message), eventOfMessage(message)];
      if (parties) onMessage?.(message, parties);
      if (!event) continue;
      const keys = windowKeys({ channel: event.channel, business: event.business, customer: event.customer });
      if (await isVaguer(store, event, keys)) continue;
      const found = windows.get(keys.join("\n")) ?? { keys, events: [] };
      found.events.push(event);
      windows.set(keys.join("\n"), found);
      events += 1;
    }
  }
  for (const { keys, events } of windows.values()) await store.merge(keys, foldEvents(undefined, events));
  return { since, messages, events };
};
