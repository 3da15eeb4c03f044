// @ts-check
/** The server side: webhook receiver, window store, gate before every send, Twilio client, history. */
export { createReceiver } from "./receiver.js";
export { memoryStore } from "../stores/memory.js";
export { createGate, maySend } from "./gate.js";
export { recordHandover } from "./handover.js";
export { twilioClient } from "./twilio.js";
export { backfill, eventOfMessage } from "./backfill.js";
export { validateChannel } from "./validate-channel.js";
