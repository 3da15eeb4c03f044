// @ts-check
/**
 * reply-window: the rules, without a user interface. Everything is synchronous; importing it does nothing.
 */
/** @typedef {import("./engine/check.js").Time} Time */

export { parseAddress } from "./engine/address.js";
export { checkChannel, checkNumber } from "./engine/channel.js";
export { rulesAsOf } from "./engine/rules.js";
export { ReplyWindowError } from "./engine/errors.js";
export { ready } from "./engine/modules/page.js";
export {
  asYouType, checkNumberText, formatNumber, identifyCustomer, lookupCandidates, parseNumber, sameCustomer,
} from "./engine/phone-number.js";
export {
  compactState, foldEvents, judge, latestSafeSendAt, mergeStates, policyFor, willBeOpenAt, windowKeys, windowStatus, windowStatuses,
} from "./engine/session.js";
export { deriveKey } from "./engine/derive.js";
export { diagnoseWebhook } from "./engine/diagnose.js";
export { explainError } from "./engine/explain-error.js";
export { parseInbound } from "./engine/inbound.js";
export { checkSessionMessage, joinMessages } from "./engine/message.js";
export { explainProviderError, providerVerdict } from "./engine/provider-error.js";
export { handshake } from "./engine/meta-signature.js";
export {
  applyTemplateEvents, fillTemplate, importTemplates, mergeApproval, suitableForDraft, templateEligibility, templatePrompts, templatesFor,
} from "./engine/template.js";
export { templateIndex } from "./engine/template-index.js";
export { windowBook } from "./engine/window-book.js";
export { isValidNumber } from "./engine/valid-number.js";
export { verifySignature } from "./engine/signature.js";
export { verifyRequest, verifyWebhook } from "./engine/webhook.js";
