// @ts-check
/** A text on the desktop's own way. */
/** @import { Conversation } from "./conversation.js" */
/** @import { ControllerOptions, OutgoingText } from "./types.js" */
/** @import { SendTime } from "./send-time.js" */
import { failureOf } from "./failure.js";
import { messageIdOf } from "./receipt.js";
import { answerInTime } from "./send-time.js";

/**
 * What does not go out is a draft again, and so is what nobody answers for: until an answer comes after all.
 *
 * @param {Conversation} conversation
 * @param {Pick<ControllerOptions, "sendText"> & SendTime} settings
 * @param {Omit<OutgoingText, "conversationId">} text
 * @param {() => void} changed told of an answer that is late
 * @returns {Promise<void>} rejects as `sendText` does, and with `outcome-unknown`
 */
export async function handOverText(conversation, settings, text, changed) {
  const { sendId } = text;
  /** @param {unknown} error @param {string} [words] */
  const fail = (error, words) => conversation.failText(sendId, failureOf(error), words);
  try {
    const answer = await answerInTime(settings, () => settings.sendText?.({ ...text, conversationId: conversation.id }), (word) => {
      if ("error" in word) fail(word.error);
      else settleText(conversation, sendId, messageIdOf(word.answer));
      changed();
    });
    conversation.sentText(messageIdOf(answer));
  } catch (error) {
    fail(error, text.text);
    throw error;
  }
}

/** It was taken. @param {Conversation} conversation @param {string} sendId @param {string} [id] the provider's */
export function settleText(conversation, sendId, id) {
  conversation.acceptText(sendId, id);
  conversation.sentText(id);
}
