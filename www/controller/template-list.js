// @ts-check
/** The templates that a conversation may use: loading them, and why each may or may not be sent. */
/** @import { Eligibility, Import, ImportProblem, Template } from "../../src/wire/types.d.ts" */
/** @import { Conversation } from "./conversation.js" */
/** @import { AvailableTemplate, ControllerOptions, FoundTemplate, OutgoingTemplate, Timer } from "./types.js" */
import { ReplyWindowError } from "../engine/errors.js";
import { fillTemplate, templateEligibility } from "../engine/template.js";
import { messageOf } from "./message.js";
import { errorInfo, retryAfterCrash } from "./error-info.js";
import { deepFrozen } from "./frozen.js";

/** A refusal may stop counting as time passes; the engine says when, so it is asked again now and then. */
const ASK_AGAIN_MS = 600_000;

/**
 * What it depends on whether a template may be sent to this customer.
 *
 * @param {Conversation} conversation
 * @param {number} nowAtMs
 */
export function contextOf({ state: { info, view, optedOut }, refusals }, nowAtMs) {
  const { channel = "whatsapp", customer, optedOutOfMarketing } = info;
  const windowOpen = view?.verdict.leaves === "yes";
  return { channel, windowOpen, now: nowAtMs, customer, optedOutOfMarketing: optedOut || optedOutOfMarketing, refused: refusals };
}

/**
 * @param {ReturnType<typeof contextOf>} context
 * @param {Template} template
 * @returns {Eligibility}
 */
const eligibilityOf = (context, template) => retryAfterCrash(() => templateEligibility(template, context));

/**
 * Brings the available templates of a conversation up to date with its window and its refusals; leaves them alone if
 * nothing they depend on has changed.
 *
 * @param {Conversation} conversation
 * @param {number} nowAtMs
 */
export function refreshAvailable(conversation, nowAtMs) {
  const { templates, unread: others, view, optedOut, availableFor } = conversation.state;
  if (templates === undefined) return;
  const { refusals } = conversation;
  const since = refusals.length === 0 ? 0 : Math.floor(nowAtMs / ASK_AGAIN_MS);
  const wanted = JSON.stringify([view?.verdict.leaves, optedOut, since, refusals]);
  if (wanted === availableFor) return;
  const context = contextOf(conversation, nowAtMs);
  conversation.setAvailable([...templates.map((template) => new JudgedTemplate(template, context)), ...others], wanted);
}

/**
 * In place of a template that could not be read: what is known of it, last in every list, with the reason.
 *
 * @param {unknown} template
 * @param {string} message
 * @returns {FoundTemplate}
 */
export function unread(template, message) {
  const known = /** @type {Record<string, unknown>} */ (Object(template));
  const [id, name, language] = [known.id, known.name, known.language].map((value) => (typeof value === "string" ? value : ""));
  /** @type {Template} */
  const shown = { id, source: "twilio", name: name || id || "?", language: language || "und", category: "unknown", status: "unknown", type: "", types: [], buttons: [], cards: [], variables: [] };
  return deepFrozen({ id, template: shown, language: "other", found: [], favourite: false, eligibility: unreadable(message) });
}

/** @param {string} message @returns {Eligibility} */
const unreadable = (message) => ({ kind: "not-sendable", reasons: [{ code: "template-unreadable", message, action: "admin" }], notes: [] });

/** Judged when somebody looks: of thousands few are looked at. @implements {AvailableTemplate} */
class JudgedTemplate {
  #context;
  /** @type {Eligibility | undefined} */
  #eligibility;

  /**
   * @param {Template} template
   * @param {ReturnType<typeof contextOf>} context
   */
  constructor(template, context) {
    this.template = template;
    this.#context = context;
    Object.freeze(this);
  }

