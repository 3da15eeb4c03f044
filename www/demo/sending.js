// @ts-check
import { ReplyWindowError } from "../engine/errors.js";
import { fillTemplate, templateEligibility } from "../engine/template.js";
import { maySend, recordSend } from "../server/index.js";

/**
 * One message of the agent, asked about again on the server before it leaves: the browser is not the only guard.
 *
 * @import { Identity, Judgement, Unknown, WindowState } from "../../src/wire/types.d.ts"
 * @import { createGate } from "../server/index.js"
 * @import { TwilioClient } from "../server/twilio/client.js"
 * @import { ChatMessage, Conversation } from "./conversations.js"
 */

/**
 * What a send needs.
 * @typedef {object} Desk
 * @property {() => number} now
 * @property {Pick<TwilioClient, "sendMessage">} client
 * @property {import("../stores/port.js").WindowStore} store
 * @property {ReturnType<typeof createGate>} gate
 * @property {Unknown} unknown what becomes of free text in an unknown window
 * @property {import("./templates.js").Templates} templates
 * @property {() => string} statusCallback
 * @property {boolean} counts whether the policy limits messages without an answer
 * @property {import("./send-keys.js").SendKeys} keys
 * @property {(conversation: Conversation, message: ChatMessage) => void} said
 * @property {(conversation: Conversation, state: WindowState) => void} windowChanged
 */

/** Characters of a name. */
const MAX_AUTHOR = 80;

/** @param {unknown} body @param {number} status */
const answer = (body, status) => Response.json(body, { status, headers: { "cache-control": "no-store" } });
/** @param {number} status @param {string} code @param {string} message @param {object} [more] */
export const problem = (status, code, message, more = {}) => answer({ code, message, ...more }, status);

/** @typedef {{ refusal: Response } | { content: { body: string } | { contentSid: string, contentVariables?: string | undefined }, text: string, kind: "session-message" | "template-message" }} Prepared */

/** @param {Judgement} judgement @param {object} [more] */
const held = ({ verdict, status }, more = {}) =>
  answer({ code: verdict.reason, message: "the message may not be sent now", verdict, status, ...more }, 409);

/** @param {Desk} desk @param {Conversation} conversation @param {Record<string, any>} body @returns {Promise<Prepared>} */
const prepareText = async ({ gate, unknown }, conversation, { text, sendId, confirmed }) => {
  if (typeof text !== "string" || text.trim() === "") return { refusal: problem(400, "text-missing", "a text is needed") };
  // Where what is unknown is to block, nobody's yes counts.
  const yes = unknown === "ask" ? { conversation: conversation.id, sendId, confirmed } : {};
  const judgement = await gate.judge({ ...partiesOf(conversation), draft: { kind: "text" }, ...yes });
  if (!maySend(judgement.verdict)) return { refusal: held(judgement, judgement.unconfirmed && { code: judgement.unconfirmed }) };
  return { content: { body: text }, text, kind: "session-message" };
};

/** @param {unknown} text @returns {Record<string, string> | undefined} */
const valuesOf = (text) => {
  try {
    const values = JSON.parse(typeof text === "string" && text !== "" ? text : "{}");
    return values !== null && typeof values === "object" && !Array.isArray(values) ? values : undefined;
  } catch {
    return undefined;
  }
};

/** @param {Desk} desk @param {Conversation} conversation @param {Record<string, any>} body @returns {Promise<Prepared>} */
const prepareTemplate = async ({ gate, templates, now }, conversation, { contentSid, contentVariables }) => {
  const template = typeof contentSid === "string" ? await templates.find(contentSid) : undefined;
  if (!template) return { refusal: problem(404, "template-unknown", "there is no such template") };
  const values = valuesOf(contentVariables);
  if (!values) return { refusal: problem(400, "content-variables-invalid", "content variables are a JSON object of strings") };
  const judgement = await gate.judge({ ...partiesOf(conversation), draft: { kind: "template" } });
  if (!maySend(judgement.verdict)) return { refusal: held(judgement) };
  const windowOpen = judgement.status.isOpen;
  const { kind, reasons } = templateEligibility(template, { windowOpen, now: now(), customer: conversation.customer, refused: refusedLately(conversation) });
  if (kind !== "sendable") return { refusal: held(judgement, { code: reasons[0]?.code ?? "not-sendable", reasons }) };
  const fill = fillTemplate(template, values);
  if (fill.kind !== "ready") return { refusal: problem(422, "template-incomplete", "the template is not filled in", { problems: fill.problems }) };
  const filled = "contentVariables" in fill ? fill.contentVariables : undefined;
  return { content: { contentSid: fill.id, contentVariables: filled }, text: fill.text, kind: "template-message" };
};

