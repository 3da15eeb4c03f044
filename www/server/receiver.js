// @ts-check
import { ReplyWindowError } from "../engine/errors.js";
import { fault } from "../engine/fault.js";
import { publicAddress } from "../engine/public-address.js";
import { headOf } from "../engine/request.js";
import { recordReceived, verifyRequest } from "../engine/on-server.js";
import { businessOf, channelOf } from "../stores/closing.js";
import { withSendTime } from "./record-send.js";
import { receiverOptions, toldAddress } from "./checked.js";
import { codeOf } from "./code-of.js";
import { confirmed } from "./confirm.js";
import { DEADLINES, contained, deadlineOf, inTime } from "./deadline.js";
import { accept, asFirstSeen } from "./replay.js";
import { reporter } from "./reports.js";

/**
 * @import { DeliveryStatus, Inbound, InboundMessage, SessionEvent, WindowState } from "../../src/wire/types.d.ts"
 * @import { VerifiedWebhook } from "../engine/webhook.js"
 * @import { OutboxItem, SendRecord, SharedStore, WindowStore } from "../stores/port.js"
 * @import { MessageClient } from "./confirm.js"
 * @import { Deadlines, Stage } from "./deadline.js"
 * @import { Report, ReportCode, Reporter } from "./reports.js"
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
 * @property {"report" | "refuse"} [shapes] what becomes of a signed form that breaks its own shape, which is what forms that were
 *   cut anew under a captured signature mostly do: `refuse` (default) answers 200 and makes nothing of it, `report` takes it; both tell
 * @property {MessageClient} [client] with credentials of Twilio's API (`twilioClient`): a message that would open a closed or unknown
 *   window counts from the date of its resource, so that no form opens one that was sent before, however long ago. Where the provider
 *   cannot be asked it opens, and `message-unconfirmed` is reported
 * @property {Deadlines} [deadlines] how long store and handlers may take, by the kind of webhook; then it is answered 500, and
 *   `store-timed-out` or `handler-timed-out` stands in the log. What was begun goes on.
 * @property {(request: Request, webhook: VerifiedWebhook, atMs: number) => Promise<OutboxItem | undefined>} [handOn] what is handed on to
 *   another receiver: it is added to the store's `outbox` in one commit with the webhook's window, or by itself where it is about none or
 *   is `suspicious`; not where it is `re-cut`. What it throws is answered 500
 * @property {(report: Report) => unknown} [onReport] what the shield saw; what it throws changes nothing
 * @property {boolean} [allowAuthTokenInPage] default `false`; for tests of a middleware under a DOM (jsdom), where an Auth Token is refused as in a page
 * @property {(line: string) => void} [log] one line per refused or failed webhook, without secrets and without personal data; where a signature of
 *   Twilio's does not match, with the address that was used, without its query
 */

const EMPTY_TWIML = '<?xml version="1.0" encoding="UTF-8"?><Response></Response>';

