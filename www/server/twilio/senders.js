// @ts-check
import { checkOutage } from "../../engine/channel.js";

/**
 * WhatsApp senders of an account. Senders API, https://www.twilio.com/docs/whatsapp/api/senders (twilio-oai
 * `twilio_messaging_v2.json`, `channels_sender`): `GET /v2/Channels/Senders?Channel=whatsapp` lists
 * `{ senders: [{ sid, status, sender_id }], meta: { next_page_url } }`, `GET /v2/Channels/Senders/{Sid}` adds
 * `webhook.callback_url`, `webhook.fallback_url` and `offline_reasons: [{ code, message, more_info }]`.
 *
 * @import { OutageCheck } from "../../../src/wire/types.d.ts"
 * @import { Ask, Trouble } from "./validate-ask.js"
 */

/** @typedef {{ outcome: "ok" | Trouble, code: string, providerCode?: number, found?: string, outage?: OutageCheck }} Result */

/** An account with more pages of senders than this is not searched to its end. */
const MAX_PAGES = 50;

/** @type {Record<string, Pick<Result, "outcome" | "code">>} */
const STATES = {
  ONLINE: { outcome: "ok", code: "sender-online" },
  "ONLINE:UPDATING": { outcome: "ok", code: "sender-online" },
  OFFLINE: { outcome: "wrong", code: "sender-offline" },
  CREATING: { outcome: "wrong", code: "sender-not-ready" },
  DRAFT: { outcome: "wrong", code: "sender-not-ready" },
  STUBBED: { outcome: "wrong", code: "sender-not-ready" },
  TWILIO_REVIEW: { outcome: "wrong", code: "sender-in-review" },
  PENDING_VERIFICATION: { outcome: "wrong", code: "sender-not-verified" },
  VERIFYING: { outcome: "wrong", code: "sender-not-verified" },
};

/**
 * Sender SIDs by number, all pages. Links are followed by path only, so that the credentials stay with their host.
 *
 * @param {Ask} ask @param {string} base
 * @returns {Promise<{ sids: Map<string, string> } | Exclude<Awaited<ReturnType<Ask>>, { body: any }>>}
 */
export const listSenders = async (ask, base) => {
  /** @type {Map<string, string>} */
  const sids = new Map();
  /** @type {string | undefined} */
  let path = "/v2/Channels/Senders?Channel=whatsapp&PageSize=1000";
  for (let page = 0; path !== undefined && page < MAX_PAGES; page += 1) {
    const answer = await ask(base + path);
    if (!("body" in answer)) return answer;
    for (const { sid, sender_id: id } of Array.isArray(answer.body.senders) ? answer.body.senders : []) {
      if (typeof sid === "string" && typeof id === "string") sids.set(id.replace(/^whatsapp:/, ""), sid);
    }
    path = pathOf(answer.body.meta?.next_page_url, base);
  }
  return { sids };
};

/** @param {unknown} link @param {string} base */
const pathOf = (link, base) => {
  if (typeof link !== "string" || !URL.canParse(link, base)) return undefined;
  const { pathname, search } = new URL(link, base);
  return pathname + search;
};

/** Whether it is online. @param {any} sender @returns {Result} */
export const senderResult = (sender) => {
  const state = STATES[String(sender.status)] ?? { outcome: "wrong", code: "sender-not-ready" };
  const reason = Number(sender.offline_reasons?.[0]?.code);
  return { ...state, ...(Number.isInteger(reason) && reason > 0 ? { providerCode: reason } : {}) };
};

/** Without credentials, query and fragment, which may be secrets. @param {string} url */
const shown = (url) => {
  try {
    const { protocol, host, pathname } = new URL(url);
    return `${protocol}//${host}${pathname}`.slice(0, 300);
  } catch {
    return undefined;
  }
};

/** Whether its messages go to the inbound URL, and what an outage there loses. @param {any} sender @param {string | undefined} inboundUrl @returns {Result} */
export const webhookResult = (sender, inboundUrl) => {
  const url = sender.webhook?.callback_url;
  if (typeof url !== "string" || url === "") return { outcome: "wrong", code: "webhook-missing" };
  const found = shown(url);
  if (url.replace(/#.*$/s, "") !== inboundUrl) return { outcome: "wrong", code: "webhook-other", ...(found ? { found } : {}) };
  if ((sender.webhook.callback_method ?? "POST") !== "POST") return { outcome: "wrong", code: "webhook-method" };
  const fallback = sender.webhook.fallback_url;
  return { outcome: "ok", code: "webhook-set", outage: checkOutage(url, typeof fallback === "string" ? fallback : undefined) };
};

/** @param {any} account @param {string} accountSid @returns {Result} */
export const accountResult = (account, accountSid) => {
  if (account.sid !== accountSid) return { outcome: "wrong", code: "account-other" };
  if (account.status === "active") return { outcome: "ok", code: account.type === "Trial" ? "account-trial" : "account-active" };
  return { outcome: "wrong", code: account.status === "closed" ? "account-closed" : "account-suspended" };
};

/** WhatsApp's word on a template (`ApprovalRequests`), https://www.twilio.com/docs/content/content-api-resources. @param {any} approval @returns {Result} */
export const approvalResult = (approval) => {
  const status = String(approval.whatsapp?.status ?? "unsubmitted");
  if (status === "approved") return { outcome: "ok", code: "template-approved" };
  const known = ["unsubmitted", "received", "pending", "rejected", "paused", "disabled"];
  return { outcome: "wrong", code: known.includes(status) ? `template-${status}` : "template-unsubmitted" };
};
