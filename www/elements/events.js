// @ts-check
/**
 * What the element tells its host. All events bubble and cross shadow boundaries; what they carry is in `detail`.
 *
 * @import { WindowStatus, Template } from "../../src/wire/types.d.ts"
 * @import { OutgoingTemplate, Preferences, Receipt, ErrorInfo, Snapshot } from "../controller/types.js"
 */

/**
 * `composer-change`: the composer of the desktop should be shown (`open`) or replaced (`closed`).
 * `composer-focus`: the agent asked to go on typing.
 * `template-send`: a template is about to be sent. Prevented: nothing is sent and the form stays as it is. Where the
 * element was given no controller, `respondWith` takes the promise of the sending.
 *
 * @typedef {object} Details
 * @property {{ phase: WindowStatus["kind"], previous?: WindowStatus["kind"], atMs: number }} phase-change
 * @property {{ remainingMs: number }} closing-soon
 * @property {{ composer: "open" | "closed" }} composer-change
 * @property {{}} composer-focus
 * @property {{ queue: Snapshot["queue"], conversationId: string }} queue-change a text waits for the customer's answer, or for the agent's word (`ask`)
 * @property {{ reason: string, text: string }} send-blocked
 * @property {Preferences} preferences-change what the host may keep and hand in again
 * @property {{ template: Template }} template-select
 * @property {{ message: Omit<OutgoingTemplate, "sendId">, respondWith(receipt: Promise<Receipt>): void }} template-send
 * @property {{ template: Template, receipt: Receipt }} template-sent
 * @property {{ template: Template, error: ErrorInfo }} template-error
 */

/** @template {keyof Details} T */
export class ReplyWindowEvent extends Event {
  /**
   * @param {T} type
   * @param {Details[T]} detail
   */
  constructor(type, detail) {
    super(type, { bubbles: true, composed: true, cancelable: type === "template-send" });
    this.detail = detail;
  }
}
