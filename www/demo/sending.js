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
 * @property {(conversation: Conversation, message: ChatMessage) => void} said
 * @property {(conversation: Conversation, state: WindowState) => void} windowChanged
 */

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
  const windowOpen = judgement.status.kind === "open" || judgement.status.kind === "closing";
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

/**
 * @param {Desk} desk @param {Conversation} conversation @param {Record<string, any>} body
 * @returns {Promise<Response>}
 */
export const sendMessage = async (desk, conversation, body) => {
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
    desk.said(conversation, { id, direction: "outbound", text, atMs, status, ...template });
    const state = await recordSend(desk.store, { id, business, customer, kind, atMs, counts: desk.counts });
    if (state) desk.windowChanged(conversation, state);
    return answer({ id, atMs }, 200);
  } catch (error) {
    // What the page handed in as an agent's yes is none.
    if (error instanceof ReplyWindowError && error.field) return problem(400, error.code, error.message, { field: error.field });
    return providerProblem(error);
  }
};
