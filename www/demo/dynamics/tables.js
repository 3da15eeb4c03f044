// @ts-check
import { demoContents } from "../stand-in/content.js";
import { WHATSAPP, guidOf, messagesOf } from "./conversations.js";

/** The rows that Dataverse holds of the conversations, made when somebody asks. Columns are those of Microsoft's reference. */

/** @import { Account } from "../stand-in/account.js" */
/** @import { Conversation } from "./conversations.js" */
/** @typedef {Record<string, string | number | boolean | null>} Row */
/** @typedef {{ account: Account, conversations: readonly Conversation[], now: () => number, lagMs: number }} Source */

const iso = (/** @type {number} */ ms) => new Date(ms).toISOString();

/** @param {Conversation} conversation @returns {Row} */
const workItem = ({ id, title, channel, phone, untilMs, fromMs }) => ({
  activityid: id, msdyn_title: title, msdyn_channel: channel, statecode: untilMs === Infinity ? 0 : 1,
  _msdyn_customer_value: phone ? guidOf(`contact ${phone}`) : null, _msdyn_socialprofileid_value: null, _msdyn_liveworkstreamid_value: guidOf("work stream"),
  msdyn_startedon: fromMs === -Infinity ? null : iso(fromMs),
});

/** @param {Conversation} conversation @returns {Row} */
const engagement = ({ id, title, phone, fromMs }) => ({
  msdyn_whatsappengagementctxid: guidOf(`context ${id}`), msdyn_customerphonenumber: phone ?? null, msdyn_customername: title,
  msdyn_customerfirstmessage: "…", _msdyn_liveworkitemid_value: id, createdon: fromMs === -Infinity ? iso(0) : iso(fromMs),
});

/** @param {Conversation} conversation @returns {Row[]} */
const contextItems = ({ id, phone, business }) =>
  Object.entries({ msdyn_CustomerPhoneNumber: phone, msdyn_OrganizationPhoneNumber: business })
    .flatMap(([name, value]) => (value ? [{ msdyn_ocliveworkitemcontextitemid: guidOf(`${name} ${id}`), msdyn_name: name, msdyn_value: value, _msdyn_ocliveworkitemid_value: id }] : []));

/** @param {Source} source @param {Conversation} conversation @returns {Row[]} */
const transcript = ({ account, now, lagMs }, conversation) =>
  messagesOf(account, conversation).filter(({ createdAtMs }) => createdAtMs + lagMs <= now()).map((message, place) => ({
    msdyn_commontranscriptmessageid: guidOf(`message ${message.sid}`), partitionid: conversation.id, msdyn_conversationid: conversation.id,
    msdyn_messagetimestamp: iso(message.createdAtMs), msdyn_role: message.direction === "inbound" ? "customer" : "agent",
    msdyn_messagetype: "message", msdyn_sourcemessageid: guidOf(message.sid), msdyn_sequence: place + 1, msdyn_content: message.body,
  }));

/** One for the first message of the customer after each answer of ours. @param {Source} source @param {Conversation} conversation @returns {Row[]} */
const blocks = ({ account }, conversation) => {
  let isAnswered = true;
  return messagesOf(account, conversation).flatMap(({ sid, direction, createdAtMs }) => {
    const isFirst = direction === "inbound" && isAnswered;
    isAnswered = direction !== "inbound";
    return isFirst ? [{ msdyn_conversationmessageblockid: guidOf(`block ${sid}`), msdyn_customermessagetimestamp: iso(createdAtMs), _msdyn_ocliveworkitemid_value: conversation.id }] : [];
  });
};

const CONTACT = /** @type {const} */ ({ whatsapp: "new_whatsappoptin" });

/** @param {Source} source @returns {Row[]} */
const contacts = ({ conversations }) => [...new Set(conversations.map(({ phone }) => phone))]
  .flatMap((phone) => (phone ? [{ contactid: guidOf(`contact ${phone}`), mobilephone: phone, [CONTACT.whatsapp]: true }] : []));

const [MESSAGE_TEMPLATE, SMS] = [3, 192_340_000];
const texts = () => demoContents().filter(({ types }) => types["twilio/text"]);

/** One for each template of text, and one of another channel, and one that is switched off. @returns {Row[]} */
const outboundConfigurations = () => {
  const row = (/** @type {string} */ id, /** @type {string} */ name, more = {}) => ({
    msdyn_ocoutboundconfigurationid: guidOf(`outbound ${id}`), msdyn_name: name, _msdyn_messagetemplate_value: guidOf(`template ${id}`), msdyn_channel: WHATSAPP, statecode: 0, createdon: iso(0), ...more,
  });
  const [first] = texts();
  return [...texts().map(({ sid, friendly_name: name }) => row(sid, name)), ...(first ? [row(first.sid, "By SMS", { msdyn_channel: SMS }), row(first.sid, "Of last year", { statecode: 1 })] : [])];
};

/** Their texts as an administrator may have written them: the Content SID, and what the template says. @returns {Row[]} */
const messageTemplates = () => texts().map(({ sid, friendly_name: name, types }) => ({
  msdyn_ocsystemmessageid: guidOf(`template ${sid}`), msdyn_name: name, msdyn_messagetype: MESSAGE_TEMPLATE, msdyn_streamsource: WHATSAPP, statecode: 0,
  msdyn_messagetext: `${sid} ${/** @type {{ body: string }} */ (types["twilio/text"]).body}`,
}));

const ON_WHATSAPP = (/** @type {Conversation} */ { channel }) => channel === WHATSAPP;

/** By entity set: its logical name, and what makes its rows. @type {Record<string, { name: string, rows: (source: Source) => Row[] }>} */
export const TABLES = {
  msdyn_ocliveworkitems: { name: "msdyn_ocliveworkitem", rows: ({ conversations }) => conversations.map(workItem) },
  msdyn_whatsappengagementctxes: { name: "msdyn_whatsappengagementctx", rows: ({ conversations }) => conversations.filter(ON_WHATSAPP).map(engagement) },
  msdyn_ocliveworkitemcontextitems: { name: "msdyn_ocliveworkitemcontextitem", rows: ({ conversations }) => conversations.flatMap(contextItems) },
  msdyn_commontranscriptmessages: { name: "msdyn_commontranscriptmessage", rows: (source) => source.conversations.flatMap((one) => transcript(source, one)) },
  msdyn_conversationmessageblocks: { name: "msdyn_conversationmessageblock", rows: (source) => source.conversations.flatMap((one) => blocks(source, one)) },
  contacts: { name: "contact", rows: contacts },
  msdyn_ocoutboundconfigurationes: { name: "msdyn_ocoutboundconfiguration", rows: outboundConfigurations },
  msdyn_ocsystemmessages: { name: "msdyn_ocsystemmessage", rows: messageTemplates },
};