/** Templates that the provider refused to deliver to this customer. @param {Conversation} conversation */
const refusedLately = ({ messages }) =>
  messages.flatMap(({ contentSid, errorCode, atMs }) => (contentSid && errorCode ? { id: contentSid, code: errorCode, atMs } : []));

/** @param {Conversation} conversation */
const partiesOf = ({ business, customer }) => ({ business, customer });

/** Where a message goes: the phone number where it is known (Meta lets it win over the user id). @param {Identity} customer */
const addressOf = ({ phone, bsuid, parentBsuid }) => `whatsapp:${phone ?? bsuid ?? parentBsuid}`;

/** @type {Record<string, number>} */
const STATUS = { "provider-refused": 422, "provider-busy": 503 };

/** The provider's word about a request, without our credentials, which no error holds. @param {any} error */
export const providerProblem = (error) => {
  if (typeof error?.code !== "string" || !error.code.startsWith("provider-")) throw error;
  const { providerCode, providerMessage } = error;
  return problem(STATUS[error.code] ?? 502, error.code, providerMessage ?? error.message, providerCode ? { providerCode } : {});
};

/** @param {import("./send-keys.js").Receipt | "sending" | "unknown"} known */
const repeated = (known) => {
  if (known === "sending") return problem(409, "send-in-progress", "a message with this key is on its way");
  if (known === "unknown") return problem(409, "send-unknown", "a message with this key may have arrived");
  return problem(409, "send-repeated", "the message with this key was sent", known);
};

/** What became of a key: the answers of the provider that say nothing leave it open. @param {Response} response */
const outcomeOf = async (response) => (response.ok ? await response.clone().json() : response.status === 502 ? "unknown" : undefined);

/**
 * One message for one key, however often it is asked for.
 *
 * @param {Desk} desk @param {Conversation} conversation @param {Record<string, any>} body @param {string | undefined} [key]
 * @returns {Promise<Response>}
 */
export const sendMessage = async (desk, conversation, body, key) => {
  if (key === undefined) return sendOnce(desk, conversation, body, key);
  const known = desk.keys.take(key);
  if (known) return repeated(known);
  try {
    const response = await sendOnce(desk, conversation, body, key);
    desk.keys.settle(key, await outcomeOf(response));
    return response;
  } catch (error) {
    desk.keys.settle(key, "unknown");
    throw error;
  }
};

/**
 * @param {Desk} desk @param {Conversation} conversation @param {Record<string, any>} body @param {string | undefined} sendId
 * @returns {Promise<Response>}
 */
const sendOnce = async (desk, conversation, body, sendId) => {
  const prepare = { text: prepareText, template: prepareTemplate }[String(body.kind)];
  if (!prepare) return problem(400, "kind-unknown", "the kind is text or template");
  try {
    const prepared = await prepare(desk, conversation, body);
    if ("refusal" in prepared) return prepared.refusal;
    const { content, text, kind } = prepared;
    const { business, customer } = conversation;
    const parties = { from: `whatsapp:${business}`, to: addressOf(customer), statusCallback: desk.statusCallback() };
    const { id, status } = await desk.client.sendMessage({ ...parties, ...content });
    const atMs = desk.now();
    const template = "contentSid" in content ? { contentSid: content.contentSid } : {};
    const author = typeof body.author === "string" ? { author: body.author.slice(0, MAX_AUTHOR) } : {};
    desk.said(conversation, { id, direction: "outbound", text, atMs, status, ...template, ...author, ...(sendId ? { sendId } : {}) });
    const state = await recordSend(desk.store, { id, business, customer, kind, atMs, counts: desk.counts });
    if (state) desk.windowChanged(conversation, state);
    return answer({ id, atMs }, 200);
  } catch (error) {
    // What the page handed in as an agent's yes is none.
    if (error instanceof ReplyWindowError && error.field) return problem(400, error.code, error.message, { field: error.field });
    return providerProblem(error);
  }
};
