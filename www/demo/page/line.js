// @ts-check
// A Direct Line over the middleware: the four members that Web Chat needs.

/** @import { Message } from "./desk.js" */

/**
 * @typedef {{ next(value: any): void, error?(cause: unknown): void, complete?(): void }} Observer
 * @typedef {{ id: string, atMs: number }} Receipt
 */

const ONLINE = 2;

/** @param {any} observer @param {any} [error] @returns {Observer} */
const observerOf = (observer, error) => (typeof observer === "function" ? { next: observer, error } : observer);

/**
 * @param {Iterable<any>} past what a new subscriber is told at once
 */
function subject(past) {
  /** @type {Set<Observer>} */
  const observers = new Set();
  return {
    /** @param {any} value */
    next: (value) => observers.forEach((observer) => observer.next(value)),
    observable: {
      /** @param {any} given @param {any} [error] */
      subscribe(given, error) {
        const observer = observerOf(given, error);
        observers.add(observer);
        for (const value of past) observer.next(value);
        return { unsubscribe: () => void observers.delete(observer) };
      },
    },
  };
}

/** @param {() => Promise<unknown>} work */
const once = (work) => ({
  /** @param {any} given @param {any} [error] */
  subscribe(given, error) {
    const observer = observerOf(given, error);
    let heard = true;
    work().then(
      (value) => heard && (observer.next(value), observer.complete?.()),
      (cause) => heard && observer.error?.(cause),
    );
    return { unsubscribe: () => void (heard = false) };
  },
});

/** @param {Message} message @param {{ id: string, name: string }} customer */
const activityOf = ({ id, direction, text, atMs, kind, contentSid }, customer) => ({
  type: "message",
  id,
  text,
  textFormat: "plain",
  timestamp: new Date(atMs).toISOString(),
  // Of a template Web Chat is to post none again, whichever page it left from.
  channelData: { ...(kind && { kind }), ...(contentSid && { replyWindow: { kind: "template" } }) },
  from: direction === "inbound" ? { ...customer, role: "bot" } : { id: "agent", role: "user" },
});

/** Posts that failed, by the id of their send: one of which nobody knew may have arrived. */
function failedPosts() {
  /** @type {Map<string, any>} */
  const posts = new Map();
  return {
    /** @param {any} activity */
    add({ channelData }) {
      const { sendId } = channelData?.replyWindow ?? {};
      if (sendId !== undefined) posts.set(sendId, channelData);
    },
    /** The bubble that is there already takes the message in. @param {Message} message */
    bubbleOf({ sendId }) {
      const { clientActivityID, replyWindow } = (sendId !== undefined && posts.get(sendId)) || {};
      return clientActivityID && { clientActivityID, replyWindow };
    },
  };
}

/** While a post has no answer nobody can tell its echo from news: messages wait. @param {(message: Message) => void} release */
function waitingRoom(release) {
  let posting = 0;
  /** @type {Message[]} */
  const held = [];
  const empty = () => {
    if (posting === 0) held.splice(0).forEach(release);
  };
  return {
    begin: () => void posting++,
    end() {
      posting--;
      // Once Web Chat has heard how the post ended.
      setTimeout(empty);
    },
    /** @param {Message} message @returns {boolean} whether it waits */
    takes: (message) => posting > 0 && message.direction === "outbound" && held.push(message) > 0,
  };
}

/**
 * @param {{ messages: readonly Message[], customer: { id: string, name: string }, post: (activity: any) => Promise<Receipt>, arrived?: (id: string) => void }} options
 *   `arrived`: a message whose post had failed is there after all, and shown next
 */
export function createLine({ messages, customer, post, arrived }) {
  /** By the provider's id. @type {Map<string, any>} */
  const known = new Map(messages.map((message) => [message.id, activityOf(message, customer)]));
  const activities = subject({ [Symbol.iterator]: () => known.values() });
  const waiting = waitingRoom((message) => add(message));
  const failed = failedPosts();

  /** @param {any} activity */
  const show = (activity) => {
    known.set(activity.id, activity);
    activities.next(activity);
  };

  /** News of the middleware. @param {Message} message */
  const add = (message) => {
    if (known.has(message.id) || waiting.takes(message)) return;
    const channelData = failed.bubbleOf(message);
    if (channelData) arrived?.(message.id);
    show({ ...activityOf(message, customer), ...(channelData && { channelData }) });
  };

  /** @param {any} activity */
  const deliver = async (activity) => {
    if (activity.type !== "message") return "not-for-the-customer";
    waiting.begin();
    try {
      const { id, atMs } = await post(activity);
      show({ ...activity, id, timestamp: new Date(atMs).toISOString() });
      return id;
    } catch (error) {
      failed.add(activity);
      throw error;
    } finally {
      waiting.end();
    }
  };

  return {
    add,
    /** An activity as it came, suggested actions and cards with it. */
    show,
    directLine: {
      activity$: activities.observable,
      connectionStatus$: subject([0, 1, ONLINE]).observable,
      /** @param {any} activity */
      postActivity: (activity) => once(() => deliver(activity)),
      end() {},
    },
  };
}
