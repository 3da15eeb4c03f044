// @ts-check
/**
 * What a server asks, answered by one module: a process that receives webhooks, judges sends and reads a history holds one
 * instance for all of it. Each function is that of the same name elsewhere in this folder.
 */
/** @import { TwilioHistory } from "../../src/wire/types.d.ts" */
import { plain } from "./plain.js";
import { explainProviderErrorIn } from "./provider-error-calls.js";
import { server } from "./modules/server.js";
import { compactStateIn, foldEventsIn, judgeIn, mergeStatesIn, recordReceivedIn, windowKeysIn, windowStatusesIn } from "./session-calls.js";
import { verifyRequestIn } from "./webhook-calls.js";

/** @type {typeof import("./session.js").foldEvents} */
export const foldEvents = (state, events) => foldEventsIn(server, state, events);

/**
 * What was received of any windows at an instant, window by window.
 *
 * @param {readonly import("../../src/wire/types.d.ts").SessionEvent[]} events
 * @param {import("./check.js").Time} receivedAt
 */
export const recordReceived = (events, receivedAt) => recordReceivedIn(server, events, receivedAt);

/** @type {typeof import("./session.js").mergeStates} */
export const mergeStates = (states) => mergeStatesIn(server, states);

/** @type {typeof import("./session.js").compactState} */
export const compactState = (state) => compactStateIn(server, state);

/** @type {typeof import("./session.js").judge} */
export const judge = (state, draft, given = {}) => judgeIn(server, state, draft, given);

/** @type {typeof import("./session.js").windowStatuses} */
export const windowStatuses = (states, given = {}) => windowStatusesIn(server, states, given);

/** @type {typeof import("./session.js").windowKeys} */
export const windowKeys = (window) => windowKeysIn(server, window);

/** @type {typeof import("./webhook.js").verifyRequest} */
export const verifyRequest = (request, given) => verifyRequestIn(server, request, given, true);

export { digestOf } from "./remembered.js";

/** @type {typeof import("./provider-error.js").explainProviderError} */
export const explainProviderError = (error) => explainProviderErrorIn(server, error);

/**
 * The value of `X-Twilio-Signature` for a webhook that is handed on to another address.
 *
 * @param {string} url exactly as it is asked
 * @param {Uint8Array | undefined} body a form; none for GET
 * @param {import("./keys.js").VerificationKey} key an Auth Token, or a key derived from one
 * @returns {string}
 * @throws {import("./errors.js").ReplyWindowError} `key-shared`, `url-too-long`, `body-too-large`, those of a form that cannot be read
 */
export const signTwilio = (url, body, key) => server.call("signTwilio", { url, key, ...(body === undefined ? {} : { body }) }).signature;

/** SHA-256 of a text, in base64. @type {(text: string) => string} */
export const textDigest = (text) => server.apply("textDigest", text);

/**
 * What a Message resource of Twilio says about a window.
 *
 * @param {object} message
 * @returns {TwilioHistory}
 */
export const readTwilioMessage = (message) => server.call("readTwilioMessage", { message: plain(message, "message") });

/** @type {typeof import("./session.js").policyFor} */
export const policyFor = (channel = "whatsapp") => server.call("policyFor", { channel });
