// @ts-check
/** @import { AppliedEvents, Channel, SuitableTemplate, Eligibility, Fill, Identity, Import, MergedApproval, Provider, ReadAnswer, Template, TemplatePrompt } from "../../src/wire/types.d.ts" */
/** @import { Time } from "./check.js" */
import { assertBoolean, assertString, options, toMs } from "./check.js";
import { fault, isArray } from "./fault.js";
import { plainList, plainObject } from "./plain.js";
import { templates as templatePages } from "./modules/templates.js";
import { chooser } from "./modules/chooser.js";

/**
 * Reads one page of a provider's template list. What cannot be read becomes a problem, never an exception.
 *
 * @param {unknown} page the parsed JSON of the answer, such as that of `GET /v1/ContentAndApprovals`
 * @param {{ provider?: Provider }} [given] default `twilio`
 * @returns {Import} `nextPageUrl` where there is another page
 * @throws {import("./errors.js").ReplyWindowError} a `ReadingErrorCode`; what is wrong with a template of the page stands in `problems`
 * @example
 * const { templates, problems } = importTemplates(await response.json());
 */
export function importTemplates(page, given = {}) {
  const { provider = "twilio" } = options(given, ["provider"]);
  return templatePages.call("importTemplates", { page: plainObject(page, "page"), provider: assertString(provider, "provider") });
}

/**
 * What the question depends on besides the template.
 *
 * @typedef {object} EligibilityQuestion
 * @property {boolean} windowOpen whether free text may go out now
 * @property {Channel} [channel] default `whatsapp`
 * @property {Time} [now] default `Date.now()`
 * @property {Identity} [customer]
 * @property {boolean} [optedOutOfMarketing] default `false`
 * @property {boolean} [optedIn] whether the customer agreed to be written to by the business at all, where somebody knows
 * @property {readonly { id: string, code: number, atMs: number }[]} [refused] sends to this customer that the provider refused lately
 */

const CONTEXT = /** @type {const} */ (["windowOpen", "channel", "now", "customer", "optedOutOfMarketing", "optedIn", "refused"]);

/**
 * Whether a template may be sent to this customer now; if not, every reason.
 *
 * @param {Template} template
 * @param {EligibilityQuestion} context
 * @returns {Eligibility}
 * @throws {import("./errors.js").ReplyWindowError} a `ReadingErrorCode` with the path; a `TimeErrorCode` for `now`
 * @example
 * const { kind, reasons } = templateEligibility(template, { windowOpen: false });
 */
export function templateEligibility(template, context) {
  return chooser.call("templateEligibility", { template: plainObject(template, "template"), context: askedOf(context) });
}

/**
 * The context of a question as the engine takes it.
 *
 * @param {unknown} context
 * @returns {object}
 */
export function askedOf(context) {
  const given = options(context, CONTEXT, "context");
  const { channel = "whatsapp", now = Date.now(), windowOpen } = given;
  if (windowOpen === undefined) throw fault("missing-field", "context.windowOpen", "required");
  /** @type {Record<string, unknown>} */
  const asked = {
    channel: assertString(channel, "context.channel"),
    windowOpen: assertBoolean(windowOpen, "context.windowOpen"),
    nowAtMs: toMs(now, "context.now"),
  };
  if (given.customer !== undefined) asked.customer = plainObject(given.customer, "context.customer");
  if (given.optedOutOfMarketing !== undefined) {
    asked.optedOutOfMarketing = assertBoolean(given.optedOutOfMarketing, "context.optedOutOfMarketing");
  }
  if (given.optedIn !== undefined) asked.optedIn = assertBoolean(given.optedIn, "context.optedIn");
  if (given.refused !== undefined) asked.refused = plainList(given.refused, "context.refused");
  return asked;
}

/**
 * Fills the placeholders of a template: the send request, or everything that is still wrong with a preview of what is
 * there. Values are never changed; a problem may carry a `repair` to offer.
 *
 * @param {Template} template
 * @param {Readonly<Record<string, string>>} values by variable name
 * @returns {Fill}
 * @throws {import("./errors.js").ReplyWindowError} `wrong-type` for a value that is no string, and as {@link templateEligibility}
 * @example
 * const fill = fillTemplate(template, { 1: "Ana", 2: "Tuesday" });
 * if (fill.kind === "ready") send(fill.id, fill.contentVariables);
 */
export function fillTemplate(template, values) {
  const given = { template: plainObject(template, "template"), values: plainObject(values, "values") };
  return chooser.call("fillTemplate", given);
}

