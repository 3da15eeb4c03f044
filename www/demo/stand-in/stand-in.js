// @ts-check
import { addressOf, createAccount } from "./account.js";
import { contentPages, demoContents } from "./content.js";
import { control } from "./controls.js";
import { fetchMessage, listMessages, messageResource } from "./messages.js";
import { failure, json, sid } from "./replies.js";
import { accept, inSession, refuse } from "./rules.js";
import { inboundForm, post, statusForm } from "./webhooks.js";

/**
 * A local stand-in for Twilio: the part of its API that a WhatsApp desktop uses, its signed webhooks, and the 24-hour
 * rule by code of its own. It shares nothing with the engine.
 *
 * @import { Account, Customer, Message } from "./account.js"
 * @import { Content } from "./rules.js"
 */

/**
 * @typedef {object} StandInOptions
 * @property {{ now: () => number, advance: (ms: number) => boolean }} clock
 * @property {string[]} numbers our WhatsApp numbers, E.164
 * @property {string} [accountSid]
 * @property {string} [authToken]
 * @property {Customer[]} [customers]
 * @property {Content[]} [contents]
 * @property {() => string} inboundUrl where "a message comes in" goes
 * @property {number} [statusDelayMs] between two status callbacks, in real time
 * @property {typeof globalThis.fetch} [fetch] posts the webhooks
 */

/**
 * @typedef {object} StandIn
 * @property {Account} account
 * @property {StandInOptions["clock"]} clock
 * @property {(customer: Customer, message: { text: string, kind: string }) => Promise<{ id: string, atMs: number, webhookStatus: number }>} customerWrites
 * @property {(order: { count: number, code: number }) => void} refuseNext
 */

/** @param {Request} request @param {string} accountSid @param {string} authToken */
const authorized = (request, accountSid, authToken) =>
  request.headers.get("authorization") === `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString("base64")}`;

/** The statuses that follow `queued`. @param {number | undefined} errorCode */
const statusesAfter = (errorCode) => (errorCode ? ["undelivered"] : ["sent", "delivered"]);

/** Work that is still under way, so that somebody can wait for it. */
const createPending = () => {
  /** @type {Set<Promise<unknown>>} */
  const running = new Set();
  return {
    /** @param {Promise<unknown>} work */
    add(work) {
      running.add(work);
      work.finally(() => running.delete(work));
    },
    async settled() {
      while (running.size > 0) await Promise.all(running);
    },
  };
};

/** @param {StandInOptions} options */
export const createStandIn = ({
  clock,
  numbers,
  accountSid = sid("AC"),
  authToken = sid(""),
  customers = [],
  contents = demoContents(),
  inboundUrl,
  statusDelayMs = 300,
  fetch = globalThis.fetch,
}) => {
  const account = createAccount({ accountSid, customers, clock });
  const pending = createPending();
  const closing = new AbortController();
  let order = { count: 0, code: 63016 };

  const pause = () =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, statusDelayMs);
      closing.signal.addEventListener("abort", () => (clearTimeout(timer), resolve(undefined)), { once: true });
    });

  /** @param {Message} message @param {number | undefined} errorCode */
  const report = async (message, errorCode) => {
    for (const status of statusesAfter(errorCode)) {
      await pause();
      if (closing.signal.aborted) return;
      Object.assign(message, { status, updatedAtMs: clock.now() }, errorCode ? { errorCode } : {});
      if (!message.statusCallback) continue;
      const parameters = statusForm(message, { accountSid, status, ...(errorCode ? { errorCode } : {}) });
      const httpStatus = await post({ url: message.statusCallback, authToken, parameters, fetch });
      account.note({ kind: "status-callback", sid: message.sid, status, ...(errorCode ? { errorCode } : {}), httpStatus });
    }
  };

  const orderedRefusal = () => {
    if (order.count === 0) return undefined;
    order = { ...order, count: order.count - 1 };
    return order.code;
  };

  /** @param {Request} request */
  const create = async (request) => {
    const form = new URLSearchParams(await request.text());
    const [from, to] = [form.get("From") ?? "", form.get("To") ?? ""];
    const freeForm = !form.get("ContentSid");
    const accepted = accept(form, { numbers, contents });
    if ("error" in accepted) {
      account.note({ kind: "message", httpStatus: 400, code: accepted.error, from, to, freeForm });
      return failure(accepted.error);
    }
    const session = inSession(account.lastInboundAtMs(from, to), clock.now());
    const errorCode = orderedRefusal() ?? refuse(accepted, session);
    const callback = form.get("StatusCallback");
    const message = account.add({
      direction: "outbound-api", from, to, body: accepted.text, status: "queued", numMedia: 0, ...(callback ? { statusCallback: callback } : {}),
    });
    account.note({
      kind: "message", httpStatus: 201, sid: message.sid, from, to, freeForm, session, text: accepted.text,
      ...(accepted.content ? { contentSid: accepted.content.sid, contentVariables: accepted.values } : {}),
      outcome: errorCode ? "undelivered" : "delivered", ...(errorCode ? { errorCode } : {}),
    });
    const answer = json(messageResource(message, accountSid), 201);
    pending.add(report(message, errorCode));
    return answer;
  };

  /** @param {Request} request @param {URL} url */
  const api = (request, url) => {
    const [, , , owner, collection = "", messageSid] = url.pathname.replace(/\.json$/, "").split("/");
    if (owner !== accountSid || collection !== "Messages") return failure(20404, 404);
    if (messageSid !== undefined) return request.method === "GET" ? fetchMessage(messageSid, account) : failure(20004, 405);
    if (request.method === "POST") return create(request);
    return request.method === "GET" ? listMessages(url, account) : failure(20004, 405);
  };

  /** @type {StandIn} */
  const standIn = {
    account,
    clock,
    refuseNext: (next) => {
      order = next;
    },
    async customerWrites(customer, { text, kind }) {
      const message = account.add({
        direction: "inbound", from: addressOf(customer), to: `whatsapp:${customer.business}`, body: kind === "location" ? "" : text,
        status: "received", numMedia: kind === "image" ? 1 : 0,
      });
      const parameters = inboundForm(message, { ...customer, accountSid, kind });
      const webhookStatus = await post({ url: inboundUrl(), authToken, parameters, fetch });
      account.note({ kind: "inbound-webhook", sid: message.sid, from: message.from, httpStatus: webhookStatus });
      return { id: message.sid, atMs: message.createdAtMs, webhookStatus };
    },
  };

  return {
    ...standIn,
    accountSid,
    authToken,

    /** @param {Request} request */
    async fetch(request) {
      const url = new URL(request.url);
      if (url.pathname.startsWith("/stand-in/")) return control(request, standIn);
      if (!authorized(request, accountSid, authToken)) {
        account.note({ kind: "request", method: request.method, path: url.pathname, httpStatus: 401 });
        return failure(20003, 401);
      }
      if (url.pathname.startsWith("/2010-04-01/Accounts/")) return api(request, url);
      if (url.pathname.startsWith("/v1/Content")) return request.method === "GET" ? contentPages(url, { accountSid, contents }) : failure(20004, 405);
      return failure(20404, 404);
    },

    /** Resolves when no status callback is under way. */
    settled: pending.settled,
    close: () => closing.abort(),
  };
};
