// @ts-check
/** What is kept of a conversation, and how it begins. */
/** @import { ProviderErrorMeaning, Template, Verdict, WindowStatus } from "../../src/wire/types.d.ts" */
/** @import { AvailableTemplates, Conversation as ConversationInfo, ErrorInfo, FoundTemplate, SendQuestion } from "./types.js" */

/** The reason of a question that is not whether a text may leave, but whether it is a utility message. */
export const DIRECT_SEND = "direct-send";
/** That of a question about a text that was made of one which may have arrived. */
export const REPEAT = "may-have-arrived";

/** @typedef {{ status: WindowStatus, verdict: Verdict, nowAtMs: number, clock?: "checking" | "unchecked" | "unanswered", error?: ErrorInfo }} View what was true at an instant, of free text */
/** @typedef {{ id: string, code: number, atMs: number }} TemplateRefusal */
/** @import { Ruling } from "./ruling.js" */
/** @import { CustomerAnswer, LostText, UndeliveredTemplate } from "./types.js" */
/** @typedef {Pick<ProviderErrorMeaning, "concerns" | "template" | "window">} RefusalMeaning what a provider's code says */

/**
 * @typedef {object} ConversationState
 * @property {ConversationInfo} info the desktop's latest word
 * @property {readonly string[]} [keys] of its window, once the engine has made them
 * @property {View} [view] the latest
 * @property {string} draft
 * @property {SendQuestion} [question] a send that waits for the agent's yes
 * @property {boolean} sending a template is on its way
 * @property {ErrorInfo} [error] of the last send
 * @property {"reopened"} [notice]
 * @property {string} [arrived] the send of which nobody knew, and which went out after all
 * @property {readonly Template[]} [templates] once they were loaded
 * @property {readonly FoundTemplate[]} unread what stands in the provider's list and is no template
 * @property {AvailableTemplates} available
 * @property {string} availableFor what that was made for; made again when it differs
 * @property {object} [load] the load whose answer counts
 * @property {readonly TemplateRefusal[]} refusals templates that the provider refused to send to this customer
 * @property {readonly UndeliveredTemplate[]} undelivered
 * @property {readonly string[]} files names of files that wait in the composer, beside the draft
 * @property {readonly LostText[]} lost texts that were refused, and that nobody here sent
 * @property {Ruling} [ruling] what the server said last of a message that it refused
 * @property {string} [queued] the draft, where it is to go out when the customer answers
 * @property {string} [queuedId] the id of its send, made when it was queued
 * @property {CustomerAnswer} [answer] what the customer answered while it waited, as the desktop says
 * @property {boolean} [isHeld] it goes out by the agent's word alone
 * @property {number} [dueAtMs] when it goes out by itself
 */

/**
 * @param {ConversationInfo} info
 * @param {string} draft
 * @returns {ConversationState}
 */
export function initialState(info, draft) {
  return Object.freeze({
    info, draft, sending: false, unread: Object.freeze([]), available: Object.freeze({ kind: "loading", items: Object.freeze([]) }),
    availableFor: "", refusals: Object.freeze([]), lost: Object.freeze([]), undelivered: Object.freeze([]), files: Object.freeze([]),
  });
}

/** Whether two views say the same, whenever they were made. @param {View} a @param {View} b */
export function sameView({ nowAtMs: _a, ...a }, { nowAtMs: _b, ...b }) {
  return JSON.stringify(a) === JSON.stringify(b);
}
