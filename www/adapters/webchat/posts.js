// @ts-check
// What became of each activity that was posted: one bubble for one text, however often it is tried.

import { POST, dataOf, isSilent, quietly, receiptOf, sendingOf } from "./actions.js";

/** @import { AdapterHost } from "../../controller/adapter-port.js" */
/** @import { Action, Sending } from "./actions.js" */
/** @typedef {(action: Action) => any} Dispatch */

const PENDING = "DIRECT_LINE/POST_ACTIVITY_PENDING";
const FULFILLED = "DIRECT_LINE/POST_ACTIVITY_FULFILLED";
const REJECTED = "DIRECT_LINE/POST_ACTIVITY_REJECTED";
const DELETE = "DIRECT_LINE/DELETE_ACTIVITY";

/** Bubbles whose send is remembered. */
const MAX_BUBBLES = 256;

export class Posts {
  #link;
  #activities;
  /** Templates on their way, by Web Chat's id of the post. @type {Map<string, Sending>} */
  #templates = new Map();
  /** The id of the send of each text, by Web Chat's id of the post. @type {Map<string, string>} */
  #sends = new Map();
  /** Bubbles that the next post takes the place of. @type {{ clientId?: string | undefined, messageId?: string | undefined }} */
  #replaced = {};

  /** @param {{ host?: AdapterHost }} link @param {() => readonly any[]} activities that Web Chat shows */
  constructor(link, activities) {
    this.#link = link;
    this.#activities = activities;
  }

  /**
   * A text is about to be posted, for the first time or again.
   *
   * @param {Action} action
   * @returns {{ sendId: string, messageId?: string | undefined } | { stopped: string } | undefined} nothing for what is no text
   */
  begin(action) {
    if (action.type !== POST || sendingOf(action) || isSilent(action.payload.activity)) return undefined;
    const { text, attachments, id, channelData } = action.payload.activity;
    // A text that goes with a file stays with it.
    const message = { text: typeof text === "string" && !attachments?.length ? text : "", sendId: channelData?.replyWindow?.sendId, messageId: typeof id === "string" ? id : undefined };
    const begun = quietly(() => this.#link.host?.beginText?.(message));
    if (begun && "sendId" in begun) {
      const before = [...this.#sends].findLast(([, sendId]) => sendId === begun.sendId)?.[0];
      this.#replaced = { clientId: before ?? channelData?.clientActivityID, messageId: begun.messageId ?? id };
    }
    return begun;
  }

  /** What Web Chat says of a post. @param {Action} action @param {Dispatch} next past our own gate */
  observe(action, next) {
    const { type, meta, payload } = action;
    if (type === PENDING) this.#pending(action, next);
    else if (type === FULFILLED) this.#settle(meta.clientActivityID, { id: receiptOf(payload.activity).id }, (sending) => sending.resolve(receiptOf(payload.activity)));
    else if (type === REJECTED) {
      const isTemplate = this.#settle(meta.clientActivityID, { error: payload }, (sending) => sending.reject(payload));
      // The form has its values, and says what happened.
      if (isTemplate) this.#remove({ clientId: meta.clientActivityID }, next);
    }
  }

  /** @param {Action} action @param {Dispatch} next */
  #pending(action, next) {
    const { clientActivityID } = action.meta;
    const sending = sendingOf(action);
    const sendId = dataOf(action)?.replyWindow?.sendId;
    if (sending) {
      sending.posted = true;
      this.#templates.set(clientActivityID, sending);
    } else if (sendId !== undefined) {
      this.#sends.set(clientActivityID, sendId);
      const [oldest] = this.#sends.keys();
      if (this.#sends.size > MAX_BUBBLES && oldest !== undefined) this.#sends.delete(oldest);
    }
    this.#remove(this.#replaced, next);
    this.#replaced = {};
  }

  /**
   * @param {string} clientId
   * @param {{ id?: string, error?: unknown }} outcome
   * @param {(sending: Sending) => void} how
   * @returns {boolean} whether it was a template
   */
  #settle(clientId, outcome, how) {
    const sending = this.#templates.get(clientId);
    const sendId = this.#sends.get(clientId);
    this.#templates.delete(clientId);
    if (sending) how(sending);
    else if (sendId !== undefined) quietly(() => this.#link.host?.settleText?.(sendId, outcome));
    return sending !== undefined;
  }

  /** Web Chat takes a bubble away by the id of its activity; one that failed has none yet. @param {{ clientId?: string | undefined, messageId?: string | undefined }} of @param {Dispatch} next */
  #remove({ clientId, messageId }, next) {
    const found = this.#activities().find(({ id, channelData }) => clientId !== undefined && channelData?.clientActivityID === clientId || messageId !== undefined && id === messageId);
    if (!found) return;
    const id = found.id ?? `reply-window-${clientId}`;
    if (!found.id) next({ type: PENDING, meta: { clientActivityID: clientId, method: "code" }, payload: { activity: { ...found, id } } });
    next({ type: DELETE, payload: { activityID: id } });
  }
}
