// @ts-check
/** A refusal that the provider told later: its text comes back, the template is named, and the window closes if it says so. */
/** @import { Conversations } from "./conversations.js" */
/** @import { Evaluator } from "./evaluator.js" */
/** @import { EvidenceBook } from "./evidence.js" */
/** @import { checkedRefusal } from "./refusal.js" */
/** @import { Templates } from "./templates.js" */
import { assertString } from "../engine/check.js";
import { fault } from "../engine/fault.js";
import { errorInfo } from "./error-info.js";
import { choosing } from "./fetch-choosing.js";
import { ofRefusal } from "./marketing.js";

/**
 * Told twice it counts once.
 *
 * @param {Omit<ReturnType<typeof checkedRefusal>, "where">} refusal
 * @param {string} where the conversation
 * @param {{ conversations: Conversations, evaluator: Evaluator, evidence: EvidenceBook, templates: Templates }} parts
 */
export function takeRefusal({ id, words, code, time, of }, where, { conversations, evaluator, evidence, templates }) {
  if (words !== undefined) conversations.refusedText(where, { ...of, text: words, id: String(id) });
  const conversation = conversations.recall(where);
  if (!conversation) throw fault("unknown-conversation", "refusal.conversationId", "it was not shown lately");
  const messageId = assertString(id, "refusal.id");
  const { info } = conversation.state;
  const times = time(evaluator.now);
  const open = templates.refuse(of.sendId);
  const templateId = choosing()?.returnTemplate(conversation, messageId, code) ?? open;
  const meaning = code === undefined ? undefined : evaluator.refusalMeaning(code);
  const closes = code === undefined || meaning === undefined || conversation.applyRefusal(meaning, { code, templateId, atMs: evaluator.now() });
  const marketing = meaning && ofRefusal(meaning, messageId, evaluator.now());
  if (marketing) evidence.note(marketing, info);
  if (code !== undefined) conversation.fail(Object.freeze({ ...errorInfo({ code }, "send-refused"), message: "the provider refused the message", ...(templateId && { templateId }) }));
  if (closes) evidence.note({ id: messageId, log: "refused", kind: "session-message", ...times }, info);
}
