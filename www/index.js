// @ts-check
/**
 * reply-window: the rules, without a user interface. Everything is synchronous; importing it does nothing.
 */
/** @typedef {import("./engine/check.js").Time} Time */

export { parseAddress } from "./engine/address.js";
export { ReplyWindowError } from "./engine/errors.js";
export { ready } from "./engine/core.js";
export {
  asYouType, checkNumberText, formatNumber, identifyCustomer, isValidNumber, lookupCandidates, parseNumber, sameCustomer,
} from "./engine/numbering.js";
export {
  compactState, foldEvents, judge, mergeStates, policyFor, windowKeys, windowStatus, windowStatuses,
} from "./engine/session.js";
export { fillTemplate, importTemplates, templateEligibility } from "./engine/template.js";
export { explainError, parseInbound, verifyRequest, verifyWebhook } from "./engine/webhook.js";
