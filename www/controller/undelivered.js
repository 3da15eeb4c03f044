// @ts-check
/** Templates that were taken: which message is which, and whose values the agent wants again because it was refused later. Fetched with what sends them. */
/** @import { Conversation } from "./conversation.js" */
/** @import { UndeliveredTemplate } from "./types.js" */

/** Templates remembered of one conversation. */
const MAX_UNDELIVERED = 32;

/** Refusals that were told before the answer to their send: their codes, by message. @type {WeakMap<Conversation, Map<string, unknown>>} */
const told = new WeakMap();

/** @param {Conversation} conversation */
function earlyOf(conversation) {
  const early = told.get(conversation) ?? new Map();
  told.set(conversation, early);
  return early;
}

/**
 * The template went in place of the text that waits for an answer; whether that is still to follow only the agent knows.
 *
 * @param {Conversation} conversation
 * @param {string} templateId
 * @param {string} messageId
 * @param {Readonly<Record<string, string>>} values until it is delivered they may be wanted again
 * @returns {unknown} the provider's code, where it was refused already
 */
export function sentTemplate(conversation, templateId, messageId, values) {
  conversation.sends.add(messageId, { conversationId: conversation.id, templateId, values: Object.freeze({ ...values }) });
  replace(conversation, templateId);
  conversation.queueDraft(false);
  const early = earlyOf(conversation);
  if (!early.has(messageId)) return undefined;
  const code = early.get(messageId);
  early.delete(messageId);
  returnTemplate(conversation, messageId);
  const { error } = conversation.state;
  if (error && error.providerCode === code) conversation.change({ error: Object.freeze({ ...error, templateId }) });
  return code;
}

/** A template that was taken was refused: its values are the agent's again, once. @param {Conversation} conversation @param {string} messageId @param {unknown} [code] @returns {string | undefined} which it was */
export function returnTemplate(conversation, messageId, code) {
  const { templateId, values } = conversation.sends.find(messageId) ?? {};
  const early = earlyOf(conversation);
  if (templateId === undefined) early.set(messageId, code);
  const [oldest] = early.keys();
  if (oldest !== undefined && early.size > MAX_UNDELIVERED) early.delete(oldest);
  if (templateId === undefined || values === undefined) return templateId;
  conversation.sends.add(messageId, { conversationId: conversation.id, templateId });
  replace(conversation, templateId, Object.freeze({ templateId, values }));
  return templateId;
}

/** @param {Conversation} conversation @param {string} templateId @param {UndeliveredTemplate} [latest] */
function replace(conversation, templateId, latest) {
  const { undelivered } = conversation.state;
  const others = undelivered.filter((known) => known.templateId !== templateId);
  if (latest || others.length < undelivered.length) conversation.change({ undelivered: Object.freeze(latest ? [...others, latest].slice(-MAX_UNDELIVERED) : others) });
}
