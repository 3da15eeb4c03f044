// @ts-check
// What the desktop knows: conversations, their windows, and the clock that everybody shares.

import { ReplyWindowError, explainProviderError, mergeStates, windowBook } from "../../index.js";
import { sessionDrafts } from "../../mount.js";

/** @import { WindowBook } from "../../engine/window-book.js" */
/** @import { Channel, Identity, Import, Policy, Unknown, WindowState, WindowStatus } from "../../../src/wire/types.d.ts" */

/**
 * @typedef {{ id: string, direction: "inbound" | "outbound", text: string, atMs: number, status: string, errorCode?: number, sendId?: string, author?: string, contentSid?: string, kind?: string }} Message
 * @typedef {object} Conversation
 * @property {string} id
 * @property {string} name
 * @property {string} locale
 * @property {Channel} channel
 * @property {string} business
 * @property {Identity} customer
 * @property {Record<string, string>} suggestions
 * @property {WindowState} state
 * @property {number} observedSinceAtMs
 * @property {Message[]} messages
 */

/**
 * @typedef {{ kind: "clock" | "online" }
 *   | { kind: "window" | "conversations", id?: string }
 *   | { kind: "message" | "refused", id: string, message: Message }} Change
 */

/** The demo's clock jumps by days. */
const DRAFTS_MS = 60 * 86_400_000;

const LOST = ["undelivered", "failed"];

/** A failed answer of the middleware. */
export class RequestError extends Error {
  /** @param {{ code?: string, message?: string, providerCode?: number, verdict?: unknown, status?: unknown, id?: string, atMs?: number }} body @param {number} status */
  constructor(body, status) {
    super(body.message ?? `status ${status}`);
    this.name = "RequestError";
    this.code = body.code ?? "request-failed";
    this.status = status;
    this.providerCode = body.providerCode;
    // What the middleware decided of the window counts in the page too.
    this.verdict = body.verdict;
    this.windowStatus = body.status;
    /** Of the message that the same key sent before. */
    this.receipt = body.id === undefined ? undefined : { id: body.id, atMs: Number(body.atMs) };
  }
}

/** @param {string} path @param {unknown} [body] posted, if there is one @param {Record<string, string>} [headers] @returns {Promise<any>} */
export async function ask(path, body, headers) {
  const request = body === undefined ? {} : { method: "POST", headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(body) };
  const response = await fetch(path, request);
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new RequestError(answer, response.status);
  return answer;
}

/** What the book of windows is told. @param {Conversation} conversation */
const told = ({ id: key, channel, state, observedSinceAtMs: observedSince }) => ({ key, channel, state, observedSince });

export class Desk {
  /** @type {Map<string, Conversation>} */
  conversations = new Map();
  /** @type {Policy | undefined} */
  policy;
  #book = windowBook();
  /** What becomes of free text in an unknown window. @type {Unknown} */
  unknown = "ask";
  /** Whether a stand-in answers that can be steered. */
  standIn = false;
  online = true;
  /** Whether a text that waited goes out by itself, where the address says so. @type {"auto" | "ask"} */
  queue = new URLSearchParams(location.search).get("queue") === "auto" ? "auto" : "ask";
  /** Conversations in which a text waits for the agent's word. @type {Set<string>} */
  asking = new Set();
  /** Who sits here, where the address says it: what they write bears their name. */
  agent = new URLSearchParams(location.search).get("agent") ?? undefined;
  /** Where drafts survive a reload, if the address says so. */
  drafts = new URLSearchParams(location.search).get("drafts") === "session" ? sessionDrafts({ agent: this.agent ?? "agent", now: () => this.now(), maxAgeMs: DRAFTS_MS }) : undefined;
  /** What the middleware's clock said last, and when that was by the time since the page began. */
  nowAtMs = 0;
  #heardAtMs = 0;
  /** @type {Set<(change: Change) => void>} */
  #listeners = new Set();

  /** The shared clock, in UTC milliseconds, whatever the computer's own is set to. */
  now = () => Math.trunc(this.nowAtMs + performance.now() - this.#heardAtMs);

  /** The middleware's own answer. */
  askServer = async () => (await ask("/api/now")).nowAtMs;

  /** @param {number} nowAtMs */
  #setClock(nowAtMs) {
    this.nowAtMs = nowAtMs;
    this.#heardAtMs = performance.now();
  }

  /** @param {(change: Change) => void} listener */
  listen(listener) {
    this.#listeners.add(listener);
  }

