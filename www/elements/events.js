// @ts-check
/**
 * What the element tells its host. All events bubble and cross shadow boundaries; what they carry is in `detail`.
 *
 * @import { WindowStatus, Template } from "../../src/wire/types.d.ts"
 * @import { OutgoingTemplate, Receipt, Trouble } from "../controller/port.js"
 */

/** @template D */
class ReplyWindowEvent extends Event {
  /**
   * @param {string} type
   * @param {D} detail
   * @param {boolean} [cancelable]
   */
  constructor(type, detail, cancelable = false) {
    super(type, { bubbles: true, composed: true, cancelable });
    this.detail = detail;
  }
}

/** @extends {ReplyWindowEvent<{ phase: WindowStatus["kind"], previous?: WindowStatus["kind"], atMs: number }>} */
export class PhaseChangeEvent extends ReplyWindowEvent {
  /** @param {{ phase: WindowStatus["kind"], previous?: WindowStatus["kind"], atMs: number }} detail */
  constructor(detail) { super("phase-change", detail); }
}

/** @extends {ReplyWindowEvent<{ remainingMs: number }>} */
export class ClosingSoonEvent extends ReplyWindowEvent {
  /** @param {{ remainingMs: number }} detail */
  constructor(detail) { super("closing-soon", detail); }
}

/** The composer of the desktop should be shown (`open`) or replaced (`closed`). @extends {ReplyWindowEvent<{ composer: "open" | "closed" }>} */
export class ComposerChangeEvent extends ReplyWindowEvent {
  /** @param {{ composer: "open" | "closed" }} detail */
  constructor(detail) { super("composer-change", detail); }
}

/** The agent asked to go on typing. @extends {ReplyWindowEvent<{}>} */
export class ComposerFocusEvent extends ReplyWindowEvent {
  constructor() { super("composer-focus", {}); }
}

/** @extends {ReplyWindowEvent<{ reason: string, text: string }>} */
export class SendBlockedEvent extends ReplyWindowEvent {
  /** @param {{ reason: string, text: string }} detail */
  constructor(detail) { super("send-blocked", detail); }
}

/** @extends {ReplyWindowEvent<{ template: Template }>} */
export class TemplateSelectEvent extends ReplyWindowEvent {
  /** @param {{ template: Template }} detail */
  constructor(detail) { super("template-select", detail); }
}

/**
 * A template is about to be sent. Prevented: nothing is sent and the form stays as it is. Where the element was given
 * no controller, `respondWith` takes the promise of the sending.
 *
 * @extends {ReplyWindowEvent<{ message: OutgoingTemplate, respondWith(receipt: Promise<Receipt>): void }>}
 */
export class TemplateSendEvent extends ReplyWindowEvent {
  /** @param {{ message: OutgoingTemplate, respondWith(receipt: Promise<Receipt>): void }} detail */
  constructor(detail) { super("template-send", detail, true); }
}

/** @extends {ReplyWindowEvent<{ template: Template, receipt: Receipt }>} */
export class TemplateSentEvent extends ReplyWindowEvent {
  /** @param {{ template: Template, receipt: Receipt }} detail */
  constructor(detail) { super("template-sent", detail); }
}

/** @extends {ReplyWindowEvent<{ template: Template, error: Trouble }>} */
export class TemplateErrorEvent extends ReplyWindowEvent {
  /** @param {{ template: Template, error: Trouble }} detail */
  constructor(detail) { super("template-error", detail); }
}
