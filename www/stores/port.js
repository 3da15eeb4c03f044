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
 * @property {(keys: string[], state: WindowState, item?: OutboxItem) => Promise<WindowState>} merge
 *   Adds `state` to the window of these keys and links the keys: from now on they name one window. Answers the whole state.
 *   Without a key it rejects with `missing-field`.
 *   `item`, where the store has an `outbox`: added to it under these keys in the same commit; neither is there without the other.
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

/**
 * What is asked besides where several processes and desktops share the windows.
 *
 * A position (`cursor`, `next`) is a text that only the store that gave it can read; it outlives the process where the
 * windows do.
 *
 * @typedef {object} SharedWindows
 * @property {(windows: readonly string[][]) => Promise<(WindowState | undefined)[]>} readMany `read` of each, in their order
 * @property {(range: ClosingRange) => Promise<ClosingPage>} closing
 *   Windows that are open by their evidence and close within the span, the first to close first. That of windows which closed
 *   more than a day ago may be gone.
 * @property {(after?: string, limit?: number) => Promise<ChangesPage>} changes
 *   The keys of windows that changed after a position (default: from now on, nothing yet), the oldest first, at most `limit`
 *   (1,000). It does not wait.
 * @property {(keys: string[]) => Promise<boolean>} erase
 *   Forgets the windows of these keys with all keys that were linked to them, their sends, changes and what is to be handed on of them;
 *   whether there was a window.
 * @property {(name: string) => Promise<string | undefined>} note a small word that outlives the process, see `setNote`
 * @property {(name: string, value: string) => Promise<void>} setNote
 * @property {(report: TallyReport) => Promise<boolean>} tally
 *   Adds counts in one atomic step, once for each id: whether it was new. An id is remembered for `TALLY_IDS_MS`, of the latest `MAX_TALLY_IDS` at least;
 *   a day has at most `MAX_TALLIES` names, and what would be a further one is not counted. Days that are over for longer than they are kept leave by themselves.
 * @property {(days: { fromDay: string, untilDay: string }) => Promise<Tally[]>} tallies both ends included, by day and name
 * @property {() => Promise<void>} ping fails where the store does not answer
 * @property {() => Promise<void>} close ends what was begun; nothing may be asked afterwards
 */

/** @typedef {{ fromMs: number, untilMs: number, after?: string, limit?: number }} ClosingRange both ends included; `limit`: 100 */
/** @typedef {{ keys: string[], state: WindowState, closesAtMs: number }} ClosingWindow */
/** @typedef {{ windows: ClosingWindow[], next?: string }} ClosingPage `next`: hand it in as `after`; absent on the last page */

/**
 * `missed`: some changes after that position are no longer known, so whoever follows has to read anew.
 * @typedef {{ changes: { cursor: string, keys: string[] }[], cursor: string, missed: boolean }} ChangesPage
 */

/**
 * A webhook that is to be handed on to somebody else. The store cannot read it: its body is sealed.
 * @typedef {object} OutboxItem
 * @property {string} id the first word for an id stays, for `OUTBOX_MS`: also after the item was delivered
 * @property {string} body
 * @property {number} atMs when it came
 * @property {string[]} [keys] window keys, where it is not added by `merge`: of items that share a key, the earlier goes first
 */

/**
 * An item whose turn it is. `tries`: this one counted. `sinceMs`: since when it is tried; when it came, or when it was replayed.
 * @typedef {{ id: string, keys: string[], body: string, atMs: number, sinceMs: number, tries: number }} OutboxClaim
 */

/**
 * What became of a try. `delivered`: its body and keys are forgotten at once, its id after `OUTBOX_MS`. `retry`: not before `atMs`; where
 * it does not hold (`holds`), items behind it need not wait any longer. `dead`: it waits for `replay`, and nobody waits for it.
 * @typedef {{ kind: "delivered" } | { kind: "retry", atMs: number, holds: boolean, reason: string } | { kind: "dead", atMs: number, reason: string }} OutboxOutcome
 */

/** @typedef {{ id: string, keys: string[], atMs: number, diedAtMs: number, tries: number, reason: string }} DeadLetter */

/**
 * What waits to be handed on. Everything in it goes after `OUTBOX_MS`, whatever became of it.
 *
 * @typedef {object} Outbox
 * @property {(item: OutboxItem) => Promise<boolean>} add where there is no window to merge; whether it is new. The same id comes with the same first key
 * @property {(asked: { nowMs: number, untilMs: number, limit: number, id?: string }) => Promise<OutboxClaim[]>} claim
 *   Items whose turn it is, those due longest first; nobody is given them again before `untilMs`. `id`: that one alone.
 * @property {(claim: Pick<OutboxClaim, "id" | "keys">, outcome: OutboxOutcome) => Promise<void>} settle
 *   Nothing where the item is not waiting any more.
 * @property {(page?: { after?: string, limit?: number }) => Promise<{ letters: DeadLetter[], next?: string }>} dead the first to die first
 * @property {(ids: readonly string[], nowMs: number) => Promise<number>} replay
 *   Dead items wait again, behind those that wait; how many did.
 * @property {() => Promise<{ waiting: number, dead: number, oldestAtMs?: number }>} stats `oldestAtMs`: since when the oldest is tried
 */

/**
 * Counts of what happened, without anybody in them. `day`: of UTC, `2026-11-30`. `name`: what is counted.
 * @typedef {{ day: string, name: string, count: number }} Tally
 */

/** @typedef {{ id: string, atMs: number, counts: readonly Tally[] }} TallyReport `atMs`: now */

export const [TALLY_IDS_MS, MAX_TALLY_IDS, MAX_TALLIES] = [2 * 24 * 60 * 60 * 1000, 50_000, 500];

/** How long the counts of a day are kept, where nothing else is asked for. */
export const KEEP_TALLIES_MS = 400 * 24 * 60 * 60 * 1000;

/** @param {number} atMs @returns {string} the day of UTC */
export const dayOf = (atMs) => new Date(atMs).toISOString().slice(0, 10);

/** Four hours of trying, and a day for whoever looks after what could not be delivered. */
export const OUTBOX_MS = 28 * 60 * 60 * 1000;

/** @typedef {WindowStore & SharedWindows & { outbox: Outbox }} SharedStore */
