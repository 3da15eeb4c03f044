// @ts-check
// Writes into Flex's box. Flex takes one `SetInputText` at a time and refuses the next while it is under way.

/** @import { ActionsLike } from "./actions.js" */
/** @import { FlexConversation } from "./conversation.js" */

/** After so long it is tried again, in milliseconds, and so often. */
const AGAIN_MS = 20;
const MAX_TRIES = 50;

export class Box {
  #actions;
  #sid;
  #conversation;
  /** What is to stand in the box. @type {string | undefined} */
  #wanted;
  /** Whether it is to be drawn again. */
  #isStale = false;
  #isWriting = false;

  /** @param {ActionsLike} actions @param {string} sid @param {FlexConversation} conversation */
  constructor(actions, sid, conversation) {
    this.#actions = actions;
    this.#sid = sid;
    this.#conversation = conversation;
  }

  /** @param {string} text */
  write(text) {
    this.#wanted = text;
    if (!this.#isWriting) void this.#run();
  }

  /** Flex draws its input anew where what stands in the box is set, if to the same. */
  redraw() {
    this.#isStale = true;
    if (!this.#isWriting) void this.#run();
  }

  async #run() {
    this.#isWriting = true;
    for (let tries = 0; tries < MAX_TRIES && (this.#isStale || this.#wanted !== undefined); tries++) {
      const text = this.#wanted;
      this.#wanted = undefined;
      this.#isStale = false;
      if (await this.#set(text)) continue;
      this.#wanted ??= text;
      this.#isStale = true;
    }
    this.#isWriting = false;
  }

  /** @param {string | undefined} text nothing: what stands there, and the caret where it is @returns {Promise<boolean>} */
  async #set(text) {
    const { text: there, selection } = this.#conversation;
    const body = text ?? there;
    const caret = text === undefined || text === there ? selection : { selectionStart: body.length, selectionEnd: body.length };
    try {
      await this.#actions.invokeAction("SetInputText", { conversationSid: this.#sid, body, ...caret });
      return true;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
      return false;
    }
  }
}
