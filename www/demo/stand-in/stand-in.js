// @ts-check
import { addressOf, createAccount } from "./account.js";
import { contentPages, demoContents } from "./content.js";
import { control } from "./controls.js";
import { fetchMessage, listMessages } from "./messages.js";
import { failure, sid } from "./replies.js";
import { accountPage, createSenders, senderPages } from "./senders.js";
import { createSending } from "./sending.js";
import { inboundForm, post } from "./webhooks.js";

/**
 * A local stand-in for Twilio: the part of its API that a WhatsApp desktop uses, its signed webhooks, and the 24-hour
 * rule by code of its own. It shares nothing with the engine.
 *
 * @import { Account, Customer } from "./account.js"
 * @import { Content } from "./rules.js"
 * @import { StandIn } from "./controls.js"
 * @import { Sending } from "./sending.js"
 */

/**
 * @typedef {object} StandInOptions
 * @property {{ now: () => number, advance: (ms: number) => boolean }} clock
 * @property {string[]} numbers our WhatsApp numbers, E.164
 * @property {string} [accountSid]
 * @property {string} [authToken]
 * @property {Customer[]} [customers]
 * @property {Content[]} [contents]
 * @property {() => string} [inboundUrl] where "a message comes in" goes; without it every sender begins without one
 * @property {number} [statusDelayMs] between two status callbacks, in real time
 * @property {typeof globalThis.fetch} [fetch] posts the webhooks
 */

/** @param {Request} request @param {string} accountSid @param {string} authToken */
const authorized = (request, accountSid, authToken) =>
  request.headers.get("authorization") === `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString("base64")}`;

/**
 * A message of the customer, told by a webhook.
 *
 * @param {Account} account @param {{ authToken: string, inboundUrl: (business: string) => string | undefined, fetch: typeof globalThis.fetch }} options
 * @returns {StandIn["customerWrites"]}
 */
const writerOf = (account, { authToken, inboundUrl, fetch }) => async (customer, { text, kind }) => {
  const message = account.add({
    direction: "inbound", from: addressOf(customer), to: `whatsapp:${customer.business}`, status: "received",
    body: kind === "location" ? "" : text, numMedia: kind === "image" ? 1 : 0,
  });
  const parameters = inboundForm(message, { ...customer, accountSid: account.accountSid, kind });
  const url = inboundUrl(customer.business);
  // Twilio tells nobody of a message for a number that names no address.
  const webhookStatus = url ? await post({ url, authToken, parameters, fetch }) : 0;
  account.note({ kind: "inbound-webhook", sid: message.sid, from: message.from, httpStatus: webhookStatus });
  return { id: message.sid, atMs: message.createdAtMs, webhookStatus };
};

/** `/2010-04-01/Accounts/{Sid}/Messages`. @param {Request} request @param {URL} url @param {Account} account @param {Sending} sending */
const messagesApi = async (request, url, account, sending) => {
  const [, , , owner, collection, messageSid] = url.pathname.replace(/\.json$/, "").split("/");
  if (owner !== account.accountSid || collection !== "Messages") return failure(20404, 404);
  if (request.method === "POST" && messageSid === undefined) return sending.create(new URLSearchParams(await request.text()));
  if (request.method !== "GET") return failure(20004, 405);
  return messageSid === undefined ? listMessages(url, account) : fetchMessage(messageSid, account);
};

/** @param {StandInOptions} options */
export const createStandIn = ({ clock, numbers, customers = [], inboundUrl, ...rest }) => {
  const { accountSid = sid("AC"), authToken = sid(""), contents = demoContents(), statusDelayMs = 300, fetch = globalThis.fetch } = rest;
  const account = createAccount({ accountSid, customers, clock });
  const sending = createSending({ account, clock, authToken, numbers, contents, statusDelayMs, fetch });
  const senders = createSenders(numbers, null);
  const addressAt = (/** @type {string} */ business) => senders.find(({ number }) => number === business)?.callbackUrl ?? inboundUrl?.();
  const customerWrites = writerOf(account, { authToken, inboundUrl: addressAt, fetch });
  const state = { status: "active" };
  const standIn = { account, clock, customerWrites, refuseNext: sending.refuseNext, senders, state, accountSid, authToken };
  return {
    ...standIn,
    settled: sending.settled,
    close: sending.close,

    /** @param {Request} request @returns {Promise<Response>} */
    async fetch(request) {
      const url = new URL(request.url);
      if (url.pathname.startsWith("/stand-in/")) return control(request, standIn);
      if (!authorized(request, accountSid, authToken)) {
        account.note({ kind: "request", method: request.method, path: url.pathname, httpStatus: 401 });
        return failure(20003, 401);
      }
      if (url.pathname === `/2010-04-01/Accounts/${accountSid}.json` && request.method === "GET") {
        return accountPage({ accountSid, authToken, status: state.status, atMs: clock.now() });
      }
      if (state.status !== "active") return failure(20003, 401);
      if (url.pathname.startsWith("/v2/")) return request.method === "GET" ? senderPages(url, senders.map((one) => ({ ...one, callbackUrl: addressAt(one.number) ?? null }))) : failure(20004, 405);
      if (url.pathname.startsWith("/2010-04-01/Accounts/")) return messagesApi(request, url, account, sending);
      if (!url.pathname.startsWith("/v1/Content")) return failure(20404, 404);
      return request.method === "GET" ? contentPages(url, { accountSid, contents }) : failure(20004, 405);
    },
  };
};
