// @ts-check
/**
 * Joins the reply window to the workspace of Dynamics 365: who is shown, what is known of their window, and the lock. The lock stands
 * first; everything else may be late or fail.
 */
import { Dataverse, DynamicsComposer, DynamicsOutbound, Reader, focusedConversation, guardSends, onSessions, take, workspaceOf } from "../adapters/dynamics/index.js";
import { isLowerBound } from "../engine/dataverse.js";
import { onResume } from "../elements/resume.js";
import { mount } from "../mount.js";
import { CarriedDraft } from "./carried-draft.js";
import { Dock } from "./dock.js";
import { startEngine } from "./engine.js";
import { senderOf, templatesOf, windowOf } from "./middleware.js";
import { Notice } from "./notice.js";
import { Reading } from "./reading.js";
import { selfTest } from "./self-test.js";
import { readSettings } from "./settings.js";
import { wordsFor } from "./words.js";

/** @import { Found, Problem } from "../adapters/dynamics/reader.js" */
/** @import { Conversation, OutgoingTemplate, Receipt } from "../controller/types.js" */
/** @import { EngineKind } from "./engine.js" */
/** @import { Handle } from "../mount.js" */
/** @import { Settings } from "./settings.js" */

/** While the page is in sight. */
const READ_EVERY_MS = 30_000;
/** Evidence that is older is read again when somebody sends, without waiting for it. */
const STALE_MS = 60_000;
/** Dynamics does not tell of everything: the conversation in focus is asked for this often. */
const LOOK_EVERY_MS = 1_000;

/** An address of ours must have the shape of a number; this one is nobody's. */
const NOBODY = "+1000000";

export class Desk {
  /** @type {EngineKind} */
  engine = "none";
  #page;
  #settings;
  #say;
  #composer;
  #notice;
  #dock;
  #reader;
  #window;
  /** @type {Handle | undefined} */
  #handle;
  /** @type {Found | undefined} the conversation that is shown */
  #found;
  /** In focus, as Dynamics wrote it last. @type {string | undefined} */
  #focused;
  /** Each time that another conversation may be shown. */
  #turn = 0;
  /** @type {Map<string, Found>} */
  #known = new Map();
  /** Of whose conversation it is. @type {Problem[]} */
  #problems = [];
  #code = "";
  #reading;
  /** @type {(() => void)[]} */
  #ends = [];
  #guard = { isGuarded: false };
  /** @type {string[]} */
  #topics = [];
  #isHanded = false;
  #carried = new CarriedDraft();
  /** The turn in which the agent lifted the hold of a foreign frame. */
  #lifted = -1;
  /** @type {DynamicsOutbound | undefined} */
  #outbound;
  /** Where the reply window stands by itself, and Dynamics' box is not touched. @type {Element | undefined} */
  #place;

  /** @param {Window} page @param {Settings} settings @param {Element} [place] of a companion */
  constructor(page, settings, place) {
    this.#page = page;
    this.#settings = settings;
    this.#place = place;
    this.#outbound = settings.outbound && new DynamicsOutbound(page, settings.outbound);
    this.#say = wordsFor(this.#locale);
    const told = { foreign: () => this.#onForeign(), isStillFocused: () => this.#isStillFocused(), judged: () => this.#refresh(STALE_MS), changed: () => this.#update() };
    const more = () => (settings.gates ?? []).flatMap((selector) => [.../** @type {NodeListOf<HTMLElement>} */ (page.document.querySelectorAll(selector))]);
    this.#composer = new DynamicsComposer({ page, unknown: settings.unknown ?? "ask", more, told });
    this.#composer.onCommandEnd = (text) => this.#restoreDraft(text);
    this.#notice = new Notice(this.#say, (command) => this.#composer.command(command));
    this.#dock = new Dock(page.document);
    this.#reader = new Reader(new Dataverse(() => /** @type {any} */ (page).Xrm?.WebApi, () => performance.now()), settings);
    this.#window = windowOf(settings);
    this.#reading = new Reading(this.#reader, this.#window, { isShown: (found) => this.#found === found, changed: () => this.#update() });
  }

  get #locale() {
    return this.#settings.locale || this.#page.document.documentElement.lang || navigator.language;
  }

