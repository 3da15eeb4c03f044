// @ts-check
import { setTimeout as pause } from "node:timers/promises";
import { messageResource } from "./messages.js";
import { failure, json } from "./replies.js";
import { accept, inSession, refuse } from "./rules.js";
import { post, statusForm } from "./webhooks.js";

/**
 * Messages of ours: taken or refused at once, delivered or refused later.
 *
 * @import { Account, Message } from "./account.js"
 * @import { Content } from "./rules.js"
 */

/**
 * @typedef {object} SendingOptions
 * @property {Account} account
 * @property {{ now: () => number }} clock
 * @property {string} authToken
 * @property {string[]} numbers
 * @property {Content[]} contents
 * @property {number} statusDelayMs
 * @property {typeof globalThis.fetch} fetch
 */

/** The statuses that follow `queued`. @param {number | undefined} errorCode */
const statusesAfter = (errorCode) => (errorCode ? ["undelivered"] : ["sent", "delivered"]);

/** @param {SendingOptions} options @param {AbortSignal} signal */
const reporter = ({ account, clock, authToken, statusDelayMs, fetch }, signal) =>
  /** @param {Message} message @param {number | undefined} errorCode */
  async (message, errorCode) => {
    const error = errorCode ? { errorCode } : {};
    for (const status of statusesAfter(errorCode)) {
      await pause(statusDelayMs, undefined, { signal });
      Object.assign(message, { status, updatedAtMs: clock.now() }, error);
      if (!message.statusCallback) continue;
      const parameters = statusForm(message, { accountSid: account.accountSid, status, ...error });
      const httpStatus = await post({ url: message.statusCallback, authToken, parameters, fetch });
      account.note({ kind: "status-callback", sid: message.sid, status, ...error, httpStatus });
    }
  };

/** Refusals that a person ordered. */
const createOrders = () => {
  let order = { count: 0, code: 63016 };
  return {
    /** @param {{ count: number, code: number }} next */
    set(next) {
      order = next;
    },
    take() {
      if (order.count === 0) return undefined;
      order = { ...order, count: order.count - 1 };
      return order.code;
    },
  };
};

/** Work that is under way, so that somebody can wait for it. */
const createWork = () => {
  /** @type {Set<Promise<void>>} */
  const underWay = new Set();
  return {
    /** @param {Promise<void>} promise */
    add(promise) {
      const work = promise.catch(() => {}).finally(() => void underWay.delete(work));
      underWay.add(work);
    },
    async settled() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
};

/** @param {URLSearchParams} form */
const partiesOf = (form) => ({ from: form.get("From") ?? "", to: form.get("To") ?? "" });

/** A message that was taken, and what will become of it. @param {SendingOptions} options @param {URLSearchParams} form @param {Accepted} accepted @param {number | undefined} ordered */
const take = ({ account, clock }, form, accepted, ordered) => {
  const { content, values, text } = accepted;
  const { from, to } = partiesOf(form);
  const session = inSession(account.lastInboundAtMs(from, to), clock.now());
  const errorCode = ordered ?? refuse(accepted, session);
  const callback = form.get("StatusCallback");
  const message = account.add({
    direction: "outbound-api", from, to, body: text, status: "queued", numMedia: 0, ...(callback ? { statusCallback: callback } : {}),
  });
  account.note({
    kind: "message", from, to, freeForm: !content, httpStatus: 201, sid: message.sid, session, text, outcome: errorCode ? "undelivered" : "delivered",
    ...(content ? { contentSid: content.sid, contentVariables: values } : {}), ...(errorCode ? { errorCode } : {}),
  });
  return { message, errorCode };
};

/** @typedef {Exclude<ReturnType<typeof accept>, { error: any }>} Accepted */

/** @param {SendingOptions} options */
export const createSending = (options) => {
  const { account, numbers, contents } = options;
  const closing = new AbortController();
  const report = reporter(options, closing.signal);
  const orders = createOrders();
  const work = createWork();
  return {
    /** `POST …/Messages.json`. @param {URLSearchParams} form */
    create(form) {
      const accepted = accept(form, { numbers, contents });
      if ("error" in accepted) {
        account.note({ kind: "message", ...partiesOf(form), freeForm: !form.get("ContentSid"), httpStatus: 400, code: accepted.error });
        return failure(accepted.error);
      }
      const { message, errorCode } = take(options, form, accepted, orders.take());
      const answer = json(messageResource(message, account.accountSid), 201);
      work.add(report(message, errorCode));
      return answer;
    },

    refuseNext: orders.set,
    /** Resolves when no status callback is under way. */
    settled: work.settled,
    close: () => closing.abort(),
  };
};

/** @typedef {ReturnType<typeof createSending>} Sending */
