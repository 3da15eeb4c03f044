/** Types of `reply-window/server`. */
export * from "../types/www/server/index.js";
export type { ReceiverOptions, ReceivedWindow } from "../types/www/server/receiver.js";
export type { Report } from "../types/www/server/reports.js";
export type { Deadlines } from "../types/www/server/deadline.js";
export type { MessageClient } from "../types/www/server/confirm.js";
export type { GateOptions, GateMessage, Confirmed, Unconfirmed } from "../types/www/server/gate.js";
export type { TwilioClient, TwilioOptions, MessageResource, OutgoingMessage } from "../types/www/server/twilio/client.js";
export type { Step, Validation, ValidateOptions } from "../types/www/server/twilio/validate-channel.js";
export type * from "./stores.d.ts";
