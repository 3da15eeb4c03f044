// @ts-check
/** A text that goes out as a utility message without a template, because the agent states each time that it is one. */
/** @import { Conversation } from "./conversation.js" */
import { DIRECT_SEND } from "./conversation-state.js";

/**
 * Whether the draft may, if the agent states it. Never what waits in the queue: nobody is asked when that goes out.
 *
 * @param {Conversation} conversation that has been looked at
 * @param {boolean} canSend whether there is a way for texts
 */
export const offersDirectSend = ({ state: { draft, view } }, canSend) =>
  canSend && draft.trim() !== "" && view?.verdict.alternatives.includes(DIRECT_SEND) === true;

/** Asks the agent, where it may. @param {Conversation} conversation @param {boolean} canSend */
export function askDirectSend(conversation, canSend) {
  const isAsked = offersDirectSend(conversation, canSend);
  if (isAsked) conversation.ask({ reason: DIRECT_SEND, text: conversation.state.draft });
  return isAsked;
}
