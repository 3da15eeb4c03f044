// @ts-check
/** The message that a filled template becomes: what the view announces is what the controller sends. */
/** @import { Fill, Template } from "../../src/wire/types.d.ts" */
/** @import { OutgoingTemplate } from "./types.js" */

/**
 * @param {string} conversationId
 * @param {Template} template
 * @param {Extract<Fill, { kind: "ready" }>} fill
 * @returns {Omit<OutgoingTemplate, "sendId">} with the provider's own part as the engine made it: absent where nothing may be sent
 */
export function messageOf(conversationId, { language }, { kind, id, preview, ...rest }) {
  return Object.freeze({ kind: "template", conversationId, contentSid: id, language, ...rest });
}
