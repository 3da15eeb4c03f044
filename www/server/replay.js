// @ts-check
/**
 * The same signature is the same request. Twilio signs names and values run together, so one captured signature fits
 * other parameters, too, and even another division between address and body; but whatever it fits, the signed text and so
 * the signature are the same. What comes a second time under one signature makes nothing new: word for word it is
 * a repetition, which is recorded as of its first arrival; with other parameters it was cut anew.
 *
 * @import { SessionEvent } from "../../src/wire/types.d.ts"
 * @import { VerifiedWebhook } from "../engine/webhook.js"
 * @import { Acceptance, WindowStore } from "../stores/port.js"
 */
import { digestOf, textDigest } from "../engine/on-server.js";

/** Ids of messages are a provider's; a tenant's word about them goes no further than its own numbers. @param {SessionEvent} event */
const idOf = ({ business, id }) => `${business}/${id}`;

/**
 * Asks the store what it knows of this request and has it remembered, before anything is recorded: a crash in between
 * costs nothing, because the provider's repetition is word for word the same and is recorded then.
 *
 * @param {WindowStore} store
 * @param {string | null} signature of Twilio; Meta's covers every byte of the body and needs none of this
 * @param {VerifiedWebhook} webhook
 * @param {number} atMs
 * @returns {Promise<Acceptance>}
 */
export const accept = async (store, signature, webhook, atMs) => {
  if (signature === null) return { kind: "new", atMs, ids: {} };
  return store.accept({
    fingerprint: textDigest(signature),
    // The order counts: of a parameter that comes twice the first is read.
    digest: digestOf(webhook),
    ids: webhook.inbound.events.filter(({ log }) => log === "customer").map(idOf),
    atMs,
  });
};

/**
 * A form has no time of its own, so it counts from when its signature, or its message's id, was first seen.
 *
 * @param {Acceptance} acceptance
 * @returns {(event: SessionEvent) => SessionEvent}
 */
export const asFirstSeen = ({ atMs, ids }) => (event) => {
  const { receiptAtMs } = event;
  if (receiptAtMs === undefined) return event;
  const known = event.log === "customer" ? ids[idOf(event)] : undefined;
  return { ...event, receiptAtMs: Math.min(receiptAtMs, atMs, known ?? receiptAtMs) };
};
