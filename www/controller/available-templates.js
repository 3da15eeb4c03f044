// @ts-check
/** Why each template may or may not be sent now, and the message that one becomes. */
/** @import { Eligibility, Template } from "../../src/wire/types.d.ts" */
/** @import { Conversation } from "./conversation.js" */
/** @import { AvailableTemplate, OutgoingTemplate } from "./types.js" */
import { ReplyWindowError } from "../engine/errors.js";
import { fillTemplate, templateEligibility } from "../engine/template.js";
import { errorInfo, retryAfterCrash } from "./error-info.js";
import { messageOf } from "./message.js";
import { tellUnread, unreadable } from "./unread-template.js";

/** A refusal may stop counting as time passes; the engine says when, so it is asked again now and then. */
const ASK_AGAIN_MS = 600_000;

/**
 * What it depends on whether a template may be sent to this customer.
 *
 * @param {Conversation} conversation
 * @param {number} nowAtMs
 */
export function contextOf({ state: { info, view }, refusals }, nowAtMs) {
  const { channel = "whatsapp", customer, optedIn } = info;
  const optedOutOfMarketing = info.optedOutOfMarketing || view?.status.marketing?.kind === "stopped";
  const windowOpen = view?.verdict.leaves === "yes";
  return { channel, windowOpen, now: nowAtMs, customer, optedOutOfMarketing, optedIn, refused: refusals };
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
  const { templates, unread: others, view, availableFor } = conversation.state;
  if (templates === undefined) return;
  const { refusals } = conversation;
  const since = refusals.length === 0 ? 0 : Math.floor(nowAtMs / ASK_AGAIN_MS);
  const wanted = JSON.stringify([view?.verdict.leaves, view?.status.marketing?.kind, since, refusals]);
  if (wanted === availableFor) return;
  const context = contextOf(conversation, nowAtMs);
  conversation.setAvailable([...templates.map((template) => new JudgedTemplate(template, context, templates)), ...others], wanted);
}

/** Judged when somebody looks: of thousands few are looked at. @implements {AvailableTemplate} */
class JudgedTemplate {
  #context;
  #list;
  /** @type {Eligibility | undefined} */
  #eligibility;

  /**
   * @param {Template} template
   * @param {ReturnType<typeof contextOf>} context
   * @param {readonly Template[]} list that it stands in
   */
  constructor(template, context, list) {
    this.template = template;
    this.#list = list;
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
      tellUnread(this.#list, this.template, error);
      return unreadable(errorInfo(error, "").message);
    }
  }
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
