// @ts-check
/**
 * Tabs tell each other what they know of a window. Merging is order-free, so nobody leads and nothing is lost by a
 * message that comes late or twice.
 */
/** @import { WindowState } from "../../src/wire/types.d.ts" */

/**
 * @typedef {object} Tabs
 * @property {(keys: readonly string[], state: WindowState) => void} publish
 * @property {(keys: readonly string[]) => void} ask what the others know
 * @property {() => void} close
 */

/** Of another version of this package: not understood, not answered. */
const VERSION = 1;

/**
 * @param {string | undefined} name of the BroadcastChannel; `undefined`: this tab is alone
 * @param {{ told: (keys: string[], state: WindowState) => void, known: (keys: string[]) => WindowState | undefined }} here
 * @returns {Tabs}
 */
export function openTabs(name, here) {
  if (name === undefined || typeof BroadcastChannel !== "function") {
    return { publish() {}, ask() {}, close() {} };
  }
  const channel = new BroadcastChannel(name);
  // In Node, an open channel would keep the process running.
  /** @type {any} */ (channel).unref?.();
  const post = (/** @type {object} */ message) => channel.postMessage({ version: VERSION, ...message });
  channel.onmessage = ({ data }) => {
    const message = understood(data);
    if (message === undefined) return;
    if (message.state !== undefined) return here.told(message.keys, message.state);
    const state = here.known(message.keys);
    if (state !== undefined) post({ keys: message.keys, state });
  };
  let isOpen = true;
  return {
    publish: (keys, state) => void (isOpen && post({ keys, state })),
    ask: (keys) => void (isOpen && post({ keys })),
    close() {
      isOpen = false;
      channel.close();
    },
  };
}

/**
 * Anything of the same origin may post to the channel: the shape is checked here, the state by the engine.
 *
 * @param {any} data
 * @returns {{ keys: string[], state?: WindowState } | undefined}
 */
function understood(data) {
  if (typeof data !== "object" || data === null || data.version !== VERSION) return undefined;
  const { keys, state } = data;
  if (!Array.isArray(keys) || !keys.every((key) => typeof key === "string")) return undefined;
  return { keys, state };
}
