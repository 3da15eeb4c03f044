// @ts-check
/** The server side: webhook receiver, window store, gate before every send, Twilio client, history. */
export { createReceiver } from "./receiver.js";
export { memoryStore } from "../stores/memory.js";
export { createGate, maySend } from "./gate.js";
export { recordSend } from "./record-send.js";
export { twilioClient } from "./twilio/client.js";
export { backfill, eventOfMessage } from "./twilio/history.js";
export { validateChannel } from "./twilio/validate-channel.js";
