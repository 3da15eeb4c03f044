// @ts-check
import { mergeStates, policyFor, windowKeys } from "../engine/session.js";
import { backfill, createGate, createReceiver, memoryStore, twilioClient } from "../server/index.js";
import { Conversations } from "./conversations.js";
import { createEvents } from "./events.js";
import { isLocal, jsonBody } from "./local.js";
import { createSendKeys } from "./send-keys.js";
import { problem, providerProblem, sendMessage } from "./sending.js";
import { createTemplates } from "./templates.js";

/**
 * The middleware between Twilio and the page: webhooks in, server-sent events out, a gate before every send.
 * It only wires `www/server/`; what a message does to a window is decided there and in the engine.
 *
 * @import { DeliveryStatus, InboundMessage, Policy, Unknown, WindowState } from "../../src/wire/types.d.ts"
 * @import { ChatMessage, Conversation } from "./conversations.js"
 * @import { ReceivedWindow } from "../server/receiver.js"
 * @import { MessageResource } from "../server/twilio/client.js"
 */

/**
 * @typedef {object} MiddlewareOptions
 * @property {{ accountSid: string, authToken: string, baseUrl?: string, contentUrl?: string }} twilio
 * @property {string} business our WhatsApp number whose history is read, E.164
 * @property {string[]} [numbers] all of them, where there are more
 * @property {() => string} publicUrl the address under which Twilio reaches us, without the path
 * @property {{ now: () => number, onJump: (listener: (nowAtMs: number) => void) => () => void }} clock
 * @property {readonly Omit<Conversation, "messages" | "channel">[]} [people] conversations that are there from the start
 * @property {number} [windowLengthMs] instead of the policy's
 * @property {Unknown} [unknown] what becomes of free text in an unknown window; default `ask`: it leaves with the agent's yes
 * @property {number} [historyMs] how far back messages are read at start; default: the window's length
 * @property {number} [pageSize] of Twilio's lists
 * @property {boolean} [standIn] whether a stand-in answers, so that the page may show its controls
 * @property {import("../stores/port.js").SharedStore} [store] default: in memory
 * @property {(line: string) => void} [log]
 */

const INBOUND = "/twilio/inbound";
const STATUS = "/twilio/status";

/** @param {number | undefined} lengthMs @returns {Policy} */
const policyWith = (lengthMs) => ({ ...policyFor("whatsapp"), ...(lengthMs === undefined ? {} : { lengthMs }) });

/** The text of a message that has none. @param {InboundMessage} message */
const textOf = ({ text, kind, button }) => text || button?.text || `[${kind}]`;

/** @param {MessageResource} resource @returns {ChatMessage} */
const chatMessage = (resource) => ({
  id: resource.sid,
  direction: resource.direction === "inbound" ? "inbound" : "outbound",
  text: resource.body || "[media]",
  atMs: Date.parse(resource.date_created ?? resource.date_sent ?? ""),
  status: resource.status,
  ...(resource.error_code ? { errorCode: resource.error_code } : {}),
});

/** @param {MiddlewareOptions} options */
const assemble = ({ twilio, publicUrl, clock, people, windowLengthMs, unknown = "ask", pageSize, store = memoryStore(), log = console.warn }) => {
  const policy = policyWith(windowLengthMs);
  const client = twilioClient(twilio);
  /** @type {Map<string, number>} */
  const observedSince = new Map();
  const startedAtMs = clock.now();
  const since = (/** @type {string} */ business) => observedSince.get(business) ?? startedAtMs;
  const { now } = clock;
  return {
    policy, unknown, store, client, observedSince, since, now, log,
    events: createEvents(),
    conversations: new Conversations(people),
    keys: createSendKeys(),
    templates: createTemplates({ client, now, ...(pageSize ? { pageSize } : {}) }),
    gate: createGate({ store, policy, now, observedSince: since, unknown }),
    statusCallback: () => publicUrl() + STATUS,
    counts: policy.maxUnanswered !== undefined,
  };
};

/** @typedef {ReturnType<typeof assemble>} Parts */

/** What the pages are told. @param {Parts} parts */
const telling = ({ events, conversations }) => {
  /** @param {DeliveryStatus} status */
  const progressed = (status) => {
    const found = conversations.progress(status);
    if (!found) return;
    const { conversation, message: { id, text, status: word, errorCode } } = found;
    events.send("status", { conversationId: conversation.id, id, status: word, text, ...(errorCode ? { errorCode } : {}) });
  };
  return {
    progressed,

    /** A message, and then what overtook it: pages hear the two in this order. @param {Conversation} conversation @param {ChatMessage} message */
    said(conversation, message) {
      if (conversations.add(conversation, message)) events.send("message", { conversationId: conversation.id, message });
      const word = conversations.overtaken(message.id);
      if (word) progressed(word);
    },

    /** @param {Conversation} conversation @param {WindowState} state */
    windowChanged({ id }, state) {
      events.send("window", { conversationId: id, state });
    },
  };
};

/** @typedef {Parts & ReturnType<typeof telling>} Middleware */

/**
 * The customer wrote.
 *
 * @param {Middleware} desk @param {InboundMessage} message @param {ReceivedWindow} [window]
 */
