// @ts-check
import { ReplyWindowError } from "../engine/errors.js";
import { closingTimes } from "../engine/kept.js";

/**
 * @import { Channel, Policy, WindowState } from "../../src/wire/types.d.ts"
 */

/** The channel of a window: the first part of its keys (see `windowKeys`); none where the key was not made by that. @param {string} key */
export const channelOf = (key) => /** @type {Channel | undefined} */ (key.includes("/") ? key.slice(0, key.indexOf("/")) : undefined);

/** The business address of a window: the second part of its keys. @param {string} key */
export const businessOf = (key) => key.split("/", 2)[1] ?? "";

/**
 * When each window closes; `undefined` for one that is not open by its evidence. It is asked of the engine as of the window's
 * own opening, so it does not depend on when it is asked. `lines`: the same state as the store keeps it, where it has it at hand.
 *
 * @callback ClosesAt
 * @param {readonly { keys: readonly string[], state: WindowState, lines?: string }[]} windows
 * @returns {(number | undefined)[]}
 */

/** None for a channel that the engine does not know: one such window must not stop the others. @type {typeof closingTimes} */
const timesOf = (texts, question) => {
  try {
    return closingTimes(texts, question);
  } catch (error) {
    if (error instanceof ReplyWindowError && error.code === "unknown-name") return [];
    throw error;
  }
};

/** @param {Partial<Record<Channel, Policy>>} [policies] default: the engine's @returns {ClosesAt} */
export const closesAtBy = (policies = {}) => (windows) => {
  /** @type {(number | undefined)[]} */
  const answers = Array(windows.length);
  /** @type {Map<Channel, { places: number[], texts: string[] }>} */
  const channels = new Map();
  for (const [place, { keys, state, lines }] of windows.entries()) {
    const channel = channelOf(keys[0] ?? "");
    if (!channel) continue;
    const asked = channels.get(channel) ?? { places: [], texts: [] };
    channels.set(channel, asked);
    asked.places.push(place);
    asked.texts.push(lines ?? JSON.stringify(state));
  }
  for (const [channel, { places, texts }] of channels) {
    const policy = policies[channel];
    const times = timesOf(texts, { nowAtMs: 0, ...(policy ? { policy } : { channel }) });
    for (const [index, at] of times.entries()) if (!Number.isNaN(at)) answers[/** @type {number} */ (places[index])] = at;
  }
  return answers;
};
