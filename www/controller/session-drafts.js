// @ts-check
/** Drafts that survive a reload: in the session storage of the tab, for one agent, for a while. A host has to ask for it. */
/** @import { DraftStore, StoredDraft } from "./drafts.js" */
import { assertString } from "../engine/check.js";

const PREFIX = "reply-window draft";
const WEEK_MS = 7 * 86_400_000;

/** What is stored may be another version's, or anybody's of the same origin. @param {string | null} text @returns {StoredDraft | undefined} */
function understood(text) {
  try {
    const draft = JSON.parse(text ?? "null");
    const isDraft = typeof draft?.text === "string" && Number.isInteger(draft.version) && Number.isFinite(draft.savedAtMs);
    const areSends = draft?.sends === undefined || Array.isArray(draft.sends) && draft.sends.every((/** @type {any} */ send) => typeof send?.sendId === "string" && typeof send.text === "string");
    const areGone = draft?.gone === undefined || Array.isArray(draft.gone) && draft.gone.every((/** @type {any} */ id) => typeof id === "string");
    return isDraft && areSends && areGone && ["undefined", "string"].includes(typeof draft.sendId) ? draft : undefined;
  } catch {
    return undefined;
  }
}

/**
 * @param {{ agent: string, maxAgeMs?: number, storage?: Storage, now?: () => number }} options `agent`: whose drafts they are, by the desktop's own
 *   id; `maxAgeMs`: after which a draft is forgotten, default a week: longer than a computer's clock is
 *   set wrong by; `now`: default the computer's clock, better the server's
 * @returns {DraftStore & { clear(): void }} `clear` at sign-out: nothing of this agent is left
 * @example
 * const drafts = sessionDrafts({ agent: user.id });
 * mount(target, { …, drafts });
 * signOut.addEventListener("click", () => drafts.clear());
 */
export function sessionDrafts({ agent, maxAgeMs = WEEK_MS, storage = sessionStorage, now = () => Date.now() }) {
  const own = `${PREFIX} ${JSON.stringify(assertString(agent, "agent"))} `;
  const keyOf = (/** @type {string} */ conversationId) => own + conversationId;
  return {
    lasts: true,
    read(conversationId) {
      const key = keyOf(conversationId);
      const draft = understood(storage.getItem(key));
      const isFresh = draft && Math.abs(now() - draft.savedAtMs) <= maxAgeMs;
      if (!isFresh) storage.removeItem(key);
      return isFresh ? draft : undefined;
    },
    write(conversationId, draft) {
      if (draft === undefined) storage.removeItem(keyOf(conversationId));
      else storage.setItem(keyOf(conversationId), JSON.stringify(draft));
    },
    clear() {
      const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index));
      for (const key of keys) if (key?.startsWith(own)) storage.removeItem(key);
    },
  };
}