  /** One template that cannot be judged does not hide the others: it has a reason. @returns {Eligibility} */
  get eligibility() {
    return (this.#eligibility ??= this.#judged());
  }

  /** @returns {Eligibility} */
  #judged() {
    try {
      return eligibilityOf(this.#context, this.template);
    } catch (error) {
      return unreadable(errorInfo(error, "").message);
    }
  }
}

/** How long the desktop's own function may take; then the agent is told, and can ask again. */
const TEMPLATES_MS = 20_000;

/**
 * @template Answer
 * @param {Timer} timer
 * @param {number} ms
 * @param {Promise<Answer> | Answer} work
 * @returns {Promise<Answer>}
 * @throws {ReplyWindowError} rejects with `templates-timed-out`
 */
const within = (timer, ms, work) => new Promise((resolve, reject) => {
  const alarm = timer.set(() => reject(new ReplyWindowError("templates-timed-out", `templates() did not answer within ${ms} ms`)), ms);
  Promise.resolve(work).then(resolve, reject).finally(() => timer.clear(alarm));
});

/**
 * Loads the templates of a conversation. The answer counts only if no later load was started meanwhile, and if it comes in time.
 *
 * @param {Conversation} conversation
 * @param {Pick<ControllerOptions, "templates" | "templatesTimeoutMs"> & { timer: Timer }} settings
 * @param {(templates: readonly Template[]) => Promise<void> | undefined} prepare
 * @param {() => void} changed called after each change
 * @returns {Promise<void>} never rejects; a failure stands with what is available
 */
export async function loadTemplates(conversation, { templates: source, templatesTimeoutMs = TEMPLATES_MS, timer }, prepare, changed) {
  const load = conversation.startLoad();
  changed();
  try {
    const found = typeof source === "function" ? await within(timer, templatesTimeoutMs, source(conversation.state.info)) : source ?? [];
    if (!conversation.isLoading(load)) return;
    const { templates, problems = [] } = /** @type {Partial<Import>} */ (Array.isArray(found) ? { templates: found } : Object(found));
    if (!Array.isArray(templates)) throw new ReplyWindowError("wrong-type", "expected an array of templates");
    const ready = prepare(templates);
    if (ready) await ready.catch(() => {}); // a search will say it
    if (!conversation.isLoading(load)) return;
    conversation.settleLoad(load, templates, unreadOf(templates, problems));
  } catch (cause) {
    if (!conversation.isLoading(load)) return;
    conversation.failLoad(load, errorInfo(cause, "templates-unavailable"));
  }
  changed();
}

/**
 * Of what the provider's pages held, what became no template; once each. What has no id is called by its place.
 *
 * @param {readonly Template[]} templates
 * @param {readonly ImportProblem[]} problems
 */
function unreadOf(templates, problems) {
  const known = new Set(templates.map((template) => template?.id));
  const fresh = problems.filter(({ id }) => id === undefined || (!known.has(id) && known.add(id)));
  return fresh.map(({ id, path, message }) => unread({ id: id ?? path }, `${path}: ${message}`));
}

/**
 * The message to send, if at this instant the template may be sent and every placeholder is filled.
 *
 * @param {Conversation} conversation
 * @param {Template} template
 * @param {Readonly<Record<string, string>>} values
 * @param {number} nowAtMs
 * @returns {Omit<OutgoingTemplate, "sendId">}
 */
export function outgoing(conversation, template, values, nowAtMs) {
  const { kind, reasons } = eligibilityOf(contextOf(conversation, nowAtMs), template);
  if (kind !== "sendable") {
    const [reason] = reasons;
    throw new ReplyWindowError("template-not-sendable", reason?.message ?? "it may not be sent", { cause: reasons });
  }
  const fill = retryAfterCrash(() => fillTemplate(template, values));
  if (fill.kind !== "ready") {
    const [problem] = fill.problems;
    const field = problem?.variable === undefined ? "values" : `values.${problem.variable}`;
    throw new ReplyWindowError("template-incomplete", problem?.message ?? "incomplete", { field, cause: fill.problems });
  }
  return messageOf(conversation.id, template, fill);
}
