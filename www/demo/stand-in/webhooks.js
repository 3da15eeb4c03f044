// @ts-check
import twilio from "twilio";
import { sid } from "./replies.js";

/** @import { Message } from "./account.js" */

/**
 * Posts a form to `url`, signed as Twilio signs it, by Twilio's own library.
 *
 * @param {{ url: string, authToken: string, parameters: Record<string, string>, fetch: typeof globalThis.fetch }} webhook
 * @returns {Promise<number>} the HTTP status, 0 where nobody answered
 */
export const post = async ({ url, authToken, parameters, fetch }) => {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: {
        "content-type": "application/x-www-form-urlencoded; charset=UTF-8",
        "x-twilio-signature": twilio.getExpectedTwilioSignature(authToken, url, parameters),
        "i-twilio-idempotency-token": crypto.randomUUID(),
        "user-agent": "TwilioProxy/1.1",
      },
      body: new URLSearchParams(parameters).toString(),
      signal: AbortSignal.timeout(15_000),
    });
    await response.body?.cancel();
    return response.status;
  } catch {
    return 0;
  }
};

/** Fields that only some kinds of message have. @type {Record<string, (text: string) => Record<string, string>>} */
const KINDS = {
  text: () => ({}),
  button: (text) => ({ ButtonText: text, ButtonPayload: text.toLowerCase().replace(/\W+/g, "_") }),
  image: () => ({ NumMedia: "1", MediaContentType0: "image/jpeg", MediaUrl0: "https://api.twilio.com/stand-in/media" }),
  location: () => ({ Body: "", Latitude: "52.3702", Longitude: "4.8952", Label: "Dam 1" }),
};

export const INBOUND_KINDS = Object.keys(KINDS);

/**
 * The webhook for a message of the customer. It holds no time: Twilio sends none.
 *
 * @param {Message} message @param {{ accountSid: string, name: string, phone?: string, bsuid?: string, kind: string }} about
 */
export const inboundForm = (message, { accountSid, name, phone, bsuid, kind }) => ({
  SmsMessageSid: message.sid,
  SmsSid: message.sid,
  MessageSid: message.sid,
  AccountSid: accountSid,
  From: message.from,
  To: message.to,
  Body: message.body,
  NumMedia: "0",
  NumSegments: "1",
  ReferralNumMedia: "0",
  SmsStatus: "received",
  MessageType: kind,
  ProfileName: name,
  ApiVersion: "2010-04-01",
  ...(phone ? { WaId: phone.slice(1) } : {}),
  ...(bsuid ? { ExternalUserId: `whatsapp:${bsuid}` } : {}),
  ...KINDS[kind]?.(message.body),
});

const INSTALL = sid("XE");

/**
 * The status callback for a message of ours.
 *
 * @param {Message} message @param {{ accountSid: string, status: string, errorCode?: number }} about
 * @returns {Record<string, string>}
 */
export const statusForm = (message, { accountSid, status, errorCode }) => ({
  MessageSid: message.sid,
  SmsSid: message.sid,
  MessageStatus: status,
  SmsStatus: status,
  AccountSid: accountSid,
  ApiVersion: "2010-04-01",
  From: message.from,
  To: message.to,
  ChannelPrefix: "whatsapp",
  ChannelInstallSid: INSTALL,
  ChannelToAddress: message.to.slice("whatsapp:".length),
  EventType: status.toUpperCase(),
  ...(errorCode ? { ErrorCode: String(errorCode), ErrorMessage: `Twilio error ${errorCode}`, ChannelStatusMessage: "refused by the channel" } : {}),
});
