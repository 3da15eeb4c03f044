// @ts-check
/** Where the reply window stands, and what is said under it: before the customer's box, over the page, or in a companion's own page. */
import { Dock } from "./dock.js";
import { Hold } from "./hold.js";
import { Notice } from "./notice.js";

/** @import { DynamicsComposer } from "../adapters/dynamics/index.js" */
/** @import { ReplyWindowElement } from "../elements/reply-window.js" */
/** @import { Mode } from "./self-test.js" */
/** @import { Settings } from "./settings.js" */
/** @import { wordsFor } from "./words.js" */

/** @typedef {{ mode: Mode, reason?: string, isLocked: boolean, turn: number, sentences: string[], notes: string[] }} Now `isLocked`: free text may not leave; `turn`: counts conversations */

export class Stand {
  #say;
  #composer;
  #settings;
  #page;
  #place;
  #notice;
  #dock;
  #hold = new Hold();

  /**
   * @param {Document} page
   * @param {{ say: ReturnType<typeof wordsFor>, composer: DynamicsComposer, settings: Settings, place: Element | undefined }} parts `place`: of a companion
   */
  constructor(page, { say, composer, settings, place }) {
    this.#page = page;
    this.#say = say;
    this.#composer = composer;
    this.#settings = settings;
    this.#place = place;
    this.#notice = new Notice(say, (command) => composer.command(command));
    this.#dock = new Dock(page);
  }

  /** @param {ReplyWindowElement} element */
  dress(element) {
    element.append(this.#notice.root);
    element.toggleAttribute("fitted", !this.#place);
  }

  /** @param {ReplyWindowElement} element @param {Now} now */
  update(element, now) {
    const { mode, reason, sentences, notes } = now;
    const isCompanion = mode === "companion";
    element.capabilities = { ...this.#composer.capabilities, ...(isCompanion ? { blocks: /** @type {const} */ ("none") } : {}) };
    if (this.#place) element.hidden = this.#composer.identity === "left-alone";
    else if (isCompanion) this.#dock.show(element);
    else this.#dock.hide();
    this.#holdFrames(element, now);
    const commands = !isCompanion && element.composer === "closed" ? this.#settings.commands ?? ["/t", "/q"] : [];
    this.#notice.update({ mode, ...(reason ? { reason } : {}), sentences, notes, commands });
  }

  /** @param {ReplyWindowElement} element @param {Now} now */
  #holdFrames(element, now) {
    const { foreign, controls } = this.#composer.frames;
    const isWanted = now.mode === "companion" && !this.#place && now.isLocked && this.#settings.unknown === "block";
    const isHeld = this.#hold.set(foreign.length > 0 ? foreign : controls, { isWanted, turn: now.turn });
    this.#notice.offer(isHeld ? this.#say("lift") : "", () => {
      this.#hold.lift(now.turn);
      this.#holdFrames(element, now);
    });
  }

  /** What the page says where nothing else could be built. @param {"mode.held" | "mode.unguarded"} key */
  tell(key) {
    const text = this.#page.createElement("p");
    text.textContent = this.#say(key);
    if (this.#place) this.#place.append(text);
    else this.#dock.show(text);
  }

  end() {
    const { foreign, controls } = this.#composer.frames;
    this.#hold.set([...controls, ...foreign], { isWanted: false, turn: 0 });
    this.#dock.hide();
  }
}
