// @ts-check
/**
 * What the element needs of a controller, and nothing more.
 *
 * @import { Channel, Eligibility, Fill, Identity, Template, Verdict, WindowStatus } from "../../src/wire/types.d.ts"
 */

/** @typedef {{ id: string, channel?: Channel, business: string, customer: Identity, name?: string, locale?: string, suggestions?: Record<string, string>, optedOutOfMarketing?: boolean }} Conversation */
/** @typedef {{ template: Template, eligibility: Eligibility }} TemplateItem */
/** @typedef {{ kind: "template", conversationId: string, contentSid: string, contentVariables: string, text: string, language: string }} OutgoingTemplate */
/** @typedef {{ id: string, atMs?: number }} Receipt */
/** @typedef {{ code: string, message: string, providerCode?: number }} SendError */
/**
 * @typedef {object} Snapshot
 * @property {Conversation} conversation
 * @property {WindowStatus} status
 * @property {Verdict} verdict for free text
 * @property {number} nowAtMs
 * @property {number} [remainingMs]
 * @property {string} draft
 * @property {{ kind: "loading" | "ready" | "failed", items: readonly TemplateItem[], error?: { code: string, message: string } }} templates
 * @property {boolean} sending
 * @property {SendError} [error]
 */
/**
 * @typedef {object} Controller
 * @property {Snapshot} snapshot
 * @property {(listener: (snapshot: Snapshot, previous: Snapshot) => void) => () => void} subscribe
 * @property {(template: Template, values: Record<string, string>) => Fill} fill
 * @property {(template: Template, values: Record<string, string>) => Promise<Receipt>} sendTemplate
 * @property {() => unknown} reloadTemplates
 * @property {() => void} [destroy]
 */
/** @typedef {{ seesInbound?: boolean, blocksSend?: boolean, replacesComposer?: boolean, keepsDraft?: boolean }} Capabilities */

export {};
