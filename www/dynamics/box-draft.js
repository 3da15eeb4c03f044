// @ts-check
/** What stands in Dynamics' box, beside what is kept for the conversation that is shown. */

/** @import { DynamicsComposer } from "../adapters/dynamics/index.js" */
/** @import { Found } from "../adapters/dynamics/reader.js" */
/** @import { Handle } from "../mount.js" */
/** @import { Carried, CarriedDraft } from "./carried-draft.js" */

export class BoxDraft {
  #composer;
  #carried;
  #handle;
  /** What was taken over from another conversation of the customer. @type {Carried | undefined} */
  takenOver;

  /** @param {DynamicsComposer} composer @param {CarriedDraft} carried @param {() => Handle | undefined} handle */
  constructor(composer, carried, handle) {
    this.#composer = composer;
    this.#carried = carried;
    this.#handle = handle;
    composer.onCommandEnd = (text) => this.#endCommand(text);
  }

  /** What stands in the box is this conversation's; an empty box gets back what was kept. @param {Found} found @param {string} text that stands in the box */
  settle(found, text) {
    const handle = /** @type {Handle} */ (this.#handle());
    this.takenOver = undefined;
    if (text && !text.startsWith("/")) return handle.controller.setDraft(text);
    if (this.#carried.hasLeft(found, handle.draft)) handle.controller.setDraft("");
    if (handle.draft) return this.#restore(text);
    this.takenOver = this.#carried.take(found);
    if (this.takenOver) handle.controller.setDraft(this.takenOver.text);
  }

  /** What a menu wrote stands under what was kept: neither is lost. @param {string} text that stands in the box */
  #endCommand(text) {
    if (!text) return this.#restore(text);
    const kept = this.#handle()?.draft ?? "";
    const whole = kept && kept !== text ? `${kept}\n${text}` : text;
    this.#handle()?.controller.setDraft(whole);
    if (whole !== text) this.#composer.setDraft(whole);
  }

  /** @param {string} text that stands in the box */
  #restore(text) {
    const draft = this.#handle()?.draft ?? "";
    if (!text && draft) this.#composer.setDraft(draft);
  }
}