/**
 * What is asked for each variable: the words that name it, and what is known of the customer that fits there.
 *
 * @param {Template} template
 * @param {Readonly<Record<string, string>>} known values by what they are called: `{ Name: "Ana", Case: "CAS-00417" }`
 * @returns {TemplatePrompt[]} in the order of the template's variables
 * @throws {import("./errors.js").ReplyWindowError} `wrong-type` for a value that is no string, and as {@link templateEligibility}
 * @example
 * const [{ before, fits, isSure }] = templatePrompts(template, { Name: "Ana" });
 */
export function templatePrompts(template, known) {
  return chooser.call("templatePrompts", { template: plainObject(template, "template"), known: plainObject(known, "known") });
}

/**
 * The templates whose one variable could carry a text that was typed for the window, in the order handed in. Nothing is
 * ever cut: a text that is too long suits no template.
 *
 * @param {readonly Template[]} templates
 * @param {string} draft
 * @returns {SuitableTemplate[]} `repaired` where the text had to be changed to be a value: show the agent what became of it
 * @throws {import("./errors.js").ReplyWindowError} a `ReadingErrorCode` with the path
 * @example
 * const [first] = suitableForDraft(templates, "The parts arrive on Tuesday.");
 */
export function suitableForDraft(templates, draft) {
  return chooser.call("suitableForDraft", { templates: plainList(templates, "templates"), draft: assertString(draft, "draft") });
}

/**
 * The templates that somebody of a team sees: those whose `audiences` name one of theirs, and those that name none. It is a view, so that
 * nobody searches among what others send: whoever has the list has all of it, and no send is refused for it.
 *
 * @param {readonly Template[]} templates those whose `audiences` are no list of names are shown, for whoever finds out why
 * @param {readonly string[]} audiences names of the teams to which somebody belongs, compared as they stand; with none they see what is everybody's
 * @returns {Template[]} in the order handed in
 * @throws {import("./errors.js").ReplyWindowError} a `ReadingErrorCode` with the path
 * @example
 * const shown = templatesFor(templates, ["billing"]);
 */
export function templatesFor(templates, audiences) {
  const list = /** @type {unknown} */ (templates);
  // What stands in the list is looked at by whoever reads the templates.
  const all = isArray(list) ? /** @type {Template[]} */ ([...list]) : plainList(list, "templates");
  /** @type {import("../../src/wire/types.d.ts").ShownTemplates} */
  const { shown } = chooser.call("templateAudience", { meantFor: all.map(audiencesOf), audiences: plainList(audiences, "audiences") });
  return shown.map((at) => all[at]);
}

/** @param {Template} template @returns {string[]} */
function audiencesOf(template) {
  try {
    return plainList(template.audiences, "audiences").filter((name) => typeof name === "string");
  } catch {
    return [];
  }
}

/**
 * Joins an approval that was fetched by itself to its template. An approval of another template, or one that cannot be
 * read, is a problem in the answer, and the template stays as it was.
 *
 * @param {Template} template
 * @param {unknown} approval the parsed JSON of `GET /v1/Content/{sid}/ApprovalRequests`, or of a submission
 * @returns {MergedApproval}
 * @throws {import("./errors.js").ReplyWindowError} as {@link templateEligibility}
 * @example
 * const { template } = mergeApproval(template, await response.json());
 */
export function mergeApproval(template, approval) {
  return templatePages.call("mergeApproval", { template: plainObject(template, "template"), approval: plainObject(approval, "approval") });
}

/**
 * Applies what a provider told of templates since they were imported: changes of status and category.
 *
 * @param {readonly Template[]} templates
 * @param {unknown} payload a batch of Twilio's event stream, one event of it, or the body of Meta's webhook
 * @returns {AppliedEvents}
 * @throws {import("./errors.js").ReplyWindowError} as {@link templateEligibility}
 * @example
 * const { templates, changed } = applyTemplateEvents(known, await request.json());
 */
export function applyTemplateEvents(templates, payload) {
  const told = isArray(payload) ? plainList(payload, "payload") : plainObject(payload, "payload");
  return templatePages.call("applyTemplateEvents", { templates: plainList(templates, "templates"), payload: told });
}

/**
 * What a customer's words ask: to stop or to wait (a word of them), and of marketing (where they are nothing but a keyword).
 *
 * @param {string} text
 * @returns {ReadAnswer}
 * @throws {import("./errors.js").ReplyWindowError} `wrong-type`
 * @example
 * readAnswer("STOP").marketing; // "stopped"
 */
export function readAnswer(text) {
  return chooser.call("readAnswer", { text: assertString(text, "text") });
}
