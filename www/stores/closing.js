// @ts-check
import { ReplyWindowError } from "../engine/errors.js";
import { windowStatuses } from "../engine/on-server.js";

/**
 * @import { Channel, Policy, WindowState } from "../../src/wire/types.d.ts"
 */

/** The channel of a window: the first part of its keys (see `windowKeys`); none where the key was not made by that. @param {string} key */
export const channelOf = (key) => /** @type {Channel | undefined} */ (key.includes("/") ? key.slice(0, key.indexOf("/")) : undefined);

/** The business address of a window: the second part of its keys. @param {string} key */
export const businessOf = (key) => key.split("/", 2)[1] ?? "";

/**
 * When each window closes; `undefined` for one that is not open by its evidence. It is asked of the engine as of the window's
 * own opening, so it does not depend on when it is asked.
 *
 * @callback ClosesAt
 * @param {readonly { keys: readonly string[], state: WindowState }[]} windows
 * @returns {(number | undefined)[]}
 */

/** None for a channel that the engine does not know: one such window must not stop the others. @type {typeof windowStatuses} */
const statusesOf = (states, asked) => {
  try {
    return windowStatuses(states, asked);
  } catch (error) {
    if (error instanceof ReplyWindowError && error.code === "unknown-name") return [];
    throw error;
  }
};

/** @param {Partial<Record<Channel, Policy>>} [policies] default: the engine's @returns {ClosesAt} */
export const closesAtBy = (policies = {}) => (windows) => {
  /** @type {(number | undefined)[]} */
  const answers = Array(windows.length);
  /** @type {Map<Channel, number[]>} */
  const channels = new Map();
  for (const [place, { keys }] of windows.entries()) {
    const channel = channelOf(keys[0] ?? "");
    if (channel) channels.set(channel, [...(channels.get(channel) ?? []), place]);
  }
  for (const [channel, places] of channels) {
    const policy = policies[channel];
    const asked = { now: 0, ...(policy ? { policy } : { channel }) };
    for (const [index, { isOpen, closesAtMs }] of statusesOf(places.map((place) => /** @type {WindowState} */ (windows[place]?.state)), asked).entries()) {
      if (isOpen) answers[/** @type {number} */ (places[index])] = closesAtMs;
    }
  }
  return answers;
};
