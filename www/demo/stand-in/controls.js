// @ts-check
import { isLocal, jsonBody } from "../local.js";
import { addressOf } from "./account.js";
import { json } from "./replies.js";
import { INBOUND_KINDS } from "./webhooks.js";

/** What the person at the demo does: write as the customer, jump the clock, have the next message refused. */

/**
 * @import { Account, Customer } from "./account.js"
 * @import { Sending } from "./sending.js"
 */
/** @typedef {Record<string, any>} Body */

/**
 * What the controls reach of a stand-in.
 *
 * @typedef {object} StandIn
 * @property {Account} account
 * @property {{ now: () => number, advance: (ms: number) => boolean }} clock
 * @property {(customer: Customer, message: { text: string, kind: string }) => Promise<{ id: string, atMs: number, webhookStatus: number }>} customerWrites
 * @property {Sending["refuseNext"]} refuseNext
 * @property {import("./senders.js").Sender[]} senders
 * @property {{ status: string }} state of the account: `active`, `suspended`, `closed`
 * @property {string} accountSid
 * @property {string} authToken
 */

const DAY_MS = 86_400_000;

/** @param {string} code @param {string} message @param {number} [status] */
const refused = (code, message, status = 400) => json({ code, message }, status);

/** @param {StandIn} standIn @param {Body} body */
const customerMessage = async (standIn, { conversationId, from, text, kind = "text" }) => {
  const customer = standIn.account.customers.find((one) => one.id === conversationId || (from && addressOf(one) === from));
  if (!customer) return refused("customer-unknown", "no such customer", 404);
  if (typeof text !== "string" || text.length === 0 || text.length > 4096) return refused("text-invalid", "a text of 1 to 4096 characters is needed");
  if (!INBOUND_KINDS.includes(kind)) return refused("kind-unknown", `the kind is one of ${INBOUND_KINDS.join(", ")}`);
  return json(await standIn.customerWrites(customer, { text, kind }));
};

/** The stand-in knows the rule's plain 24 hours; a desktop that closes earlier says how far itself. @param {StandIn} standIn @param {Body} body */
const jump = ({ account, clock }, { advanceMs, toClosing, beforeMs = 0 }) => {
  let span = advanceMs;
  if (toClosing !== undefined) {
    const customer = account.customers.find((one) => one.id === toClosing);
    if (!customer) return refused("customer-unknown", "no such customer", 404);
    const last = account.lastInboundAtMs(`whatsapp:${customer.business}`, addressOf(customer));
    if (last === undefined) return refused("window-not-open", "this customer has not written", 409);
    span = last + DAY_MS - beforeMs - clock.now();
  }
  if (typeof span !== "number" || !clock.advance(span)) return refused("clock-runs-forward", "the clock runs forward only", 409);
  return json({ nowAtMs: clock.now() });
};

/** @param {StandIn} standIn @param {Body} body */
const refuseNext = (standIn, { count = 1, code = 63016 }) => {
  if (!Number.isInteger(count) || count < 0 || count > 100) return refused("count-invalid", "a count from 0 to 100 is needed");
  if (!Number.isInteger(code) || code < 10_000 || code > 99_999) return refused("code-invalid", "a five-digit error code is needed");
  standIn.refuseNext({ count, code });
  return json({ count, code });
};

/** @param {StandIn} standIn */
const customers = ({ account, clock }) =>
  json({
    nowAtMs: clock.now(),
    customers: account.customers.map((one) => {
      const last = account.lastInboundAtMs(`whatsapp:${one.business}`, addressOf(one));
      return { ...one, address: addressOf(one), ...(last === undefined ? {} : { lastInboundAtMs: last, sessionEndsAtMs: last + DAY_MS }) };
    }),
  });

/** What a person sees in Twilio's console: credentials, and each number's "when a message comes in". @param {StandIn} standIn */
const consolePage = ({ accountSid, authToken, senders }) =>
  json({ accountSid, authToken, senders: senders.map(({ number, callbackUrl, status }) => ({ number, callbackUrl, status })) });

/** "When a message comes in". @param {StandIn} standIn @param {Body} body */
const setWebhook = ({ senders }, { number, url }) => {
  const sender = senders.find((one) => one.number === number);
  if (!sender) return refused("sender-unknown", "no such number", 404);
  if (typeof url !== "string" || url.length > 2_048) return refused("url-invalid", "a URL is needed");
  sender.callbackUrl = url || null;
  return json({ number, url });
};

/** @type {Record<string, (standIn: StandIn, body: Body) => Response | Promise<Response>>} */
const ROUTES = {
  "GET /stand-in/customers": customers,
  "GET /stand-in/console": consolePage,
  "POST /stand-in/webhook": setWebhook,
  "GET /stand-in/log": ({ account }) => json({ entries: account.log }),
  "POST /stand-in/customer-message": customerMessage,
  "POST /stand-in/clock": jump,
  "POST /stand-in/refuse-next": refuseNext,
};

/** @param {Request} request @param {StandIn} standIn */
export const control = async (request, standIn) => {
  const route = ROUTES[`${request.method} ${new URL(request.url).pathname}`];
  if (!route) return refused("not-found", "no such control", 404);
  if (!isLocal(request)) return refused("not-local", "only for pages of this machine", 403);
  if (request.method === "GET") return route(standIn, {});
  const body = await jsonBody(request);
  return body ? route(standIn, body) : refused("body-invalid", "a JSON object is needed");
};
