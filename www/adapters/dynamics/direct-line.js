// @ts-check
// A second lock, for those who ask for it: the line on which the customer's chat posts, found from its box through what React keeps there.
// Those are innards of Web Chat and of React. Nothing depends on it, and where it is not found there is none.

import { ReplyWindowError } from "../../engine/errors.js";

/** @typedef {{ leaves: boolean, reason: string }} Judged */
/** @typedef {{ postActivity(activity: any): unknown }} Line */

/** Parents that are looked through; the box stands about 60 below. */
const MAX_PARENTS = 400;
/** Each session has a line of its own; what was shown long ago is not held for ever. */
const MAX_LINES = 32;
const FIBER = /^__react(Fiber|InternalInstance)\$/;
/** What no customer receives, unless it carries a text. */
const SILENT = /^(typing|event|conversationUpdate|endOfConversation|trace)$/;

/** @param {Element | undefined} box @returns {Line | undefined} */
export function directLineOf(box) {
  const key = box && Object.keys(box).find((name) => FIBER.test(name));
  let fiber = key === undefined ? undefined : /** @type {any} */ (box)[key];
  for (let parents = 0; fiber && parents < MAX_PARENTS; parents += 1, fiber = fiber.return) {
    const line = fiber.memoizedProps?.directLine;
    if (typeof line?.postActivity === "function") return line;
  }
  return undefined;
}

/** What a line answers whoever posts: here, that it failed. @param {string} reason */
const refused = (reason) => {
  const cause = new ReplyWindowError("send-blocked", `the message was not sent: ${reason}`);
  return {
    /** @param {any} given @param {(cause: unknown) => void} [error] */
    subscribe(given, error) {
      const tell = typeof given === "object" && given ? given.error?.bind(given) : error;
      queueMicrotask(() => tell?.(cause));
      return { unsubscribe() {}, closed: true };
    },
  };
};

const isSilent = (/** @type {any} */ { type, text }) => SILENT.test(String(type)) && !(typeof text === "string" && text.trim());

export class DirectLineLock {
  #judge;
  /** @type {Map<Line, { original: Line["postActivity"], own: Line["postActivity"] }>} */
  #lines = new Map();
  /** @type {Line | undefined} the customer's, as it was found last */
  #current;

  /** @param {() => Judged} judge of the conversation that is shown @throws never */
  constructor(judge) {
    this.#judge = judge;
  }

  /** @param {Element | undefined} box of the customer */
  look(box) {
    if (!box) return;
    const line = directLineOf(box);
    this.#current = line;
    if (!line || this.#lines.get(line)?.own === line.postActivity) return;
    const original = line.postActivity;
    const judge = this.#judge;
    /** @this {unknown} @param {any} activity @param {unknown[]} more */
    const own = function (activity, ...more) {
      const { leaves, reason } = isSilent(Object(activity)) ? { leaves: true, reason: "" } : judge();
      return leaves ? /** @type {Function} */ (original).call(this, activity, ...more) : refused(reason);
    };
    try {
      line.postActivity = own;
    } catch {
      return; // what is frozen stays as it is
    }
    if (line.postActivity !== own) return;
    this.#lines.set(line, { original, own });
    const [oldest] = this.#lines.keys();
    if (this.#lines.size > MAX_LINES && oldest) this.#lines.delete(oldest);
  }

  /** Whether the customer's line is guarded now. */
  get isGuarded() {
    return this.#current !== undefined && this.#lines.get(this.#current)?.own === this.#current.postActivity;
  }

  end() {
    for (const [line, { original, own }] of this.#lines) if (line.postActivity === own) line.postActivity = original;
    this.#lines.clear();
  }
}
