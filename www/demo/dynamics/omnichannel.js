// @ts-check
import { isLocal, jsonBody } from "../local.js";
import { problem } from "../sending.js";
import { conversationsOf, messagesOf } from "./conversations.js";
import { createDataverse } from "./dataverse.js";

/**
 * A stand-in for what Dynamics 365 does behind its page: it holds conversations, hands what the agent writes to Twilio without asking
 * anybody, and hears nothing of a refusal.
 *
 * @import { Account } from "../stand-in/account.js"
 * @import { Clock } from "../clock.js"
 * @import { Person } from "../people.js"
 * @import { ChatMessage, Conversation } from "./conversations.js"
 * @import { FaultName } from "./dataverse.js"
 */

/** @typedef {{ clock: Clock, people: readonly Person[], account: Account, twilio: { accountSid: string, authToken: string, url: string } }} Options */

/** @param {Response} response */
const receipt = async (response) => {
  const body = await response.json();
  if (response.ok) return Response.json({ id: body.sid, atMs: Date.parse(body.date_created) });
  return Response.json({ code: "not-sent", message: String(body.message), providerCode: body.code }, { status: 502 });
};

/** @param {Options} options @param {Conversation} conversation @param {Record<string, string>} message as Twilio names it */
const hand = async ({ twilio: { accountSid, authToken, url } }, { business, address }, message) => {
  const body = new URLSearchParams({ From: `whatsapp:${business}`, To: String(address), ...message });
  const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString("base64")}`;
  return receipt(await fetch(`${url}/2010-04-01/Accounts/${accountSid}/Messages.json`, { method: "POST", headers: { authorization }, body }));
};

/** @param {Account} account @param {Conversation} conversation @param {ChatMessage[]} own @returns {ChatMessage[]} */
const said = (account, conversation, own) => [
  ...messagesOf(account, conversation).map(({ sid, direction, body, createdAtMs }) =>
    /** @type {ChatMessage} */ ({ id: sid, direction: direction === "inbound" ? "inbound" : "outbound", text: body, atMs: createdAtMs, status: "delivered" })),
  ...own,
];

/** What does not go to Twilio: live chat, and what is said among colleagues. @param {Options} options */
const createOwn = ({ clock, account }) => {
  /** @type {Map<string, ChatMessage[]>} */
  const own = new Map();
  /** @param {string} place @param {string} text */
  const keep = (place, text) => {
    const list = own.get(place) ?? [];
    own.set(place, list);
    const message = /** @type {const} */ ({ id: `${place}-${list.length}`, direction: "outbound", text, atMs: clock.now(), status: "delivered" });
    list.push(message);
    account.note({ kind: "own-message", place, text });
    return Response.json({ id: message.id, atMs: message.atMs });
  };
  return { own, keep };
};

/** @param {Options} options */
export const createOmnichannel = (options) => {
  const { clock, people, account } = options;
  const conversations = conversationsOf({ people, startedAtMs: clock.now() });
  const source = { account, conversations, now: () => clock.now(), lagMs: 0, log: account.note };
  const dataverse = createDataverse(source);
  const { own, keep } = createOwn(options);

  /** @param {Request} request @param {string} place */
  const messages = async (request, place) => {
    const conversation = conversations.find(({ id }) => id === place);
    if (request.method === "GET") return Response.json({ nowAtMs: clock.now(), messages: conversation ? said(account, conversation, own.get(place) ?? []) : own.get(place) ?? [] });
    const text = (await jsonBody(request))?.text;
    if (typeof text !== "string" || text === "") return problem(400, "text-missing", "a text is needed");
    return conversation?.address ? hand(options, conversation, { Body: text }) : keep(place, text);
  };

  /** As a customer's own middleware sends a template, past Dynamics. @param {Request} request */
  const template = async (request) => {
    const { conversationId, contentSid, contentVariables } = (await jsonBody(request)) ?? {};
    const conversation = conversations.find(({ id }) => id === conversationId);
    if (!conversation?.address || typeof contentSid !== "string") return problem(400, "template-missing", "a conversation on WhatsApp and a contentSid are needed");
    return hand(options, conversation, { ContentSid: contentSid, ...(typeof contentVariables === "string" ? { ContentVariables: contentVariables } : {}) });
  };

  /** @param {Request} request */
  const steer = async (request) => {
    const body = (await jsonBody(request)) ?? {};
    for (const [table, fault] of Object.entries(body.faults ?? {})) fault ? dataverse.faults.set(table, /** @type {FaultName} */ (fault)) : dataverse.faults.delete(table);
    if (typeof body.lagMs === "number") source.lagMs = body.lagMs;
    return Response.json({ requests: dataverse.requests });
  };

  return {
    dataverse,
    conversations,
    /** @param {Request} request @returns {Promise<Response | undefined>} undefined: not ours */
    async fetch(request) {
      const { pathname } = new URL(request.url);
      if (!/^\/(api\/data|omnichannel)\//.test(pathname)) return undefined;
      if (!isLocal(request)) return problem(403, "not-local", "only for pages of this machine");
      if (pathname === "/omnichannel/conversations") return Response.json({ nowAtMs: clock.now(), conversations: conversations.map(({ id, title, locale, channel }) => ({ id, title, locale, channel })) });
      if (pathname === "/omnichannel/steer") return steer(request);
      if (pathname === "/omnichannel/templates") return template(request);
      const [, place] = /^\/omnichannel\/messages\/([\w-]+)$/.exec(pathname) ?? [];
      return place === undefined ? dataverse.fetch(request) : messages(request, place);
    },
  };
};
