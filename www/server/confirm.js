// @ts-check
/**
 * Beyond the memory of signatures a form that comes again cannot be told from a new message: it carries no time. Twilio's own word for the
 * message does: its resource has the date and both parties. It is asked only where it matters, for an id that nobody knows and that
 * would open a window which is closed or of which nothing is known.
 *
 * @import { SessionEvent } from "../../src/wire/types.d.ts"
 * @import { VerifiedWebhook } from "../engine/webhook.js"
 * @import { WindowStore } from "../stores/port.js"
 * @import { Report } from "./reports.js"
 * @import { MessageResource } from "./twilio/client.js"
 */
import { mergeStates, readTwilioMessage, windowKeys, windowStatuses } from "../engine/on-server.js";
import { inTime } from "./deadline.js";

/** @typedef {{ message: (id: string) => Promise<MessageResource> }} MessageClient as `twilioClient` makes one */

/** How long the provider may take: a webhook waits for it. */
const CONFIRM_MS = 2_500;

/** Which identity a window key is made of. @param {string} key */
const kindOf = (key) => key.slice(key.lastIndexOf("/") + 1).split(":", 1)[0];

/**
 * Whether the resource is surely another message's: other parties, or none of a customer's. A number and a user id may be one customer.
 *
 * @param {SessionEvent} event
 * @param {ReturnType<typeof readTwilioMessage>} told
 */
const differs = ({ id, channel, business, customer }, told) => {
  if (told.kind === "other" || told.event?.log !== "customer" || told.event.id !== id) return true;
  const [mine, theirs] = [{ channel, business, customer }, { channel, business: told.business, customer: told.customer }].map(windowKeys);
  if (mine?.some((key) => theirs?.includes(key))) return false;
  return mine?.some((key) => theirs?.some((other) => kindOf(key) === kindOf(other))) ?? false;
};

/** @param {WindowStore} store @param {SessionEvent} event @param {number} atMs @returns {Promise<boolean>} */
const wouldOpen = async (store, { channel, business, customer }, atMs) => {
  const keys = windowKeys({ channel, business, customer });
  if (keys.length === 0) return false;
  const state = (await store.read(keys)) ?? mergeStates([]);
  const [status] = windowStatuses([state], { channel, now: atMs });
  return status?.kind === "closed" || status?.kind === "unknown";
};

/**
 * The events of a webhook with the times of their messages' resources, where they were asked for.
 *
 * @param {MessageClient} client
 * @param {{ store: WindowStore, atMs: number, report: (report: Report) => void }} taking
 * @param {VerifiedWebhook} webhook
 * @param {readonly SessionEvent[]} events
 * @returns {Promise<SessionEvent[] | undefined>} nothing where the provider says that it is another message
 */
export const confirmed = async (client, { store, atMs, report }, webhook, events) => {
  const answers = [];
  for (const event of events) {
    const isAsked = webhook.inbound.source === "twilio-messaging" && event.log === "customer" && event.providerAtMs === undefined
      && event.receiptAtMs === atMs && (await wouldOpen(store, event, atMs));
    if (!isAsked) {
      answers.push(event);
      continue;
    }
    try {
      const told = readTwilioMessage(await inTime(CONFIRM_MS, () => client.message(event.id)));
      if (differs(event, told)) return void report({ code: "message-differs", webhook });
      answers.push({ ...event, ...(told.kind === "whatsapp" && told.event?.providerAtMs !== undefined && { providerAtMs: told.event.providerAtMs }) });
    } catch {
      // No message is lost for a provider that does not answer.
      report({ code: "message-unconfirmed", webhook });
      answers.push(event);
    }
  }
  return answers;
};
