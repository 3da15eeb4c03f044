// @ts-check
/** Dynamics' own objects, which may come later than the script, or be replaced: the guard of their send, and the events of sessions. */
import { guardSends, onSessions } from "../adapters/dynamics/index.js";

/** Whoever else puts a method of their own there keeps it after this many times: two that insist would go on for ever. */
const MAX_GUARDS = 8;

export class OwnObjects {
  #page;
  #judge;
  #heard;
  /** @type {ReturnType<typeof guardSends> | undefined} */
  #guard;
  #guards = 0;
  /** @type {ReturnType<typeof onSessions> | undefined} */
  #sessions;

  /**
   * @param {Window} page
   * @param {{ judge?: Parameters<typeof guardSends>[1] | undefined, heard: () => void }} told without `judge` nothing is guarded
   */
  constructor(page, { judge, heard }) {
    this.#page = page;
    this.#judge = judge;
    this.#heard = heard;
  }

  /** Takes hold of what is there by now. */
  reach() {
    if (this.#judge && !this.isGuarded && this.#guards < MAX_GUARDS) {
      this.#guard = guardSends(this.#page, this.#judge);
      if (this.#guard.isGuarded) this.#guards += 1;
    }
    if (this.topics.length > 0) return;
    this.#sessions?.end();
    this.#sessions = onSessions(this.#page, this.#heard);
  }

  get isGuarded() {
    return this.#guard?.isGuarded ?? false;
  }

  get topics() {
    return this.#sessions?.topics ?? [];
  }

  /** Whether Dynamics can say which conversation is in focus. */
  get tellsFocus() {
    return typeof /** @type {any} */ (this.#page).Microsoft?.Omnichannel?.getConversationId === "function";
  }

  end() {
    this.#guard?.end();
    this.#sessions?.end();
  }
}

/** @param {string} text as Dynamics writes it: with braces or without, in any case */
export const bareGuid = (text) => text.replace(/[{}]/g, "").toLowerCase();
