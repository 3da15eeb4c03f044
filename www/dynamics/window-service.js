// @ts-check
/** The window service of this package, where there is one: it tells of windows as soon as they change, and of what WhatsApp refused. */
import { windowService } from "../client/client.js";

/** @import { WindowState } from "../../src/wire/types.d.ts" */
/** @import { Connection } from "../client/following.js" */
/** @import { Conversation } from "../controller/types.js" */
/** @import { WindowService } from "../client/client.js" */

/** Its first word on a conversation is waited for this long, before what Dataverse says is taken beside it. */
const FIRST_WORD_MS = 5_000;

export class FollowedWindows {
  #service;
  /** What it told last, by conversation; and who waits for its first word. @type {Map<string, { state?: WindowState, told: Promise<void>, tell: () => void }>} */
  #known = new Map();
  /** @type {Connection} */
  #connection = "offline";
  #isAwaited = true;
  /** @type {ReturnType<typeof setTimeout>} */
  #patience;

  /**
   * @param {{ url: string, token: string | (() => string | Promise<string>), report?: boolean }} settings
   * @param {{ isSomebody: (conversation: Conversation) => boolean, changed: () => void }} told
   * @throws {import("../engine/errors.js").ReplyWindowError} `bad-url`, `wrong-type`, `key-empty`
   */
  constructor({ url, token, report = false }, { isSomebody, changed }) {
    this.#isSomebody = isSomebody;
    this.#service = windowService({ url, token, report, onError: () => {}, onConnection: (connection) => {
      this.#connection = connection;
      changed();
    } });
    this.#patience = setTimeout(() => {
      this.#isAwaited = false;
      changed();
    }, FIRST_WORD_MS);
  }

  #isSomebody;

  /** @type {WindowService["follow"]} */
  follow = (party, listener) => {
    const conversation = /** @type {Conversation} */ (party);
    if (!this.#isSomebody(conversation)) return () => {};
    const entry = this.#entry(conversation.id);
    const end = this.#service.follow(party, (known) => {
      entry.state = known.state;
      entry.tell();
      listener(known);
    });
    return () => {
      end();
      this.#known.delete(conversation.id);
    };
  };

  get askServer() { return this.#service.askServer; }
  get resume() { return this.#service.resume; }
  get counting() { return this.#service.counting; }

  /** Whether it answers now. */
  get isConnected() {
    return this.#connection !== "offline";
  }

  /** Whether it should answer by now, and does not. */
  get isSilent() {
    return !this.#isAwaited && !this.isConnected;
  }

  /** What it knows of a conversation that is followed, once it has said anything of it. @param {{ id: string }} conversation @returns {Promise<{ state: WindowState } | undefined>} */
  stateOf = async ({ id }) => {
    const entry = this.#known.get(id);
    if (!entry) return undefined;
    if (!entry.state) await Promise.race([entry.told, new Promise((resolve) => setTimeout(resolve, FIRST_WORD_MS))]);
    return entry.state && { state: entry.state };
  };

  end() {
    clearTimeout(this.#patience);
    this.#service.close();
  }

  /** @param {string} id */
  #entry(id) {
    let tell = () => {};
    const told = /** @type {Promise<void>} */ (new Promise((resolve) => (tell = () => resolve(undefined))));
    /** @type {{ state?: WindowState, told: Promise<void>, tell: () => void }} */
    const entry = { told, tell };
    this.#known.set(id, entry);
    return entry;
  }
}
