// @ts-check
// The gate in Flex's actions. Flex keeps every function that an action was replaced by; the one that came last runs first, and may leave the others out.

/** @import { OtherVerdict } from "../../engine/fallback-verdict.js" */

/**
 * The part of Flex UI 2's `Actions` that is used here.
 *
 * @typedef {(payload: any) => Promise<any>} ActionFunction
 * @typedef {(payload: any, original: ActionFunction, next?: ActionFunction) => Promise<any>} Replacement
 * @typedef {{ replaceAction(name: string, replacement: Replacement): void, invokeAction(name: string, payload?: any): Promise<any> }} ActionsLike
 */

/** By which a message leaves Flex. @type {readonly string[]} */
export const SENDS = Object.freeze(["SendMessage", "SendMediaMessage", "SendRichContentMessage"]);

/** Lets a send of one conversation through, or does not. @typedef {(name: string, payload: any, send: () => Promise<any>) => Promise<any>} Ask */

/** What was registered with one `Actions`, which takes nothing back. */
class Registry {
  /** By conversation. @type {Map<string, Ask>} */
  asks = new Map();
  /** The one replacement of each action that asks; those from before pass everything on. @type {Map<string, Replacement>} */
  #current = new Map();

  /** Is the last one again, so that it is the first that Flex runs. @param {ActionsLike} actions */
  register(actions) {
    for (const name of SENDS) if (!this.#isLast(actions, name)) this.#replace(actions, name);
  }

  /** Flex does not say; where it can be seen that nobody came after us, nothing is added. @param {ActionsLike} actions @param {string} name */
  #isLast(actions, name) {
    const replacements = /** @type {any} */ (actions).replacedActions?.get?.(name);
    return Array.isArray(replacements) && replacements.length > 0 && replacements.at(-1) === this.#current.get(name);
  }

  /** @param {ActionsLike} actions @param {string} name */
  #replace(actions, name) {
    /** @type {Replacement} */
    const replacement = (payload, original, next = original) => {
      const send = () => next(payload);
      const ask = replacement === this.#current.get(name) ? this.asks.get(conversationOf(payload)) : undefined;
      return ask ? ask(name, payload, send) : send();
    };
    this.#current.set(name, replacement);
    actions.replaceAction(name, replacement);
  }
}

/** @type {WeakMap<ActionsLike, Registry>} */
const registries = new WeakMap();

/** @param {any} payload @returns {string} */
const conversationOf = (payload) => payload?.conversationSid ?? payload?.conversation?.source?.sid ?? "";

/**
 * From now on what is sent in that conversation is asked about; other conversations go their way.
 *
 * @param {ActionsLike} actions
 * @param {string} conversationSid
 * @param {Ask} ask
 * @returns {() => void} ends it
 */
export function askBefore(actions, conversationSid, ask) {
  const registry = registries.get(actions) ?? new Registry();
  registries.set(actions, registry);
  registry.asks.set(conversationSid, ask);
  registry.register(actions);
  return () => {
    if (registry.asks.get(conversationSid) === ask) registry.asks.delete(conversationSid);
  };
}
