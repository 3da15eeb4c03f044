// @ts-check
/** The desktop's side of the window service: first by query, then by its stream, one for all tabs of a browser. */
import { assertBoolean, assertFunction, assertString, options } from "../engine/check.js";
import { fault } from "../engine/fault.js";
import { createCounting } from "./counting.js";
import { createTallies } from "./tallies.js";
import { Following } from "./following.js";

/**
 * @import { Known, Listener, Party } from "./windows.js"
 * @import { Connection } from "./following.js"
 */

const OPTIONS = /** @type {const} */ (["url", "token", "report", "onConnection", "onError", "fetch", "now", "monotonic", "timer"]);

/** @param {unknown} given @returns {string} */
const addressIn = (given) => {
  const url = assertString(given, "url").replace(/\/+$/, "");
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) throw fault("bad-url", "url", "expected an address such as `https://windows.example.com`");
  return url;
};

/** @param {import("./following.js").FollowingParts} parts */
const talliesOf = (parts) => {
  const tallies = createTallies({ ...parts, sampled: () => false });
  globalThis.addEventListener?.("pagehide", tallies.flush);
  return { ...tallies, end: () => (globalThis.removeEventListener?.("pagehide", tallies.flush), tallies.end()) };
};

/**
 * @param {object} given
 * @param {string} given.url of the service, as its `PUBLIC_URL`
 * @param {string | (() => string | Promise<string>)} given.token that may `read`; a function where it changes
 * @param {boolean} [given.report] whether `mount` tells the service's report what was stopped, rescued and answered: counts, without text, agent or customer. Default
 *   `false`; the token has to be permitted to `tally`, and the service has to keep a report
 * @param {(connection: Connection) => void} [given.onConnection] `live`: the stream is read. `polling`: it is not, and the service is asked now and then.
 *   `offline`: it does not answer
 * @param {(error: unknown) => void} [given.onError] default: the console
 * @param {typeof globalThis.fetch} [given.fetch]
 * @param {() => number} [given.now] the computer's clock
 * @param {() => number} [given.monotonic] ms that pass whatever the clock is set to
 * @param {import("../controller/types.js").Timer} [given.timer]
 * @returns what `mount` takes as `service`, and what a list watches
 * @throws {import("../engine/errors.js").ReplyWindowError} `bad-url`, `key-empty`, `wrong-type`, `unknown-field`
 * @example
 * const service = windowService({ url: "https://windows.example.com", token });
 * const handle = mount(target, { service, conversation, templates, onSend });
 * const stop = service.watch(conversations, ({ conversation, status }) => badge(conversation, status));
 */
export const windowService = (given) => {
  const { url, token, ...rest } = options(given, OPTIONS);
  if (typeof token !== "function" && assertString(token, "token") === "") throw fault("key-empty", "token", "an empty text is none");
  for (const name of /** @type {const} */ (["onConnection", "onError", "fetch", "now", "monotonic"])) if (rest[name] !== undefined) assertFunction(rest[name], name);
  if (rest.report !== undefined) assertBoolean(rest.report, "report");
  const parts = {
    url: addressIn(url), token, onConnection: rest.onConnection ?? (() => {}), report: rest.onError ?? ((/** @type {unknown} */ error) => console.error(error)),
    fetch: rest.fetch ?? ((/** @type {any} */ input, /** @type {any} */ init) => fetch(input, init)), now: rest.now ?? (() => Date.now()), monotonic: rest.monotonic ?? (() => performance.now()),
    timer: rest.timer ?? { set: (/** @type {() => void} */ callback, /** @type {number} */ ms) => setTimeout(callback, ms), clear: (/** @type {any} */ id) => clearTimeout(id) },
  };
  const following = new Following(parts);
  const tallies = rest.report ? talliesOf(parts) : undefined;
  return Object.freeze({
    /**
     * Tells how a window stands, first as soon as it is known, then at each change, also those that only time makes.
     *
     * @param {Party} conversation @param {Listener} listener @returns {() => void} ends it
     */
    follow: (conversation, listener) => following.follow([conversation], listener),
    /** The same of many, for a list: each comes back as it was handed in. @template {Party} Given @param {readonly Given[]} conversations @param {Listener<Given>} listener @returns {() => void} */
    watch: (conversations, listener) => following.follow(conversations, /** @type {Listener<any>} */ (listener)),
    /**
     * The time at the service, asked now, as late as it may be: whoever closes by it closes early by what is not known of it.
     *
     * @returns {Promise<number>}
     */
    askServer: following.askServer,
    /** The time at the service as far as it is known. */
    time: following.time,
    /** The page came back to the front: what is known is asked for anew. */
    resume: following.resume,
    /** What `mount` counts by; nothing where no report is wanted. */
    counting: () => tallies && createCounting(tallies.add),
    close() {
      following.close();
      tallies?.end();
    },
  });
};

/** @typedef {ReturnType<typeof windowService>} WindowService */
