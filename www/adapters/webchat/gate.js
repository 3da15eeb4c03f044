// @ts-check
// The gate in Web Chat's store: every route by which something can be sent asks first, at that moment.

import { ReplyWindowError } from "../../engine/errors.js";
import { asked, leavesNow, stopped } from "../../engine/fallback-verdict.js";
import { CONFIRMED, OURS, POST, ROUTES, attachmentOf, dataOf, isSilent, isTemplateAgain, marked, quietly, sendingOf } from "./actions.js";
import { Posts } from "./posts.js";

/** @import { AdapterHost } from "../../controller/adapter-port.js" */
/** @import { Confirmed } from "../../controller/types.js" */
/** @import { ErrorCode, RecordLog, WindowRecord } from "../../../src/wire/types.d.ts" */
/** @import { OtherVerdict } from "../../engine/fallback-verdict.js" */
/** @import { Action } from "./actions.js" */
/** @import { Activity } from "./activity.js" */

/**
 * @typedef {(action: Action) => any} Dispatch
 * @typedef {{ dispatch: Dispatch, getState(): any }} Store
 * @typedef {(store: Store) => (next: Dispatch) => Dispatch} Middleware
 * @typedef {{ text: string, sendId?: string, contentSid: string, contentVariables?: string, language?: string }} TemplateMessage
 * @typedef {(activity: Activity) => (WindowRecord & { log: RecordLog }) | undefined} Reader
 */

export class StoreGate {
  #link;
  #recordOf;
  /** @type {Store | undefined} */
  #store;
  /** A draft that came before the store. @type {string | undefined} */
  #early;
  /** Names of the files in the send box that the host knows. @type {string[]} */
  #waiting = [];
  /** The text of the send box that the host knows. */
  #mirrored = "";
  /** Files of the message on its way to the last gate. @type {readonly unknown[] | undefined} */
  #files;
  /** Tells that a text passed the gate. @type {(() => void) | undefined} */
  #passed;
  #posts;

  /** @param {{ host?: AdapterHost }} link @param {Reader} recordOf */
  constructor(link, recordOf) {
    this.#link = link;
    this.#recordOf = recordOf;
    this.#posts = new Posts(link, () => this.#store?.getState().activities ?? []);
  }

  /** @type {Middleware} */
  middleware = (store) => {
    this.#store = store;
    // A store takes no actions while it is being made.
    queueMicrotask(() => this.#early !== undefined && this.setDraft(this.#early));
    return (next) => (action) => {
      const verdict = this.#verdict(action);
      if (verdict && !leavesNow(verdict)) return this.#veto(action, verdict);
      if (action.type === "WEB_CHAT/SEND_MESSAGE") this.#files = action.payload?.attachments;
      const begun = verdict && this.#posts.begin(action);
      if (begun && "stopped" in begun) return this.#refuseAgain(begun.stopped);
      const result = next(marked(action, { tag: verdict?.tag, ...begun }));
      this.#observe(action, next);
      return result;
    };
  };

  /** What was typed before there was a host is not lost on it. */
  connected() {
    this.#mirrored = "";
    this.#waiting = [];
    this.#mirror();
  }

  getDraft = () => this.#early ?? String(this.#store?.getState().sendBoxValue ?? "");

  /** @param {string} text */
  setDraft = (text) => {
    if (!this.#store) {
      this.#early = text;
      return;
    }
    this.#early = undefined;
    this.#mirrored = text;
    if (this.getDraft() !== text) this.#fillBox(text);
  };

  /**
   * Sends a template through Web Chat, so that it stands in the transcript like any message. `postActivity` finds what it needs in
   * `channelData.replyWindow`.
   *
   * @param {TemplateMessage} message
   * @returns {Promise<{ id: string, atMs?: number }>}
   */
  send = ({ text, sendId, contentSid, contentVariables, language }) =>
    new Promise((resolve, reject) => {
      const sending = { resolve, reject, posted: false };
      const replyWindow = { kind: "template", sendId, contentSid, contentVariables, language };
      const payload = { text, method: "code", channelData: { replyWindow, [OURS]: sending } };
      this.#store?.dispatch({ type: "WEB_CHAT/SEND_MESSAGE", payload });
      // Web Chat without a connection says nothing; after a veto the promise is settled already.
      if (!sending.posted) reject(new ReplyWindowError("not-connected", "web chat is not connected"));
    });

  /** The verdict on an action; none on what no customer receives. @param {Action} action @returns {OtherVerdict | undefined} */
  #verdict(action) {
    const host = this.#link.host;
    if (!host || !Object.hasOwn(ROUTES, action.type) || isSilent(action.payload?.activity)) return undefined;
    if (isTemplateAgain(action)) return stopped("template-again");
    try {
      const isTemplate = sendingOf(action) !== undefined;
      const verdict = host.judge({ kind: isTemplate ? "template" : "text" }, dataOf(action)?.[CONFIRMED]);
      // What the provider would not take is told before anybody is asked about it.
      return verdict.leaves === "no" || isTemplate ? verdict : this.#fault(action, host) ?? this.#doubt(action, host) ?? verdict;
    } catch {
      return stopped("engine-failed");
    }
  }

  /** What was made of a text that may have arrived. @param {Action} action @param {AdapterHost} host @returns {OtherVerdict | undefined} */
  #doubt(action, host) {
    const { activity } = action.payload ?? {};
    const text = ROUTES[action.type](action.payload, this.#store?.getState());
    const of = { sendId: dataOf(action)?.replyWindow?.sendId, messageId: typeof activity?.id === "string" ? activity.id : undefined };
    const reason = typeof text === "string" ? host.doubt?.({ text, ...of }) : undefined;
    return reason === undefined ? undefined : asked(reason);
  }

