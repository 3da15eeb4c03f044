// @ts-check
/** Drafts that survive a reload: in the session storage of the tab, for one agent, for a while. A host has to ask for it. */
/** @import { DraftStore, StoredDraft } from "./drafts.js" */
import { assertString } from "../engine/check.js";
import { isDraft } from "./drafts.js";

const PREFIX = "reply-window draft";
const WEEK_MS = 7 * 86_400_000;

/** @param {string | null} text @returns {StoredDraft | undefined} */
function understood(text) {
  try {
    const draft = JSON.parse(text ?? "null");
    return isDraft(draft) ? draft : undefined;
  } catch {
    return undefined;
  }
}

/**
 * @param {{ agent: string, maxAgeMs?: number, storage?: Storage, now?: () => number }} options `agent`: whose drafts they are, by the desktop's own
 *   id; `maxAgeMs`: after which a draft is forgotten, default a week: longer than a computer's clock is
 *   set wrong by; `now`: default the computer's clock, better the server's
 * @returns {DraftStore & { clear(): void }} `clear` at sign-out: nothing of this agent is left in this
 *   tab, and what comes back into a draft after it is not written any more. Whoever signs in next gets a store of their own
 * @throws {import("../engine/errors.js").ReplyWindowError} `wrong-type`; and the storage's own `DOMException`, when it is asked, where a page may not use it
 * @example
 * const drafts = sessionDrafts({ agent: user.id });
 * mount(target, { …, drafts });
 * signOut.addEventListener("click", () => drafts.clear());
 */
export function sessionDrafts({ agent, maxAgeMs = WEEK_MS, storage = sessionStorage, now = () => Date.now() }) {
  const own = `${PREFIX} ${JSON.stringify(assertString(agent, "agent"))} `;
  let isOver = false;
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
      if (isOver) return;
      if (draft === undefined) storage.removeItem(keyOf(conversationId));
      else storage.setItem(keyOf(conversationId), JSON.stringify(draft));
    },
    clear() {
      isOver = true;
      const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index));
      for (const key of keys) if (key?.startsWith(own)) storage.removeItem(key);
    },
  };
}
