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
const activityOf = ({ id, direction, text, atMs }, customer) => ({
  type: "message",
  id,
  text,
  textFormat: "plain",
  timestamp: new Date(atMs).toISOString(),
  from: direction === "inbound" ? { ...customer, role: "bot" } : { id: "agent", role: "user" },
});

/**
 * @param {{ messages: readonly Message[], customer: { id: string, name: string }, post: (activity: any) => Promise<Receipt>, arrived?: (id: string) => void }} options
 *   `arrived`: a message whose post had failed is there after all, and shown next
 */
export function createLine({ messages, customer, post, arrived }) {
  /** @type {Map<string, any>} by the provider's id */
  const known = new Map();
  const activities = subject({ [Symbol.iterator]: () => known.values() });
  const connection = subject([0, 1, ONLINE]);
  /** Posts without an answer: until it comes, nobody can tell their echo from news. */
  let posting = 0;
  /** @type {Message[]} */
  const held = [];
  /** Posts that failed, by the id of their send: one of which nobody knew may have arrived. @type {Map<string, any>} */
  const failed = new Map();

  /** @param {any} activity */
  const show = (activity) => {
    known.set(activity.id, activity);
    activities.next(activity);
  };

  /** News of the middleware. @param {Message} message */
  const add = (message) => {
    if (known.has(message.id)) return;
    if (posting && message.direction === "outbound") held.push(message);
    else {
      const channelData = bubbleOf(message);
      if (channelData) arrived?.(message.id);
      show({ ...activityOf(message, customer), ...(channelData && { channelData }) });
    }
  };

  /** The bubble that is there already takes the message in. @param {Message} message */
  const bubbleOf = ({ sendId }) => {
    const { clientActivityID, replyWindow } = (sendId !== undefined && failed.get(sendId)?.channelData) || {};
    return clientActivityID && { clientActivityID, replyWindow };
  };

  /** @param {any} activity */
  const deliver = async (activity) => {
    if (activity.type !== "message") return "not-for-the-customer";
    posting++;
    try {
      const { id, atMs } = await post(activity);
      show({ ...activity, id, timestamp: new Date(atMs).toISOString() });
      return id;
    } catch (error) {
      const { sendId } = activity.channelData?.replyWindow ?? {};
      if (sendId !== undefined) failed.set(sendId, activity);
      throw error;
    } finally {
      posting--;
      // Once Web Chat has heard how the post ended.
      setTimeout(release);
    }
  };

  const release = () => {
    if (posting === 0) for (const message of held.splice(0)) add(message);
  };

  for (const message of messages) known.set(message.id, activityOf(message, customer));
  return {
    add,
    /** An activity as it came, suggested actions and cards with it. */
    show,
    directLine: {
      activity$: activities.observable,
      connectionStatus$: connection.observable,
      /** @param {any} activity */
      postActivity: (activity) => once(() => deliver(activity)),
      end() {},
    },
  };
}
