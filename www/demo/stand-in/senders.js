// @ts-check
import { listed } from "./content.js";
import { failure, json, rfc2822, sid } from "./replies.js";

/**
 * The account itself and its WhatsApp senders, as the stand-in tells of them.
 *
 * @typedef {{ sid: string, number: string, status: string, callbackUrl: string | null, fallbackUrl?: string, reasons?: { code: string, message: string, more_info: string }[] }} Sender
 */

/** @param {string[]} numbers @param {string | null} callbackUrl @returns {Sender[]} */
export const createSenders = (numbers, callbackUrl) => numbers.map((number) => ({ sid: sid("XE"), number, status: "ONLINE", callbackUrl }));

/**
 * Shape: https://www.twilio.com/docs/whatsapp/api/senders. A list leaves the webhook out.
 *
 * @param {Sender} sender @param {string} origin
 */
const resource = ({ sid, number, status, callbackUrl, fallbackUrl, reasons }, origin) => ({
  sid,
  status,
  sender_id: `whatsapp:${number}`,
  configuration: { waba_id: "1234567890", verification_method: null, verification_code: null, voice_application_sid: null, account_type: null },
  webhook: {
    callback_url: callbackUrl, callback_method: "POST", fallback_url: fallbackUrl ?? null, fallback_method: "POST",
    status_callback_url: null, status_callback_method: "POST",
  },
  profile: { name: "Example Business", about: null, address: null, description: null, emails: null, logo_url: null, vertical: "Other", websites: null },
  compliance: null,
  properties: { quality_rating: "HIGH", messaging_limit: "1K Customers/24hr" },
  offline_reasons: reasons ?? null,
  url: `${origin}/v2/Channels/Senders/${sid}`,
});

/** `/v2/Channels/Senders`. @param {URL} url @param {Sender[]} senders */
export const senderPages = (url, senders) => {
  const [, , channels, collection, senderSid, further] = url.pathname.split("/");
  if (channels !== "Channels" || collection !== "Senders" || further !== undefined) return failure(20404, 404);
  if (senderSid !== undefined) {
    const sender = senders.find((one) => one.sid === senderSid);
    return sender ? json(resource(sender, url.origin)) : failure(20404, 404);
  }
  if (url.searchParams.get("Channel") !== "whatsapp") return failure(20001, 400);
  return listed(url, senders.map((sender) => ({ ...resource(sender, url.origin), webhook: undefined })), "senders");
};

/**
 * Shape: https://www.twilio.com/docs/iam/api/account. Twilio gives the token in this very answer.
 *
 * @param {{ accountSid: string, authToken: string, status: string, atMs: number }} account
 */
export const accountPage = ({ accountSid, authToken, status, atMs }) => {
  const uri = `/2010-04-01/Accounts/${accountSid}`;
  return json({
    sid: accountSid, auth_token: authToken, friendly_name: "Stand-in", owner_account_sid: accountSid, status, type: "Full",
    date_created: rfc2822(atMs), date_updated: rfc2822(atMs), uri: `${uri}.json`,
    subresource_uris: { messages: `${uri}/Messages.json`, incoming_phone_numbers: `${uri}/IncomingPhoneNumbers.json` },
  });
};
