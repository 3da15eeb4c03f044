// @ts-check
/** Keeps what agents have typed: in the host's store, and in step with the other tabs of the same agent. */
/** @import { Draft, DraftStore, StoredDraft } from "./drafts.js" */
import { isDraft } from "./drafts.js";
import { report } from "./error-info.js";
import { deepFrozen } from "./frozen.js";

/** Of another version of this package: not understood, not answered. */
const VERSION = 1;

/**
 * @typedef {object} KeeperParts
 * @property {DraftStore} store
 * @property {string | undefined} tabs name of the channel between the tabs of one agent; without it each tab keeps its own
 * @property {() => number} now ms since 1970, as far as that is known
 * @property {(id: string, draft: StoredDraft, isNews: boolean) => void} adopt a draft came: of the store, later than it was asked for, or news of another tab
 */

export class DraftKeeper {
  #parts;
  /** The latest of each conversation; one that was sent or discarded is empty. @type {Map<string, StoredDraft>} */
  #latest = new Map();
  /** @type {BroadcastChannel | undefined} */
  #channel;

  /** @param {KeeperParts} parts */
  constructor(parts) {
    this.#parts = parts;
    if (parts.tabs === undefined || typeof BroadcastChannel !== "function") return;
    this.#channel = new BroadcastChannel(`${parts.tabs} drafts`);
    /** @type {any} */ (this.#channel).unref?.();
    this.#channel.onmessage = ({ data }) => this.#told(data);
  }

  /** @param {string} id @returns {StoredDraft | undefined} what is there at once; the rest is told later */
  open(id) {
    this.#post({ id });
    const known = this.#latest.get(id);
    if (known) return known;
    try {
      const found = this.#parts.store.read(id);
      if (!(found instanceof Promise)) return this.#take(id, found);
      found.then((draft) => {
        if (this.#take(id, draft) && draft) this.#parts.adopt(id, draft, false);
      }).catch(report);
    } catch (error) {
      report(error);
    }
    return undefined;
  }

  /** @param {string} id @param {StoredDraft | undefined} draft @returns {StoredDraft | undefined} nothing where a later one is known */
  #take(id, draft) {
    if (!draft || draft.version <= (this.#latest.get(id)?.version ?? 0)) return undefined;
    this.#latest.set(id, draft);
    return draft;
  }

  /** A store that fails loses nothing that is on screen: that is kept here as well. @param {string} id @param {Draft} draft */
  keep(id, draft) {
    const { version = 0, turn = 0, text, queued } = this.#latest.get(id) ?? {};
    // The agent's writing goes ahead of what a tab that has not heard of it tells of sends.
    const isWritten = text !== draft.text || queued !== draft.queued;
    const stored = Object.freeze({ ...draft, ...(isWritten ? { version: version + 1 } : { version, turn: turn + 1 }), savedAtMs: this.#parts.now() });
    this.#latest.set(id, stored);
    this.#write(id, stored);
    this.#post({ id, draft: stored });
  }

  /** @param {string} id @param {StoredDraft} draft */
  #write(id, draft) {
    try {
      const done = this.#parts.store.write(id, draft.text === "" && !draft.sends?.length && !draft.gone?.length ? undefined : draft);
      if (done instanceof Promise) done.catch(report);
    } catch (error) {
      report(error);
    }
  }

  /** Whether closing the page would lose something. */
  get wouldLose() {
    return !this.#parts.store.lasts && [...this.#latest.values()].some(({ text, sends }) => text.trim() !== "" || sends?.length);
  }

  /** @param {object} message */
  #post(message) {
    this.#channel?.postMessage({ version: VERSION, ...message });
  }

  /** Anything of the same origin may post to the channel. @param {any} data */
  #told(data) {
    if (data?.version !== VERSION || typeof data.id !== "string") return;
    const { id, draft } = data;
    const known = this.#latest.get(id);
    if (draft === undefined) return void (known && this.#post({ id, draft: known }));
    if (!isDraft(draft)) return;
    // Of two that wrote at once the later text wins, in every tab the same.
    const { version = -1, text = "", turn = 0 } = known ?? {};
    const isSame = draft.version === version;
    if (!(draft.version > version || isSame && (draft.text > text || draft.text === text && (draft.turn ?? 0) > turn))) return;
    const stored = deepFrozen(draft);
    this.#latest.set(id, stored);
    this.#write(id, stored);
    this.#parts.adopt(id, stored, true);
  }

  close() {
    this.#channel?.close();
    this.#channel = undefined;
  }
}
