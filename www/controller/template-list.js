// @ts-check
/** The templates that a conversation may use: loading them, and why each may or may not be sent. */
/** @import { Eligibility, Import, ImportProblem, Template } from "../../src/wire/types.d.ts" */
/** @import { ControllerOptions, FoundTemplate, OfferedTemplate, OutgoingTemplate } from "./port.js" */
/** @import { Room } from "./conversations.js" */
import { ReplyWindowError } from "../engine/errors.js";
import { fillTemplate, templateEligibility } from "../engine/template.js";
import { messageOf } from "./message.js";
import { deepFrozen } from "./conversations.js";
import { persistently, troubleOf } from "./error-info.js";

/** A refusal may stop counting as time passes; the engine says when, so it is asked again now and then. */
const ASK_AGAIN_MS = 600_000;

/**
 * What it depends on whether a template may be sent to this customer.
 *
 * @param {Room} room
 * @param {number} nowAtMs
 */
export function contextOf({ conversation, view, refusals, common, optedOut }, nowAtMs) {
  const { channel = "whatsapp", customer, optedOutOfMarketing } = conversation;
  const windowOpen = view?.verdict.kind === "allowed";
  return { channel, windowOpen, now: nowAtMs, customer, optedOutOfMarketing: optedOut || optedOutOfMarketing, refused: [...common.refusals, ...refusals] };
}

/**
 * @param {ReturnType<typeof contextOf>} context
 * @param {Template} template
 * @returns {Eligibility}
 */
const eligibilityOf = (context, template) => persistently(() => templateEligibility(template, context));

/**
 * Brings the offer of a room up to date with its window and its refusals; leaves it alone if nothing it depends on
 * has changed.
 *
 * @param {Room} room
 * @param {number} nowAtMs
 */
export function refreshOffer(room, nowAtMs) {
  if (room.templates === undefined) return;
  const lists = [room.refusals, room.common.refusals];
  const since = lists.flat().length === 0 ? 0 : Math.floor(nowAtMs / ASK_AGAIN_MS);
  const wanted = [room.view?.verdict.kind, room.optedOut, since, ...lists.map((list) => `${list.length} ${list.at(-1)?.atMs}`)].join(" ");
  if (wanted === room.offeredFor) return;
  room.offeredFor = wanted;
  const context = contextOf(room, nowAtMs);
  const items = [...room.templates.map((template) => new Offered(template, context)), ...room.unread];
  room.offer = Object.freeze({ ...room.offer, items: Object.freeze(items) });
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

/** Judged when somebody looks: of thousands few are looked at. @implements {OfferedTemplate} */
class Offered {
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
      return unreadable(troubleOf(error, "").message);
    }
  }
}

/**
 * Loads the templates of a room. The answer counts only if no later load was started meanwhile.
 *
 * @param {Room} room
 * @param {ControllerOptions["templates"]} source
 * @param {(templates: readonly Template[]) => Promise<void> | undefined} prepare
 * @param {() => void} changed called after each change
 * @returns {Promise<void>} never rejects; a failure stands in the offer
 */
export async function loadTemplates(room, source, prepare, changed) {
  const load = {};
  room.load = load;
  room.offer = Object.freeze({ kind: "loading", items: room.offer.items });
  changed();
  try {
    const found = typeof source === "function" ? await source(room.conversation) : source ?? [];
    if (room.load !== load) return;
    const { templates, problems = [] } = /** @type {Partial<Import>} */ (Array.isArray(found) ? { templates: found } : Object(found));
    if (!Array.isArray(templates)) throw new ReplyWindowError("wrong-type", "expected an array of templates");
    const ready = prepare(templates);
    if (ready) await ready.catch(() => {}); // a search will say it
    if (room.load !== load) return;
    // What the provider says now replaces what it said when it refused.
    if (room.templates && templates !== room.templates) room.common.refusals = [];
    room.templates = templates;
    room.unread = unreadOf(templates, problems);
    room.offeredFor = "";
    room.offer = Object.freeze({ kind: "ready", items: room.offer.items });
  } catch (cause) {
    if (room.load !== load) return;
    const error = troubleOf(cause, "templates-unavailable");
    room.offer = Object.freeze({ kind: "failed", items: room.offer.items, error });
  }
  room.load = undefined;
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
 * @param {Room} room
 * @param {Template} template
 * @param {Readonly<Record<string, string>>} values
 * @param {number} nowAtMs
 * @returns {OutgoingTemplate}
 */
export function outgoing(room, template, values, nowAtMs) {
  const { kind, reasons } = eligibilityOf(contextOf(room, nowAtMs), template);
  if (kind !== "sendable") {
    const [reason] = reasons;
    throw new ReplyWindowError("template-not-sendable", reason?.message ?? "it may not be sent", { cause: reasons });
  }
  const fill = persistently(() => fillTemplate(template, values));
  if (fill.kind !== "ready") {
    const [problem] = fill.problems;
    const field = problem?.variable === undefined ? "values" : `values.${problem.variable}`;
    throw new ReplyWindowError("template-incomplete", problem?.message ?? "incomplete", { field, cause: fill.problems });
  }
  return messageOf(room.conversation.id, template, fill);
}
