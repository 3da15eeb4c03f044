// @ts-check
/** The conversations that were shown: of the latest everything is kept, of older ones draft and evidence. */
/** @import { DraftStore } from "./drafts.js" */
/** @import { Conversation as ConversationInfo } from "./types.js" */
import { assertString } from "../engine/check.js";
import { plainObject } from "../engine/plain.js";
import { Conversation, SharedRefusals } from "./conversation.js";
import { DraftKeeper } from "./draft-keeper.js";
import { withReturned } from "./drafts.js";
import { deepFrozen } from "./frozen.js";
import { Sends } from "./sends.js";

/** Conversations kept besides the one shown. */
const MAX_CONVERSATIONS = 64;

/** Conversations of which it is kept whose they are: a refusal may come when the rest of one is long forgotten. */
const MAX_NAMED = 4096;

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
  /** @type {Map<string, { info: ConversationInfo, keys?: readonly string[] }>} the one shown last is the last */
  #named = new Map();
  #shared = new SharedRefusals();
  #sends = new Sends();
  /** Sends that nobody here knew when the host said that they went out: the store may have their texts. @type {Set<string>} */
  #arrived = new Set();
  #drafts;

  /** @param {{ drafts: DraftStore, tabs: string | undefined, now: () => number, changed: () => void }} parts `tabs`: of the channel between the tabs of one agent */
  constructor({ drafts, tabs, now, changed }) {
    this.#drafts = new DraftKeeper({ store: drafts, tabs, now, adopt: (id, draft, isNews) => {
      this.#known.get(id)?.adopt(draft, isNews);
      changed();
    } });
  }

  /** What the desktop said of it last. @param {string} id */
  infoOf(id) {
    return this.#known.get(id)?.state.info ?? this.#named.get(id)?.info;
  }

  /**
   * One that was shown, however long ago; what was forgotten of it begins anew.
   *
   * @param {string} id
   * @returns {Conversation | undefined}
   */
  recall(id) {
    const named = this.#known.has(id) ? undefined : this.#named.get(id);
    if (!named) return this.#known.get(id);
    const [shownId] = [...this.#known.keys()].slice(-1);
    const conversation = this.open(named.info, named.keys);
    // The one shown stays the last.
    const shown = shownId === undefined ? undefined : this.#known.get(shownId);
    if (shown) this.open(shown.state.info, shown.state.keys);
    return conversation;
  }

  /** Which send of which conversation a message is. @param {unknown} messageId */
  sendOf(messageId) {
    return this.#sends.find(messageId);
  }

  /** A message of ours went out in that conversation. @param {string} messageId @param {string} conversationId */
  remember(messageId, conversationId) {
    if (!this.#sends.find(messageId)) this.#sends.add(messageId, { conversationId });
  }

  /** The conversation of which that is a text. @param {string} sendId */
  ofText(sendId) {
    return [...this.#known.values()].find((conversation) => conversation.hasSent(sendId));
  }

  /** @param {string} sendId of nobody here */
  arrive(sendId) {
    this.#arrived.add(sendId);
    const [oldest = ""] = this.#arrived;
    if (this.#arrived.size > MAX_NAMED) this.#arrived.delete(oldest);
  }

  /**
   * @param {ConversationInfo} info
   * @param {readonly string[]} [keys] of its window, if known
   * @returns {Conversation}
   */
  open(info, keys) {
    const { id } = info;
    const conversation = this.#known.get(id) ?? this.#begin(info);
    conversation.describe(info, keys);
    this.#known.delete(id);
    this.#known.set(id, conversation);
    this.#named.delete(id);
    this.#named.set(id, keys ? { info, keys } : { info });
    this.#forgetOldest();
    this.#forgetNames();
    return conversation;
  }

  /** @param {ConversationInfo} info */
  #begin(info) {
    const { id } = info;
    const conversation = new Conversation(info, { shared: this.#shared, sends: this.#sends, arrived: this.#arrived, keep: (draft) => this.#drafts.keep(id, draft) });
    const stored = this.#drafts.open(id);
    if (stored) conversation.adopt(stored, false);
    return conversation;
  }

  #forgetOldest() {
    for (const [id, { state }] of this.#known) {
      if (this.#known.size <= MAX_CONVERSATIONS) return;
      if (!state.sending) this.#known.delete(id);
    }
  }

  #forgetNames() {
    const [oldest] = this.#named.keys();
    if (oldest !== undefined && this.#named.size > MAX_NAMED) this.#named.delete(oldest);
  }

  /**
   * A refused text goes back to its conversation, whether it is still known or not; one that is known to be of another tab does not.
   *
   * @param {string} id of the conversation
   * @param {{ id: string, text: string, sendId?: string | undefined, author?: string | undefined }} refused
   * @returns {boolean} whether it was news
   */
  refusedText(id, refused) {
    const { text, sendId } = refused;
    const conversation = this.#known.get(id);
    if (conversation) return conversation.refusedText(refused);
    if (sendId !== undefined) return false;
    const { text: draft = "", ...rest } = this.#drafts.open(id) ?? {};
    this.#drafts.keep(id, { ...rest, text: withReturned(draft, text) });
    return true;
  }

  /** Whether closing the page would lose something. */
  get wouldLose() {
    return this.#drafts.wouldLose;
  }

  close() {
    this.#drafts.close();
  }
}
