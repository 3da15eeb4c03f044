// @ts-check
import { readTwilioMessage as read, recordReceived, windowKeys } from "../../engine/on-server.js";

/**
 * @import { Identity, SessionEvent } from "../../../src/wire/types.d.ts"
 * @import { WindowStore } from "../../stores/port.js"
 * @import { MessageResource, TwilioClient } from "./client.js"
 */

/**
 * What a Message resource says about a window, or `undefined` where it says nothing.
 *
 * @param {MessageResource} message
 * @returns {SessionEvent | undefined}
 */
export const eventOfMessage = (message) => {
  const told = read(message);
  return told.kind === "whatsapp" ? told.event : undefined;
};

/**
 * Whether the store knows this event already, from a webhook.
 *
 * @param {Pick<WindowStore, "read">} store @param {SessionEvent} event
 */
const isKnown = async (store, { id, channel, business, customer }) =>
  (await store.read(windowKeys({ channel, business, customer })))?.customer.some((record) => record.id === id) ?? false;

/**
 * Reads the messages of the last hours with Twilio's own times into the store, so that no window begins as unknown
 * without need. Receive webhooks already while it runs: the two overlap in any order. A silence may be believed from
 * `since` on only if this answered, because it throws when a page is missing.
 *
 * @param {{ client: Pick<TwilioClient, "messages">, store: Pick<WindowStore, "read" | "merge">, business: string, since: number, pageSize?: number, now?: () => number,
 *   onMessage?: (message: MessageResource, parties: { business: string, customer: Identity }) => unknown }} options
 *   `business`: our WhatsApp address (E.164). `since`: UTC milliseconds; a day before now for WhatsApp.
 * @returns {Promise<{ since: number, messages: number, events: number }>}
 * @throws {import("../../engine/errors.js").ReplyWindowError} as `twilioClient`
 * @example
 * const { since } = await backfill({ client, store, business: "+14155238886", since: Date.now() - 86_400_000 });
 * const gate = createGate({ store, observedSince: since });
 */
export const backfill = async ({ client, store, business, since, pageSize, now = Date.now, onMessage }) => {
  const address = `whatsapp:${business}`;
  /** @type {SessionEvent[]} */
  const events = [];
  let messages = 0;
  for (const filter of [{ to: address }, { from: address }]) {
    for await (const message of client.messages({ ...filter, since, ...(pageSize ? { pageSize } : {}) })) {
      messages += 1;
      const told = read(message);
      if (told.kind !== "whatsapp") continue;
      const { event, vague, business, customer } = told;
      onMessage?.(message, { business, customer });
      if (!event) continue;
      // The webhook knows the kind better than the resource: what it said is not made vaguer.
      if (!vague || !(await isKnown(store, event))) events.push(event);
    }
  }
  for (const { keys, state } of recordReceived(events, now()).windows) await store.merge(keys, state);
  return { since, messages, events: events.length };
};