/** @param {number} status @param {string} [text] @param {Record<string, string>} [headers] */
const answer = (status, text = "", headers = {}) =>
  new Response(text, { status, headers: { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store", ...headers } });

/** An event and the keys of its window. @typedef {[event: SessionEvent, keys: readonly string[]]} Named */

/** Whoever tells of a send may name any id: it is not to touch a window with another address of ours. @param {SendRecord} send @param {readonly string[]} keys */
const isOf = ({ keys: [told] }, [key = ""]) => told === undefined || (channelOf(told) === channelOf(key) && businessOf(told) === businessOf(key));

/**
 * What was recorded of messages of ours when they were handed over, by event: the time that counts, and further keys. Asked where
 * one can have been, and for a window that has a name: nowhere else.
 *
 * @param {WindowStore} store
 * @param {readonly Named[]} named
 */
const sendsOf = async (store, named) => {
  /** @type {Map<SessionEvent, SendRecord>} */
  const sends = new Map();
  for (const [event, keys] of named) {
    const send = event.log === "customer" ? undefined : await store.sendRecord(event.id);
    if (send && isOf(send, keys)) sends.set(event, send);
  }
  return sends;
};

/**
 * What one webhook is recorded with.
 * @typedef {object} Recording
 * @property {WindowStore} store
 * @property {number} atMs nothing is dated later
 * @property {Map<string, ReceivedWindow>} windows by event id; those of the events are added
 * @property {() => void} suspect told where a time is over two minutes ahead
 * @property {OutboxItem} [item] to be added with the first window; gone from here once it was
 */

/**
 * @param {Recording} recording
 * @param {readonly SessionEvent[]} events
 * @returns {Promise<number>} of how many events no window can be named
 */
const keep = async (recording, events) => {
  const { store, atMs, windows, suspect } = recording;
  let received = recordReceived(events, atMs);
  if (received.clockSuspect) suspect();
  const named = received.windows.flatMap(({ keys, events: places }) => places.flatMap((place) => (events[place] ? [/** @type {Named} */ ([events[place], keys])] : [])));
  const sends = await sendsOf(store, named);
  if (sends.size > 0) received = recordReceived(events.map((event) => withSendTime(event, sends.get(event))), atMs);
  for (const { keys: own, state, events: places } of received.windows) {
    const told = places.flatMap((place) => events[place] ?? []);
    const keys = [...new Set([...own, ...told.flatMap((event) => sends.get(event)?.keys ?? [])])];
    const merged = await store.merge(keys, state, ...(recording.item ? [recording.item] : []));
    delete recording.item;
    for (const event of told) windows.set(event.id, { keys, state: merged, event: withSendTime(event, sends.get(event)) });
  }
  // A send may have been recorded while we were merging; whoever is last sees both.
  const again = named.filter(([event]) => event.log !== "customer" && !sends.has(event));
  const late = await sendsOf(store, again);
  if (late.size > 0) await keep(recording, [...late.keys()]);
  return events.length - named.length;
};

/**
 * Adds what is handed on and is recorded with no window. It waits in its customer's line all the same, where one is named.
 *
 * @param {WindowStore} store
 * @param {OutboxItem} item
 * @param {readonly SessionEvent[]} events
 * @param {number} atMs
 */
const addAlone = async (store, item, events, atMs) => {
  const keys = recordReceived(events, atMs).windows[0]?.keys ?? [];
  await /** @type {SharedStore} */ (store).outbox.add({ ...item, keys });
};

/**
 * @param {ReceiverOptions} options
 * @param {Inbound} inbound
 * @param {readonly SessionEvent[]} events of it, with the times that count
 * @param {Pick<Recording, "atMs" | "suspect" | "item"> & { enter: (stage: Stage) => void }} taking
 */
const record = async ({ store, onInbound, onStatus, log = () => {} }, inbound, events, { enter, ...taking }) => {
  /** @type {Map<string, ReceivedWindow>} */
  const windows = new Map();
  /** @type {Recording} */
  const recording = { store, windows, ...taking };
  const unnamed = await keep(recording, events);
  if (recording.item) await addAlone(store, recording.item, events, recording.atMs);
  for (let count = 0; count < unnamed; count += 1) log("webhook read in part: bad-address");
  enter("handler");
  for (const message of inbound.messages) await onInbound?.(message, windows.get(message.id));
  for (const status of inbound.statuses) await onStatus?.(status, windows.get(status.id));
  for (const problem of inbound.problems) log(`webhook read in part: ${codeOf(problem)}`);
};

/**
 * What was signed, but for what was cut anew.
 *
 * @param {ReceiverOptions} options
 * @param {Reporter} reports
 * @param {Request} request
 * @param {VerifiedWebhook} webhook
 * @param {(stage: Stage) => void} enter
 */
const take = async (options, { report }, request, webhook, enter) => {
  const { store, client, handOn, now = Date.now, shapes = "refuse" } = options;
  const [atMs, signature] = [now(), request.headers.get("x-twilio-signature")];
  const item = await handOn?.(request, webhook, atMs);
  const reasons = webhook.inbound.suspicions;
  if (reasons.length > 0) {
    report({ code: "suspicious", reasons, webhook });
    // It must not take the place of the request that it was cut from, either.
    if (shapes === "refuse") return void (item && (await addAlone(store, item, webhook.inbound.events, atMs)));
  }
  if (webhook.inbound.events.some(({ log, owner }) => log === "customer" && owner === "other")) report({ code: "standby" });
  const acceptance = await accept(store, signature, webhook, atMs);
  if (acceptance.full) report({ code: "replay-memory-full" });
  if (acceptance.kind === "re-cut") return report({ code: "re-cut", webhook });
  const seen = webhook.inbound.events.map(asFirstSeen(acceptance));
  const events = client && acceptance.kind === "new" ? await confirmed(client, { store, atMs, report }, webhook, seen) : seen;
  if (events === undefined) return;
  // Ours or theirs: a time ahead of this clock moves nothing, and whoever looks after the clock is told.
  await record(options, webhook.inbound, events, { atMs, enter, ...(item && { item }), suspect: () => report({ code: "clock-suspect", webhook }) });
};

/** What is not the sender's fault, or not a question of trust. @type {Record<string, number>} */
const STATUS = {
  "body-too-large": 413, "url-too-long": 414, "body-unreadable": 400, "engine-crashed": 500, "key-missing": 500, "key-empty": 500,
  "key-lookup-failed": 500, "bad-derived-key": 500,
  "auth-token-in-page": 500, "wrong-type": 500, "time-not-whole": 500, "time-out-of-range": 500, "public-url-failed": 500,
  "body-timed-out": 408, unexpected: 500,
};

/** What the host's own function throws is its fault, whatever code it has. @param {(request: Request) => string} publicUrl @param {Request} request */
const addressBy = (publicUrl, request) => {
  try {
    return publicUrl(request);
  } catch (cause) {
    throw fault("public-url-failed", "publicUrl", "it threw", cause);
  }
};

/** @param {ReceiverOptions} options @param {Request} request @param {string | undefined} publicUrl */
const verified = async ({ keys, now = Date.now, allowAuthTokenInPage = false }, request, publicUrl) => {
  const webhook = await verifyRequest(request, { keys, receivedAt: now(), allowAuthTokenInPage, ...(publicUrl === undefined ? {} : { publicUrl }) });
  // What cannot be read is the sender's fault.
  return webhook.inbound && webhook;
};

/**
 * What helps against a refusal. The address is most often what does not match, and Meta signs none.
 *
 * @param {string} code @param {Request} request @param {string | undefined} publicUrl
 */
const adviceFor = (code, request, publicUrl) => {
  if (code !== "signature-mismatch" || !request.headers.has("x-twilio-signature")) return "";
  const used = toldAddress(publicUrl === undefined ? request.url : publicAddress(publicUrl, request.url));
  return ` with the address ${used}${publicUrl === undefined ? ", the request's own, since there is no publicUrl" : ""}; it has to be the one that was entered at Twilio, to the letter; diagnoseWebhook tells what would match`;
};

/** Refusals that the host is told. @type {readonly string[]} */
const REPORTED = ["account-ambiguous", "address-not-of-key"];

/** What is wrong with something that is no fetch request, in our own words: nothing of it is quoted. @param {Request} request @returns {string | undefined} */
const misuseOf = (request) => {
  try {
    headOf(request, []);
    return undefined;
  } catch (error) {
    return error instanceof ReplyWindowError && error.code === "wrong-type" ? error.message : undefined;
  }
};

/** @param {ReceiverOptions & { log: (line: string) => void, deadlines: Required<Deadlines> }} options @param {Reporter} reports @param {Request} request */
const receive = async (options, reports, request) => {
  const { log } = options;
  const misuse = misuseOf(request);
  if (misuse !== undefined) {
    log(`webhook refused with 500: wrong-type: ${misuse}`);
    return answer(500, "refused\n");
  }
  // Whoever cannot sign has nothing to ask by GET: that is answered as before it was taken.
  const isAsked = request.method === "GET" && request.headers.has("x-twilio-signature");
  if (request.method !== "POST" && !isAsked) return answer(405, "only POST\n", { allow: "POST" });
  let [webhook, address] = /** @type {[VerifiedWebhook?, string?]} */ ([]);
  try {
    address = typeof options.publicUrl === "function" ? addressBy(options.publicUrl, request) : options.publicUrl;
    webhook = await verified(options, request, address);
  } catch (error) {
    const code = codeOf(error);
    const status = Object.hasOwn(STATUS, code) ? STATUS[code] : 403;
    log(`webhook refused with ${status}: ${code}${adviceFor(code, request, address)}`);
    if (REPORTED.includes(code)) reports.report({ code: /** @type {ReportCode} */ (code) });
    return answer(status, "refused\n");
  }
  try {
    await inTime(deadlineOf(options, webhook), (enter) => take(options, reports, request, webhook, enter));
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
 * signature: 403, nothing changes, one log line. Duplicated, late and reordered webhooks end in the same state; what comes
 * a second time under one signature makes nothing new, see `THREATS.md`.
 *
 * @param {ReceiverOptions} options
 * @returns {{ fetch: (request: Request) => Promise<Response>, counts: Reporter["counts"] }} `counts`: how often each report was made
 * @throws {import("../engine/errors.js").ReplyWindowError} at once, not at the first webhook: `unknown-field` for an option that there is not, `missing-field`
 *   for `keys` or `store`, `key-missing` and `key-empty` for one of the keys (`keys[0]`: a variable of the environment that is not set),
 *   `bad-url` for a `publicUrl` without its scheme, `unknown-name` for `shapes`, `out-of-range` for `deadlines`, `wrong-type`, `input-too-large`
 *   and `not-plain-data` for any. What a function hands over (`keys`, `publicUrl`) is checked when it does
 * @example
 * const store = memoryStore();
 * const receiver = createReceiver({ keys: [authToken], store, publicUrl: "https://hooks.example.com" });
 * Deno.serve(receiver.fetch); // or: export default receiver
 */
export const createReceiver = (options) => {
  const found = /** @type {ReceiverOptions} */ (receiverOptions(options));
  const log = contained(found.log ?? console.warn);
  const reports = reporter(found.onReport, log);
  const settings = { ...found, log, deadlines: { ...DEADLINES, ...found.deadlines } };
  return { fetch: (request) => receive(settings, reports, request), counts: reports.counts };
};
