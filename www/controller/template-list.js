// @ts-check
/** Loads the templates that a conversation may use, and what chooses among them. */
/** @import { Import, Template } from "../../src/wire/types.d.ts" */
/** @import { Conversation } from "./conversation.js" */
/** @import { ControllerOptions, Conversation as ConversationInfo, Timer } from "./types.js" */
import { ReplyWindowError } from "../engine/errors.js";
import { errorInfo, report, tellOnce } from "./error-info.js";
import { choosing, fetchChoosing } from "./fetch-choosing.js";

/** How long the desktop's own function may take; then the agent is told, and can ask again. */
const TEMPLATES_MS = 20_000;

/** Whose answers the developer was told of. @type {WeakSet<object>} */
const reported = new WeakSet();

/** Pages as Twilio (`contents`) and Meta (`data`) answer them, and what stands in them, were not read yet. @param {any} one */
const isUnread = (one) => Array.isArray(one?.contents) || Array.isArray(one?.data) || Array.isArray(one?.components) || typeof one?.friendly_name === "string";

/** @param {unknown} found whether a page of the provider was handed in as it came, or several, or what stands in one */
const isProviders = (found) => isUnread(found) || (Array.isArray(found) && found.some(isUnread));

/**
 * That what came is no list of templates is a fault of the page, which the agent cannot mend: the developer is told, too, once.
 *
 * @param {object} source the function that answered
 * @param {unknown} found
 */
function notTemplates(source, found) {
  const told = isProviders(found) ? "this is what the provider answered: hand in `importTemplates(page)` of `reply-window`, which reads it" : "expected an array of templates, or what importTemplates makes of a provider's pages";
  const error = new ReplyWindowError("wrong-type", told);
  if (!reported.has(source)) report(error);
  reported.add(source);
  return error;
}

/**
 * @template Answer
 * @param {Timer} timer
 * @param {number} ms
 * @param {Promise<Answer> | Answer} work
 * @returns {Promise<Answer>}
 * @throws {ReplyWindowError} rejects with `templates-timed-out`
 */
const within = (timer, ms, work) => new Promise((resolve, reject) => {
  const alarm = timer.set(() => reject(new ReplyWindowError("templates-timed-out", `they did not come within ${ms} ms`)), ms);
  Promise.resolve(work).then(resolve, reject).finally(() => timer.clear(alarm));
});

/**
 * Loads the templates of a conversation. The answer counts only if no later load was started meanwhile, and if it comes in time.
 *
 * @param {Conversation} conversation
 * @param {Pick<ControllerOptions, "templates" | "templatesTimeoutMs" | "audiences"> & { timer: Timer }} settings
 * @param {(templates: readonly Template[]) => Promise<void> | undefined} prepare
 * @param {() => void} changed called after each change
 * @returns {Promise<void>} never rejects; a failure stands with what is available
 */
export async function loadTemplates(conversation, { templates: source, templatesTimeoutMs = TEMPLATES_MS, timer, audiences }, prepare, changed) {
  const load = conversation.startLoad();
  changed();
  try {
    const asked = typeof source === "function" ? source(conversation.state.info) : source ?? [];
    // A list is there at once where there were templates before; without any nothing is fetched.
    const isHere = typeof source !== "function" && (source === undefined || choosing() !== undefined);
    const found = isHere ? asked : (await within(timer, templatesTimeoutMs, Promise.all([asked, choosing() ?? fetchChoosing()])))[0];
    if (!conversation.isLoading(load)) return;
    const { templates: all, problems = [] } = /** @type {Partial<Import>} */ (Array.isArray(found) ? { templates: found } : Object(found));
    if (!Array.isArray(all) || isProviders(found)) throw notTemplates(/** @type {object} */ (source), found);
    const templates = choosing()?.shownTo(all, audiences) ?? all;
    const ready = prepare(templates);
    if (ready) await ready.catch(() => {}); // a search will say it
    if (!conversation.isLoading(load)) return;
    conversation.settleLoad(load, templates, choosing()?.unreadOf(templates, problems) ?? [], !templates.length && all.length > 0);
  } catch (cause) {
    if (!conversation.isLoading(load)) return;
    if (typeof source === "function" && !reported.has(source)) tellOnce(source, "`templates` failed", cause);
    conversation.failLoad(load, errorInfo(cause, "templates-unavailable"));
  }
  changed();
}