  /** Hears of news first and asks for everything then, each time that it can be heard: nothing that happens in between is missed. @returns {Promise<void>} */
  open() {
    const events = new EventSource("/api/events");
    events.onerror = () => this.#setOnline(false);
    for (const [name, heard] of Object.entries(this.#heard)) {
      events.addEventListener(name, (event) => heard(JSON.parse(/** @type {MessageEvent} */ (event).data)));
    }
    return new Promise((resolve, reject) => {
      events.onopen = () => {
        this.#setOnline(true);
        this.#read().then(resolve, reject);
      };
    });
  }

  /** Of many windows at once, in their order. @param {readonly Conversation[]} conversations */
  statusesOf(conversations) {
    return /** @type {WindowStatus[]} */ (this.#inBook((book) => book.statuses(conversations.map(({ id }) => id), this.now())));
  }

  /** @template T @param {(book: WindowBook) => T} work @returns {T} */
  #inBook(work) {
    try {
      return work(this.#book);
    } catch (error) {
      if (!(error instanceof ReplyWindowError) || error.code !== "unknown-book") throw error;
      // The engine was started anew, and knows no window any more.
      this.#openBook();
      return work(this.#book);
    }
  }

  /** All conversations, by the rules that the middleware has. */
  #openBook() {
    this.#book.close();
    this.#book = windowBook(this.policy ? { policies: [this.policy] } : {});
    this.#book.record([...this.conversations.values()].map(told));
  }

  /** @returns {Promise<Pick<Import, "templates" | "problems">>} */
  templates = () => ask("/api/templates");

  /** @type {Record<string, (data: any) => void>} */
  #heard = {
    clock: ({ nowAtMs }) => {
      this.#setClock(nowAtMs);
      this.#tell({ kind: "clock" });
    },
    conversation: () => void this.#read(),
    window: ({ conversationId, state }) => this.#window(conversationId, state),
    message: ({ conversationId, message }) => this.#message(conversationId, message),
    status: ({ conversationId, id, status, errorCode }) => this.#status(conversationId, id, { status, ...(errorCode ? { errorCode } : {}) }),
  };

  async #read() {
    const { nowAtMs, conversations, policy, unknown, standIn } = await ask("/api/session");
    this.#setClock(nowAtMs);
    this.policy = policy;
    this.unknown = unknown;
    this.standIn = standIn;
    for (const conversation of conversations) {
      const known = this.conversations.get(conversation.id);
      if (!known) this.conversations.set(conversation.id, conversation);
      else this.#again(known, conversation);
    }
    this.#openBook();
    this.#tell({ kind: "conversations" });
  }

  /** @param {Conversation} known @param {Conversation} told */
  #again(known, told) {
    this.#window(known.id, told.state);
    for (const message of told.messages) {
      if (!known.messages.some(({ id }) => id === message.id)) this.#message(known.id, message);
      else this.#status(known.id, message.id, message);
    }
  }

  /** @param {string} id @param {WindowState} state */
  #window(id, state) {
    const conversation = this.conversations.get(id);
    if (!conversation) return;
    conversation.state = mergeStates([conversation.state, state]);
    this.#inBook((book) => book.record([told(conversation)]));
    this.#tell({ kind: "window", id });
  }

  /** @param {string} id @param {Message} message */
  #message(id, message) {
    const conversation = this.conversations.get(id);
    if (!conversation || conversation.messages.some((known) => known.id === message.id)) return;
    conversation.messages.push(message);
    conversation.messages.sort((a, b) => a.atMs - b.atMs);
    this.#tell({ kind: "message", id, message });
  }

  /** @param {string} id @param {string} messageId @param {Pick<Message, "status" | "errorCode">} word */
  #status(id, messageId, { status, errorCode }) {
    const message = this.conversations.get(id)?.messages.find((one) => one.id === messageId);
    if (!message || message.status === status) return;
    Object.assign(message, { status }, errorCode ? { errorCode } : {});
    this.#tell({ kind: isRefused(message) ? "refused" : "message", id, message });
  }

  /** @param {boolean} online */
  #setOnline(online) {
    if (this.online === online) return;
    this.online = online;
    this.#tell({ kind: "online" });
  }

  /** @param {Change} change */
  #tell(change) {
    for (const listener of this.#listeners) listener(change);
  }
}

/** @param {Message} message */
export const isLost = ({ status }) => LOST.includes(status);
/** @param {Message} message */
export const isRefused = (message) =>
  isLost(message) && message.errorCode !== undefined && explainProviderError({ code: message.errorCode }).window === "closes";
