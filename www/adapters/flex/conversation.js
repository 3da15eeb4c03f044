// @ts-check
// What Flex's store knows of one conversation: what was written, and what stands in its box.

/**
 * @typedef {{ sid: string, author?: string | null, body?: string | null, dateCreated?: Date | null, attachedMedia?: readonly { contentType: string }[] | null }} FlexMessageSource
 * @typedef {{ index?: number, isFromMe?: boolean, source: FlexMessageSource }} FlexMessage
 * @typedef {{ getState(): any, subscribe(listener: () => void): () => void }} StoreLike
 */

export class FlexConversation {
  #store;
  #sid;

  /** @param {StoreLike} store @param {string} sid */
  constructor(store, sid) {
    this.#store = store;
    this.#sid = sid;
  }

  get #chat() {
    return this.#store.getState()?.flex?.chat;
  }

  /** @returns {readonly FlexMessage[]} */
  get messages() {
    return this.#chat?.conversations?.[this.#sid]?.messages ?? [];
  }

  /** @returns {string} */
  get text() {
    return this.#chat?.conversationInput?.[this.#sid]?.inputText ?? "";
  }

  /** Where the caret stands in it. @returns {{ selectionStart?: number, selectionEnd?: number }} */
  get selection() {
    const { selectionStart, selectionEnd } = this.#chat?.conversationInput?.[this.#sid] ?? {};
    return selectionStart === undefined ? {} : { selectionStart, selectionEnd };
  }

  /**
   * Tells the messages that were not told yet, those that are there at first, and the text of the box where it changed.
   *
   * @param {{ messages: (messages: readonly FlexMessage[], isFirst: boolean) => void, text: (text: string) => void }} told
   * @returns {() => void} ends it
   */
  follow(told) {
    /** @type {Set<string>} */
    const seen = new Set();
    let text = this.text;
    let before = /** @type {readonly FlexMessage[] | undefined} */ (undefined);
    const look = () => {
      if (this.messages !== before) {
        const isFirst = before === undefined;
        before = this.messages;
        const fresh = before.filter(({ source }) => source?.sid && !seen.has(source.sid));
        for (const { source } of fresh) seen.add(source.sid);
        if (fresh.length > 0) told.messages(fresh, isFirst);
      }
      if (this.text !== text) told.text((text = this.text));
    };
    look();
    return this.#store.subscribe(look);
  }
}
