// @ts-check
/** The conversations that were shown: of the latest everything is kept, of older ones draft and evidence. */
/** @import { DraftStore } from "./drafts.js" */
/** @import { Conversation as ConversationInfo } from "./types.js" */
import { assertString } from "../engine/check.js";
import { plainObject } from "../engine/plain.js";
import { Conversation, SharedRefusals } from "./conversation.js";
import { withReturned } from "./drafts.js";
import { report } from "./error-info.js";
import { deepFrozen } from "./frozen.js";

/** Conversations kept besides the one shown. */
const MAX_CONVERSATIONS = 64;

/**
 * @param {unknown} given
 * @returns {ConversationInfo} a frozen copy
 */
export function checkedConversation(given) {
  const conversation = plainObject(given, "conversation");
  assertString(conversation.id, "conversation.id");
  assertString(conversation.business, "conversation.business");
  plainObject(conversation.customer, "conversation.customer");
  return deepFrozen(conversation);
}

export class Conversations {
  /** @type {Map<string, Conversation>} the one shown last is the last */
  #known = new Map();
  #shared = new SharedRefusals();
  #drafts;

  /** @param {DraftStore} drafts */
  constructor(drafts) {
    this.#drafts = drafts;
  }

  /** @param {string} id */
  find(id) {
    return this.#known.get(id);
  }

  /**
   * @param {ConversationInfo} info
   * @param {readonly string[]} [keys] of its window, if known
   * @returns {Conversation}
   */
  open(info, keys) {
    const { id } = info;
    const conversation = this.#known.get(id)
      ?? new Conversation(info, { draft: this.#read(id), shared: this.#shared, keep: (draft) => this.#write(id, draft) });
    conversation.describe(info, keys);
    this.#known.delete(id);
    this.#known.set(id, conversation);
    this.#forgetOldest();
    return conversation;
  }

  #forgetOldest() {
    for (const [id, { state }] of this.#known) {
      if (this.#known.size <= MAX_CONVERSATIONS) return;
      if (!state.sending) this.#known.delete(id);
    }
  }

  /**
   * A refused text goes back to its conversation, whether it is still known or not.
   *
   * @param {string} id
   * @param {string} text
   * @param {string} messageId
   * @returns {boolean} whether it was news
   */
  returnText(id, text, messageId) {
    const conversation = this.#known.get(id);
    if (conversation) return conversation.returnText(text, messageId);
    this.#write(id, withReturned(this.#read(id), text));
    return true;
  }

  /** @param {string} id @returns {string} */
  #read(id) {
    try {
      return this.#drafts.read(id) ?? "";
    } catch (error) {
      report(error);
      return "";
    }
  }

  /** A store that fails loses nothing that is on screen: that is kept here as well. @param {string} id @param {string} draft */
  #write(id, draft) {
    try {
      this.#drafts.write(id, draft);
    } catch (error) {
      report(error);
    }
  }
}
