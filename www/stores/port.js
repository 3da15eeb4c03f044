// @ts-check
/**
 * The store port: where windows live between two requests.
 *
 * A store knows nothing of the rules. It keeps one state per window under any number of keys, and joins states by the
 * `mergeStates` of the engine, which is a union: order and repetition do not matter, so a distributed store needs
 * no lock, only an atomic read-merge-write per window (or a set of records to which records are added).
 *
 * Keys that came in one call name the same customer for certain (a webhook that holds both phone and user id), so their
 * windows become one. A link is never undone: linking in any order ends in the same windows.
 *
 * @import { EventKind, WindowState } from "../../src/wire/types.d.ts"
 */

/**
 * When a message of ours was handed over to the provider, and to whose window it belongs.
 * @typedef {object} SendRecord
 * @property {string} id the provider's id of the message
 * @property {string[]} keys window keys
 * @property {EventKind} kind `session-message` or `template-message`
 * @property {number} atMs
 */

/**
 * A signed request, to be remembered. Neither hash gives away what was signed.
 * @typedef {object} SignedOnce
 * @property {string} fingerprint a hash of the signature
 * @property {string} digest a hash of address and parameters
 * @property {string[]} ids of the customers' messages that it tells
 * @property {number} atMs now
 */

/**
 * What was known of it. `new`: nothing. `repeat`: the same request. `re-cut`: this signature with another digest; nothing of it
 * is remembered.
 * @typedef {object} Acceptance
 * @property {"new" | "repeat" | "re-cut"} kind
 * @property {number} atMs when this signature was first accepted
 * @property {Record<string, number>} ids when each of the ids was first accepted
 * @property {boolean} [full] something was forgotten before its time to make room
 */

/**
 * @typedef {object} WindowStore
 * @property {(keys: string[]) => Promise<WindowState | undefined>} read
 *   The state known under these keys, merged; `undefined` where none of them is known.
 * @property {(keys: string[], state: WindowState) => Promise<WindowState>} merge
 *   Adds `state` to the window of these keys and links the keys: from now on they name one window. Answers the whole state.
 * @property {() => AsyncIterable<{ keys: string[], state: WindowState }>} windows
 *   Every window once.
 * @property {(record: SendRecord) => Promise<void>} recordSend
 *   Remembers a send for at least as long as the provider may still report on the message. The first word for an id stays.
 * @property {(id: string) => Promise<SendRecord | undefined>} sendRecord
 * @property {(signed: SignedOnce) => Promise<Acceptance>} accept
 *   In one atomic step: what is known of this signature and these ids, and that they are remembered where nothing was. For
 *   longer than a window is long, and longer than windows are kept: 30 days unless told otherwise. The first word for a
 *   signature and for an id stays.
 */

export {};