  async start() {
    if (!this.#place) this.#composer.attach();
    this.engine = await startEngine(this.#settings.nowasmUrl);
    this.#mount();
    const guard = this.#place ? { isGuarded: false, end: () => {} } : guardSends(this.#page, (id) => this.#judgeByCode(id));
    const sessions = onSessions(this.#page, () => this.#look());
    this.#guard = guard;
    this.#topics = sessions.topics;
    const looks = setInterval(() => void this.#look(), LOOK_EVERY_MS);
    const reads = setInterval(() => this.#page.document.visibilityState === "visible" && this.#refresh(0), READ_EVERY_MS);
    this.#ends.push(guard.end, sessions.end, () => clearInterval(looks), () => clearInterval(reads), onResume(() => this.#refresh(0)) ?? (() => {}));
    await this.#look();
  }

  #mount() {
    const { unknown, now } = this.#settings;
    this.#handle = mount(this.#place ?? null, {
      ...(this.#place ? {} : { adapter: this.#composer }), conversation: this.#nobody(), templates: templatesOf(this.#settings),
      onSend: this.#outbound ? (message) => this.#hand(message) : senderOf(this.#settings),
      locale: this.#locale, compact: false, ...(unknown ? { unknown } : {}), ...(now ? { now } : {}),
    });
    this.#handle.element.append(this.#notice.root);
    this.#handle.element.toggleAttribute("fitted", !this.#place);
    this.#ends.push(this.#handle.controller.subscribe((snapshot) => {
      if (this.#found && snapshot.conversation.id === this.#found.id) this.#carried.note(this.#found, snapshot);
      this.#update();
    }));
    this.#handle.element.addEventListener("composer-change", () => this.#update());
    this.#update();
  }

  /** Until it is known whose conversation is shown: of nobody is anything known. @returns {Conversation} */
  #nobody() {
    return { id: `unidentified ${this.#turn}`, business: this.#settings.business ?? NOBODY, customer: { username: "unidentified" } };
  }

  /** Dynamics takes it and says no more. @param {OutgoingTemplate} message @returns {Promise<Receipt>} */
  async #hand(message) {
    const found = this.#found;
    const to = { contact: found?.contact, phone: found?.kind === "whatsapp" ? found.customer.phone : undefined, conversation: message.conversationId };
    const receipt = await /** @type {DynamicsOutbound} */ (this.#outbound).send(message, to);
    this.#isHanded = true;
    this.#update();
    return receipt;
  }

  // ---- who is shown

  #onForeign() {
    this.#turn += 1;
    this.#found = undefined;
    this.#focused = undefined;
    this.#composer.switching(() => this.#handle?.update(this.#nobody()));
    // Once Dynamics has drawn what it is about to draw.
    queueMicrotask(() => void this.#look());
  }

  async #isStillFocused() {
    if (!this.#found) return true;
    const turn = this.#turn;
    const id = await focusedConversation(this.#page);
    return turn === this.#turn && id === this.#focused;
  }

  /** Asks which conversation is in focus, and goes where it is another. */
  async #look() {
    const turn = this.#turn;
    this.#composer.notice();
    this.#composer.fit();
    const id = await focusedConversation(this.#page);
    if (turn !== this.#turn || id === this.#focused) return;
    if (this.#composer.identity !== "unidentified") return this.#composer.forget();
    if (id !== undefined && (this.#place || this.#composer.shown.chat || this.#composer.frames.foreign.length > 0)) await this.#enter(id, turn);
  }

  /** @param {string} id @param {number} turn */
  async #enter(id, turn) {
    const found = this.#known.get(id) ?? await this.#parties(id);
    if (turn !== this.#turn || !found) return;
    if (found.kind === "unknown" && found.problems.length === 0) this.#code = found.code;
    this.#problems = found.problems;
    if (found.kind === "other-channel") this.#composer.identify("left-alone");
    if (found.kind === "whatsapp") this.#show(found);
    this.#code = found.kind === "unknown" ? found.code : "";
    // What could not be read is asked for again.
    this.#focused = found.kind === "unknown" ? undefined : id;
    if (found.kind !== "unknown") this.#known.set(id, found);
    this.#update();
  }

  /** @param {string} id */
  async #parties(id) {
    try {
      return await this.#reader.parties(id);
    } catch {
      return undefined; // without an engine nobody is known
    }
  }

  /** @param {Found & { kind: "whatsapp" }} found */
  #show(found) {
    const { id, business, customer, name } = found;
    this.#found = found;
    this.#reading.forget();
    this.#isHanded = false;
    const text = this.#composer.getDraft();
    this.#composer.switching(() => this.#handle?.update({ id, channel: "whatsapp", business, customer, ...(name ? { name } : {}) }));
    this.#composer.identify("identified");
    // What stands in the box is this conversation's; an empty box gets back what was kept.
    if (text && !text.startsWith("/")) this.#handle?.controller.setDraft(text);
    else if (!this.#handle?.draft) this.#handle?.controller.setDraft(this.#carried.take(found) ?? "");
    else this.#restoreDraft(text);
    this.#refresh(0);
  }

  /** @param {string} text that stands in the box */
  #restoreDraft(text) {
    const draft = this.#handle?.draft ?? "";
    if (!text && draft) this.#composer.setDraft(draft);
  }

  // ---- what is known

  /** @param {number} olderThanMs */
  #refresh(olderThanMs) {
    if (this.#found && this.#handle) void this.#reading.refresh(this.#found, this.#handle.controller, olderThanMs);
  }

  // ---- sends by code

  /** Of a conversation that is not shown nothing is known here. @param {string | undefined} id */
  #judgeByCode(id) {
    const isShown = id === undefined || (this.#focused !== undefined && sameGuid(id, this.#focused));
    const { leaves, reason } = this.#composer.judge();
    if (isShown) return { leaves: leaves === "yes" || leaves === "with-tag", reason };
    return { leaves: this.#settings.unknown !== "block", reason: "window-unknown" };
  }

  // ---- what is shown about it

  /** What is true now. */
  get state() {
    return this.#handle?.state;
  }

  /** Looks at the window again, as at each change of the hour. */
  evaluate() {
    return this.#handle?.controller.evaluate();
  }

  /** Reads what is known of the window that is shown now, not in half a minute. */
  async readNow() {
    if (this.#found && this.#handle) await this.#reading.read(this.#found, this.#handle.controller);
  }

  /** What the self-test finds, step by step. */
  get report() {
    return selfTest({ isCompanion: this.#place !== undefined, page: this.#page, composer: this.#composer, isGuarded: this.#guard.isGuarded, topics: this.#topics, engine: this.engine, problems: [...this.#problems, ...this.#reading.problems], code: this.#code });
  }

  #update() {
    if (!this.#handle) return;
    const { mode, reason } = this.report;
    const { element, state } = this.#handle;
    const isCompanion = mode === "companion";
    element.capabilities = { ...this.#composer.capabilities, ...(isCompanion ? { blocks: /** @type {const} */ ("none") } : {}) };
    if (this.#place) element.hidden = this.#composer.identity === "left-alone";
    else if (isCompanion) this.#dock.show(element);
    else this.#dock.hide();
    this.#hold(isCompanion && state.verdict.locksComposer);
    this.#notice.update({ mode, ...(reason ? { reason } : {}), sentences: this.#sentences(), notes: !this.#window && this.#found ? [this.#say("no-refusal")] : [], commands: !isCompanion && element.composer === "closed" ? this.#settings.commands ?? ["/t", "/q"] : [] });
  }

  #sentences() {
    const { status } = /** @type {Handle} */ (this.#handle).state;
    const tables = [...this.#problems, ...this.#reading.problems].map(({ table, code }) => `${table} ${code}`.trim()).join(", ");
    return [
      status.kind === "closed" && this.engine !== "none" && isLowerBound(status) && this.#say("lower-bound"),
      this.#code && this.#say("unidentified", { code: this.#code }),
      this.#isHanded && this.#say("handed"),
      tables && this.#say("not-read", { tables }),
    ].filter((sentence) => typeof sentence === "string" && sentence !== "").map(String);
  }

  /** A frame that cannot be looked into is made inert as a whole, where the administrator chose to block; the agent can lift it. @param {boolean} isLocked */
  #hold(isLocked) {
    const { foreign } = this.#composer.frames;
    const isHeld = isLocked && this.#settings.unknown === "block" && foreign.length > 0 && this.#lifted !== this.#turn;
    for (const frame of foreign) frame.inert = isHeld;
    this.#notice.offer(isHeld ? this.#say("lift") : "", () => {
      this.#lifted = this.#turn;
      this.#update();
    });
  }

  end() {
    for (const end of this.#ends.splice(0)) end();
    this.#handle?.destroy();
    this.#composer.end();
    this.#dock.hide();
  }
}

/** @param {string} a @param {string} b */
const sameGuid = (a, b) => a.replace(/[{}]/g, "").toLowerCase() === b.replace(/[{}]/g, "").toLowerCase();

/**
 * @param {unknown} given the administrator's settings
 * @param {Window} [view] where the script was loaded
 * @param {Element} [place] where a companion stands: it locks nothing, so that any number may be open
 * @returns {Promise<{ desk?: Desk, wrong: string[] }>} without a desk where another copy is at work
 */
export async function startDesk(given, view = window, place = undefined) {
  const page = workspaceOf(view);
  const { settings, wrong } = readSettings(given);
  if (wrong.length > 0) console.warn(`reply-window: settings that are not understood: ${wrong.join(", ")}`);
  const release = place ? () => {} : take(page, view);
  if (!release) return { wrong };
  const desk = new Desk(page, settings, place);
  await desk.start();
  return { desk, wrong };
}
