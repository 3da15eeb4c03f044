// @ts-check
import { foldEvents, windowKeys } from "../engine/on-server.js";

/**
 * @import { Channel, EventKind, Identity, SessionEvent, WindowState } from "../../src/wire/types.d.ts"
 * @import { SendRecord, WindowStore } from "../stores/port.js"
 */

/**
 * A refusal is judged by the time the message was handed over, not by the time the provider's word arrived:
 * a customer who wrote in between has opened the window again.
 *
 * @param {SessionEvent} event of a message of ours
 * @param {SendRecord | undefined} record
 * @returns {SessionEvent}
 */
export const withSendTime = (event, record) => {
  if (!record) return event;
  const kind = event.log === "refused" ? record.kind : event.kind;
  return { ...event, kind, providerAtMs: Math.min(record.atMs, event.providerAtMs ?? record.atMs) };
};

/**
 * Say that the provider took a message of ours. Call it after every send.
 * A refusal that overtook this call gets its time now, so the order of the two does not matter.
 *
 * @param {WindowStore} store
 * @param {{ id: string, channel?: Channel, business: string, customer: Identity, kind: "session-message" | "template-message",
 *   atMs: number, counts?: boolean }} message
 *   `atMs`: when the provider took it. `counts`: keep it as `sent`; only for channels whose policy has `maxUnanswered`.
 * @returns {Promise<WindowState | undefined>} the window's state where it changed
 * @example
 * const { id } = await client.sendMessage(message);
 * await recordSend(store, { id, business, customer, kind: "session-message", atMs: Date.now() });
 */
export const recordSend = async (store, { id, channel = "whatsapp", business, customer, kind, atMs, counts = false }) => {
  const keys = windowKeys({ channel, business, customer });
  await store.recordSend({ id, keys, kind, atMs });
  const state = await store.read(keys);
  const refused = state?.refused.some((record) => record.id === id) ?? false;
  if (!refused && !counts) return undefined;
  /** @type {SessionEvent} */
  const event = { log: refused ? "refused" : "sent", id, kind, providerAtMs: atMs, channel, business, customer };
  return store.merge(keys, foldEvents(undefined, [event]));
};
