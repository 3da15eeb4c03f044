// @ts-check
/**
 * One stream for all tabs of a browser: the tab that holds a Web Lock reads it, and tells the others by a BroadcastChannel which windows
 * changed; the lock passes on by itself when that tab ends. Only keys and positions are told: what stands in a window each tab
 * asks the service for, so that nobody who can merely speak on the channel opens one.
 */

/** Of another version of this package: not understood. */
const VERSION = 1;

/**
 * @typedef {object} Hint
 * @property {string[]} [keys] of a window that changed; absent: anything may have
 * @property {string} [position]
 * @property {boolean} [isLive] whether the stream is being read
 */

/** @param {any} data @returns {Hint | undefined} */
const understood = (data) => {
  if (typeof data !== "object" || data === null || data.version !== VERSION) return undefined;
  const { keys, position, isLive } = data;
  if (keys !== undefined && !(Array.isArray(keys) && keys.length <= 64 && keys.every((key) => typeof key === "string"))) return undefined;
  if (position !== undefined && (typeof position !== "string" || position.length > 4_096)) return undefined;
  if (isLive !== undefined && typeof isLive !== "boolean") return undefined;
  return { ...(keys && { keys }), ...(position !== undefined && { position }), ...(isLive !== undefined && { isLive }) };
};

/**
 * @param {string} name of lock and channel
 * @param {{ hear: (hint: Hint) => void, lead: (ended: AbortSignal) => Promise<void> }} here `lead`: reads the stream until it is told to end
 */
export const shareStream = (name, { hear, lead }) => {
  const end = new AbortController();
  const channel = typeof BroadcastChannel === "function" ? new BroadcastChannel(name) : undefined;
  /** @type {any} */ (channel)?.unref?.();
  if (channel) channel.onmessage = ({ data }) => {
    const hint = understood(data);
    if (hint) hear(hint);
  };
  const { locks } = globalThis.navigator ?? {};
  // Where there are no locks each tab reads for itself.
  if (locks && channel) locks.request(name, { signal: end.signal }, () => lead(end.signal)).catch(() => {});
  else void lead(end.signal);
  return {
    /** @param {Hint} hint */
    tell: (hint) => void (end.signal.aborted || channel?.postMessage({ version: VERSION, ...hint })),
    close() {
      end.abort();
      channel?.close();
    },
  };
};
