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

/** @param {SendingOptions} options */
export const createSending = (options) => {
  const { account, clock, numbers, contents } = options;
  const closing = new AbortController();
  const report = reporter(options, closing.signal);
  const orders = createOrders();
  /** @type {Set<Promise<void>>} */
  const underWay = new Set();

  /** @param {Message} message @param {number | undefined} errorCode */
  const follow = (message, errorCode) => {
    const work = report(message, errorCode).catch(() => {}).finally(() => void underWay.delete(work));
    underWay.add(work);
  };

  return {
    /** `POST …/Messages.json`. @param {URLSearchParams} form */
    create(form) {
      const [from, to, callback] = ["From", "To", "StatusCallback"].map((name) => form.get(name) ?? "");
      const about = { kind: "message", from, to, freeForm: !form.get("ContentSid") };
      const accepted = accept(form, { numbers, contents });
      if ("error" in accepted) {
        account.note({ ...about, httpStatus: 400, code: accepted.error });
        return failure(accepted.error);
      }
      const { content, values, text } = accepted;
      const session = inSession(account.lastInboundAtMs(String(from), String(to)), clock.now());
      const errorCode = orders.take() ?? refuse(accepted, session);
      const message = account.add({
        direction: "outbound-api", from: String(from), to: String(to), body: text, status: "queued", numMedia: 0,
        ...(callback ? { statusCallback: callback } : {}),
      });
      account.note({
        ...about, httpStatus: 201, sid: message.sid, session, text, outcome: errorCode ? "undelivered" : "delivered",
        ...(content ? { contentSid: content.sid, contentVariables: values } : {}), ...(errorCode ? { errorCode } : {}),
      });
      const answer = json(messageResource(message, account.accountSid), 201);
      follow(message, errorCode);
      return answer;
    },

    refuseNext: orders.set,

    /** Resolves when no status callback is under way. */
    async settled() {
      while (underWay.size > 0) await Promise.all(underWay);
    },

    close: () => closing.abort(),
  };
};

/** @typedef {ReturnType<typeof createSending>} Sending */
