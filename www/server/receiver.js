// @ts-check
import { foldEvents, verifyRequest, windowKeys } from "../engine/on-server.js";
import { withSendTime } from "./record-send.js";

/**
 * @import { DeliveryStatus, Inbound, InboundMessage, SessionEvent, WindowState } from "../../src/wire/types.d.ts"
 * @import { WindowStore } from "../stores/port.js"
 */

/**
 * The window that a webhook was about.
 * @typedef {object} ReceivedWindow
 * @property {string[]} keys
 * @property {WindowState} state after this webhook
 * @property {SessionEvent} event
 */

/**
 * @typedef {object} ReceiverOptions
 * @property {import("../engine/webhook.js").VerifyOptions["keys"]} keys the current one first, or a function of the Account SID, see `verifyWebhook`
 * @property {WindowStore} store
 * @property {string | ((request: Request) => string)} [publicUrl] the address as the provider knows it, see `verifyRequest`;
 *   or a function that answers the whole address. Without it the request's own counts, which is wrong behind a proxy.
 * @property {() => number} [now] UTC milliseconds
 * @property {(message: InboundMessage, window?: ReceivedWindow) => unknown} [onInbound] may be called again for a repeated webhook
 * @property {(status: DeliveryStatus, window?: ReceivedWindow) => unknown} [onStatus] the same
 * @property {(line: string) => void} [log] one line per refused or failed webhook, without secrets and without personal data
 */

const EMPTY_TWIML = '<?xml version="1.0" encoding="UTF-8"?><Response></Response>';

/** @param {number} status @param {string} [text] @param {Record<string, string>} [headers] */
const answer = (status, text = "", headers = {}) =>
  new Response(text, { status, headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store", ...headers } });

/** Only a code may reach the log: messages could quote what was sent. @param {unknown} fault */
const codeOf = (fault) => {
  const code = fault && typeof fault === "object" && "code" in fault ? String(fault.code) : "";
  return /^[a-z][a-z0-9-]{0,63}$/.test(code) ? code : "unexpected";
};

/**
 * Events of one webhook may belong to several windows.
 *
 * @param {WindowStore} store
 * @param {SessionEvent} event
 * @returns {Promise<ReceivedWindow>}
 */
const keep = async (store, event) => {
  const keys = windowKeys({ channel: event.channel, business: event.business, customer: event.customer });
  if (event.log === "customer") return { keys, state: await store.merge(keys, foldEvents(undefined, [event])), event };
  const send = await store.sendRecord(event.id);
  const timed = withSendTime(event, send);
  const linked = [...new Set([...keys, ...(send?.keys ?? [])])];
  const state = await store.merge(linked, foldEvents(undefined, [timed]));
  // The send may have been recorded while we were merging; whoever is last sees both.
  if (!send && (await store.sendRecord(event.id))) return keep(store, event);
  return { keys: linked, state, event: timed };
};

/** @param {ReceiverOptions} options @param {Inbound} inbound */
const record = async ({ store, onInbound, onStatus, log = () => {} }, inbound) => {
  /** @type {Map<string, ReceivedWindow>} */
  const windows = new Map();
  for (const event of inbound.events) windows.set(event.id, await keep(store, event));
  for (const message of inbound.messages) await onInbound?.(message, windows.get(message.id));
  for (const status of inbound.statuses) await onStatus?.(status, windows.get(status.id));
  for (const problem of inbound.problems) log(`webhook read in part: ${codeOf(problem)}`);
};

/** What is not the sender's fault, or not a question of trust. @type {Record<string, number>} */
const STATUS = {
  "body-too-large": 413, "url-too-long": 414, "body-unreadable": 400, "engine-crashed": 500, "key-missing": 500, "key-empty": 500,
  "key-lookup-failed": 500, "bad-derived-key": 500,
  "auth-token-in-page": 500, "wrong-type": 500, unexpected: 500,
};

/** @param {ReceiverOptions} options @param {Request} request */
const verified = ({ keys, publicUrl, now = Date.now }, request) => {
  const address = typeof publicUrl === "function" ? publicUrl(request) : publicUrl;
  return verifyRequest(request, { keys, receivedAt: now(), ...(address === undefined ? {} : { publicUrl: address }) });
};

/** @param {ReceiverOptions} options @param {Request} request */
const receive = async (options, request) => {
  const { log = console.warn } = options;
  if (request.method !== "POST") return answer(405, "only POST\n", { allow: "POST" });
  let inbound;
  try {
    ({ inbound } = await verified(options, request));
  } catch (error) {
    const code = codeOf(error);
    const status = STATUS[code] ?? 403;
    log(`webhook refused with ${status}: ${code}`);
    return answer(status, "refused\n");
  }
  try {
    await record({ ...options, log }, inbound);
    return answer(200, EMPTY_TWIML, { "content-type": "text/xml; charset=utf-8" });
  } catch (error) {
    // Nothing is half done that a repetition would not mend: every step is idempotent.
    log(`webhook not recorded: ${codeOf(error)}`);
    return answer(500, "not recorded\n");
  }
};

/**
 * A webhook receiver as a fetch handler: `(Request) => Promise<Response>`, for Node, Deno, Bun and workerd.
 * It verifies, folds the events into the store, and answers an empty TwiML document. A forged, truncated or missing
 * signature: 403, nothing changes, one log line. Duplicated, late and reordered webhooks end in the same state.
 *
 * @param {ReceiverOptions} options
 * @returns {{ fetch: (request: Request) => Promise<Response> }}
 * @example
 * const store = memoryStore();
 * const receiver = createReceiver({ keys: [authToken], store, publicUrl: "https://hooks.example.com" });
 * Deno.serve(receiver.fetch); // or: export default receiver
 */
export const createReceiver = (options) => ({ fetch: (request) => receive(options, request) });
