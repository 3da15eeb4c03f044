// @ts-check
// The gate in a conversation of Twilio's SDK: whatever the page sends through it, by either way that it has, is asked about first.

import { ReplyWindowError } from "../../engine/errors.js";
import { leavesNow } from "../../engine/fallback-verdict.js";
import { settled, tellStopped, verdictOn } from "../send-verdict.js";

/** @import { AdapterHost } from "../../controller/adapter-port.js" */
/** @import { HandedOver } from "../send-verdict.js" */
/** @import { ConversationLike, MessageBuilderLike, UnsentLike } from "./sdk.js" */

/** `look`: tells the host what stands in the box by now. @typedef {{ host?: AdapterHost, look?: (() => void) | undefined }} Link */
/** @typedef {{ text: string, isTemplate: boolean }} About what is about to leave */

export class SendGate {
  #conversation;
  #link;
  /** What the conversation had of its own before, by name. @type {Map<"sendMessage" | "prepareMessage", PropertyDescriptor | undefined>} */
  #before = new Map();
  /** A text that the controller hands over. @type {HandedOver | undefined} */
  #handedOver;
  #isOurs = false;

  /** @param {ConversationLike} conversation @param {Link} link */
  constructor(conversation, link) {
    this.#conversation = conversation;
    this.#link = link;
  }

  /** From now on the conversation asks. Another page's or plugin's own wrapper stays beneath. */
  attach() {
    const conversation = this.#conversation;
    const { sendMessage, prepareMessage } = conversation;
    this.#put("sendMessage", (/** @type {unknown} */ message, /** @type {unknown[]} */ ...rest) => {
      const text = typeof message === "string" ? message : "";
      return this.#ask({ text, isTemplate: false }, () => /** @type {any} */ (sendMessage).call(conversation, message, ...rest));
    });
    this.#put("prepareMessage", () => this.#guarded(prepareMessage.call(conversation)));
  }

  /** Gives the conversation back as it was. */
  detach() {
    for (const [name, before] of this.#before) {
      delete (/** @type {any} */ (this.#conversation)[name]);
      if (before) Object.defineProperty(this.#conversation, name, before);
    }
    this.#before.clear();
  }

  /** @param {"sendMessage" | "prepareMessage"} name @param {(...given: any[]) => unknown} value */
  #put(name, value) {
    this.#before.set(name, Object.getOwnPropertyDescriptor(this.#conversation, name));
    Object.defineProperty(this.#conversation, name, { value, configurable: true, writable: true });
  }

  /** @param {MessageBuilderLike} builder @returns {MessageBuilderLike} whose message asks before it is sent, also by `buildAndSend` */
  #guarded(builder) {
    const build = builder.build.bind(builder);
    builder.build = () => {
      const unsent = build();
      const send = unsent.send.bind(unsent);
      unsent.send = () => this.#ask(aboutOf(unsent), send);
      return unsent;
    };
    return builder;
  }

  /** @template Answer @param {About} about @param {() => Promise<Answer> | Answer} send @returns {Promise<Answer>} */
  async #ask(about, send) {
    if (this.#isOurs) return send();
    const { host, look } = this.#link;
    const verdict = verdictOn(host, about, this.#handedOver);
    if (!leavesNow(verdict)) {
      look?.();
      tellStopped(host, verdict, about.text);
      throw new ReplyWindowError("send-blocked", `the message was not sent: ${verdict.reason}`);
    }
    // What the controller hands over it knows.
    if (about.isTemplate || !about.text || this.#handedOver) return send();
    const begun = host?.beginText?.({ text: about.text });
    if (begun && "stopped" in begun) {
      host?.blocked({ text: "", reason: begun.stopped });
      throw new ReplyWindowError("send-blocked", `the message was not sent: ${begun.stopped}`);
    }
    return settled(host, begun?.sendId, send, look);
  }

  /** What the controller hands over is sent inside. @template Answer @param {HandedOver} message @param {() => Answer} send */
  handOver(message, send) {
    this.#handedOver = message;
    try {
      return send();
    } finally {
      this.#handedOver = undefined;
    }
  }

  /** A template that was judged where it was chosen. @template Answer @param {() => Answer} send */
  ours(send) {
    this.#isOurs = true;
    try {
      return send();
    } finally {
      this.#isOurs = false;
    }
  }
}

/** @param {UnsentLike} unsent @returns {About} */
const aboutOf = ({ text, contentSid }) => ({ text: typeof text === "string" ? text : "", isTemplate: typeof contentSid === "string" && contentSid !== "" });