  /**
   * What the provider would not take: too long a text, a file of the wrong kind or size. Each route that still holds it
   * is asked, so that it is told before Web Chat empties its box.
   *
   * @param {Action} action
   * @param {AdapterHost} host
   * @returns {OtherVerdict | undefined}
   */
  #fault({ type, payload }, host) {
    const text = ROUTES[type](payload, this.#store?.getState());
    const files = type === "WEB_CHAT/SUBMIT_SEND_BOX" ? this.#store?.getState().sendBoxAttachments : payload?.attachments ?? payload?.files;
    const message = { text: typeof text === "string" ? text : "", attachments: [...files ?? []].flatMap(attachmentOf) };
    const found = host.check?.(message).problems.find(({ code }) => code !== "empty");
    return found && stopped(found.code);
  }

  /**
   * Sends a text the way the agent would. A text that the agent said yes to takes along the files that were held with it;
   * `postActivity` finds the yes in `channelData.replyWindow`.
   *
   * @param {{ text: string, sendId?: string, confirmed?: Confirmed }} message
   */
  sendText = ({ text, sendId, confirmed }) => {
    let isHeld = true;
    this.#passed = () => (isHeld = false);
    const channelData = sendId !== undefined && { replyWindow: { kind: "text", sendId, ...(confirmed && { confirmed }) }, ...(confirmed && { [CONFIRMED]: confirmed }) };
    // What stands beside a text that was asked for goes with it.
    const attachments = sendId !== undefined && this.#takeFiles();
    this.#store?.dispatch({ type: "WEB_CHAT/SEND_MESSAGE", payload: { text, method: "code", ...(attachments && { attachments }), ...(channelData && { channelData }) } });
    this.#passed = undefined;
    if (isHeld) throw new ReplyWindowError("not-sent", "web chat did not take the text");
  };

  /** The files that wait in the box, which is empty after it. @returns {readonly unknown[] | undefined} */
  #takeFiles() {
    const files = this.#store?.getState().sendBoxAttachments;
    if (!files?.length) return undefined;
    this.#store?.dispatch({ type: "WEB_CHAT/SET_SEND_BOX_ATTACHMENTS", payload: { attachments: [] } });
    return files;
  }

  /** @param {Action} action @param {OtherVerdict} verdict */
  #veto(action, { reason, leaves }) {
    if (reason === "template-again") return this.#refuseAgain(reason);
    const sending = sendingOf(action);
    if (sending) return sending.reject(new ReplyWindowError(/** @type {ErrorCode} */ (reason), "the template may not be sent now"));
    const lost = ROUTES[action.type](action.payload, this.#store?.getState());
    const text = typeof lost === "string" ? lost : "";
    this.#keep(text, action.payload?.attachments ?? this.#files);
    const { host } = this.#link;
    // Once the box is full again: a change of its text withdraws the question.
    if (leaves === "with-confirmation" && host?.ask) queueMicrotask(() => quietly(() => host.ask?.({ text, reason })));
    else quietly(() => host?.blocked({ text, reason }));
  }

  /** What is on its way or has arrived does not go out again; it is no draft either. @param {string} reason */
  #refuseAgain(reason) {
    quietly(() => this.#link.host?.blocked({ text: "", reason }));
  }

  /** Web Chat empties its box in the course of a send, whoever stopped it. @param {string} text @param {readonly unknown[]} [files] */
  #keep(text, files) {
    this.#files = undefined;
    queueMicrotask(() => {
      const { sendBoxValue, sendBoxAttachments } = this.#store?.getState() ?? {};
      if (text && !sendBoxValue) this.#fillBox(text);
      if (!files?.length || sendBoxAttachments?.length) return;
      this.#store?.dispatch({ type: "WEB_CHAT/SET_SEND_BOX_ATTACHMENTS", payload: { attachments: files } });
    });
  }

  /** @param {string} text */
  #fillBox(text) {
    this.#store?.dispatch({ type: "WEB_CHAT/SET_SEND_BOX", payload: { text } });
  }

  /** @param {Action} action @param {Dispatch} next */
  #observe(action, next) {
    const { type, payload } = action;
    if (type === "DIRECT_LINE/INCOMING_ACTIVITY") this.#incoming(payload.activity);
    if (type === POST) this.#files = undefined;
    if (type === "DIRECT_LINE/POST_ACTIVITY_PENDING") this.#passed?.();
    this.#posts.observe(action, next);
    this.#mirror();
  }

  /** @param {Activity} activity */
  #incoming(activity) {
    quietly(() => {
      const record = this.#link.host && this.#recordOf(activity);
      if (!record) return;
      const { text } = activity;
      this.#link.host?.hear?.({ kind: record.kind, ...(typeof text === "string" && { text }) });
      this.#link.host?.record([record]);
    });
  }

  #mirror() {
    const names = /** @type {any[]} */ (this.#store?.getState().sendBoxAttachments ?? []).map((file) => String(file?.blob?.name ?? file?.name ?? "?"));
    if (names.length > 0 || this.#waiting.length > 0) quietly(() => this.#link.host?.files?.(names));
    this.#waiting = names;
    const text = this.getDraft();
    if (text === this.#mirrored) return;
    this.#mirrored = text;
    quietly(() => this.#link.host?.draft(text));
  }
}