const heard = ({ conversations, events, said, windowChanged }, message, window) => {
  if (!window) return;
  const { business, customer, providerAtMs, receiptAtMs } = window.event;
  const known = conversations.at(window.keys).length > 0;
  const conversation = conversations.with({ business, customer, ...(message.profileName ? { name: message.profileName } : {}) });
  const atMs = Math.min(providerAtMs ?? Infinity, receiptAtMs ?? Infinity);
  if (!known) events.send("conversation", { conversationId: conversation.id });
  said(conversation, { id: message.id, direction: "inbound", text: textOf(message), atMs, status: "received", ...(message.kind === "text" ? {} : { kind: message.kind }) });
  for (const one of conversations.at(window.keys)) windowChanged(one, window.state);
};

/** @param {Middleware} desk @param {MiddlewareOptions} options */
const receiverOf = (desk, { twilio, publicUrl }) =>
  createReceiver({
    keys: [twilio.authToken],
    store: desk.store,
    now: desk.now,
    log: desk.log,
    publicUrl: (request) => publicUrl() + request.url.slice(new URL(request.url).origin.length),
    onInbound: (message, window) => heard(desk, message, window),
    /** @param {DeliveryStatus} status @param {ReceivedWindow} [window] */
    onStatus(status, window) {
      if (window) for (const one of desk.conversations.at(window.keys)) desk.windowChanged(one, window.state);
      desk.progressed(status);
    },
  });

/** The part of an error that is fit for a log. @param {unknown} error */
const codeOf = (error) => (error instanceof Error && "code" in error ? String(error.code) : "unexpected");

/** The history with Twilio's own times, so that no window begins as unknown without need. @param {Middleware} desk @param {MiddlewareOptions} options */
const readHistory = async (desk, options) => {
  for (const business of options.numbers ?? [options.business]) await readHistoryOf(desk, business, options);
};

/** @param {Middleware} desk @param {string} business @param {MiddlewareOptions} options */
const readHistoryOf = async (desk, business, { historyMs, pageSize }) => {
  const since = desk.now() - (historyMs ?? desk.policy.lengthMs ?? 0);
  try {
    await backfill({
      client: desk.client, store: desk.store, business, since, ...(pageSize ? { pageSize } : {}),
      onMessage: (resource, parties) => desk.conversations.add(desk.conversations.with(parties), chatMessage(resource)),
    });
    desk.observedSince.set(business, since);
  } catch (error) {
    desk.log(`history not read (${codeOf(error)}): windows begin as unknown`);
  }
};

/** @param {Middleware} desk @param {boolean} standIn */
const session = async (desk, standIn) => ({
  nowAtMs: desk.now(),
  policy: desk.policy,
  unknown: desk.unknown,
  standIn,
  conversations: await Promise.all(
    desk.conversations.all().map(async (conversation) => ({
      ...conversation,
      state: (await desk.store.read(windowKeys({ business: conversation.business, customer: conversation.customer }))) ?? mergeStates([]),
      observedSinceAtMs: desk.since(conversation.business),
    })),
  ),
});

/** @param {unknown} body */
const answer = (body) => Response.json(body, { headers: { "cache-control": "no-store" } });

/** @param {Middleware} desk @param {Request} request @param {boolean} standIn @returns {Promise<Response>} */
const api = async (desk, request, standIn) => {
  const { pathname, searchParams } = new URL(request.url);
  const route = `${request.method} ${pathname}`;
  if (route === "GET /api/session") return answer(await session(desk, standIn));
  if (route === "GET /api/now") return answer({ nowAtMs: desk.now() });
  if (route === "GET /api/events") return desk.events.open({ clock: { nowAtMs: desk.now() } });
  if (route === "GET /api/templates") return desk.templates.list({ fresh: searchParams.has("fresh") }).then(answer, providerProblem);
  const id = /^POST \/api\/conversations\/([\w-]+)\/messages$/.exec(route)?.[1];
  if (id === undefined) return problem(404, "not-found", "no such address");
  const conversation = desk.conversations.get(id);
  if (!conversation) return problem(404, "conversation-unknown", "there is no such conversation");
  const body = await jsonBody(request);
  const key = request.headers.get("idempotency-key") ?? undefined;
  return body ? sendMessage(desk, conversation, body, key) : problem(400, "body-invalid", "a JSON object is needed");
};

/**
 * @param {MiddlewareOptions} options
 */
export const createMiddleware = (options) => {
  const parts = assemble(options);
  const desk = { ...parts, ...telling(parts) };
  const receiver = receiverOf(desk, options);
  const unsubscribe = options.clock.onJump((nowAtMs) => desk.events.send("clock", { nowAtMs }));
  /** @type {Promise<void> | undefined} */
  let ready;
  return {
    desk,

    /** Reads the history. Webhooks are welcome before, and the API answers after it. */
    start: () => (ready ??= readHistory(desk, options)),

    /** @param {Request} request @returns {Promise<Response | undefined>} undefined: not ours */
    async fetch(request) {
      const { pathname } = new URL(request.url);
      if (pathname === INBOUND || pathname === STATUS) return receiver.fetch(request);
      if (!pathname.startsWith("/api/")) return undefined;
      if (!isLocal(request)) return problem(403, "not-local", "only for pages of this machine");
      await ready;
      return api(desk, request, options.standIn ?? false).catch((error) => {
        desk.log(`request failed: ${codeOf(error)}`);
        return problem(500, "unexpected", "something went wrong here");
      });
    },

    close() {
      unsubscribe();
      desk.events.close();
    },
  };
};
