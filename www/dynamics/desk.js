// @ts-check
/**
 * Joins the reply window to the workspace of Dynamics 365: who is shown, what is known of their window, and the lock. The lock stands
 * first; everything else may be late or fail.
 */
import { Dataverse, DynamicsComposer, Reader, focusedConversation } from "../adapters/dynamics/index.js";
import { onResume } from "../elements/resume.js";
import { mount } from "../mount.js";
import { BoxDraft } from "./box-draft.js";
import { CarriedDraft } from "./carried-draft.js";
import { startEngine } from "./engine.js";
import { LastVerdicts } from "./last-verdicts.js";
import { senderOf, windowOf } from "./middleware.js";
import { OwnObjects, bareGuid } from "./own-objects.js";
import { Reading } from "./reading.js";
import { Missing, selfTest } from "./self-test.js";
import { sendingOf } from "./sending.js";
import { sentencesOf } from "./sentences.js";
import { setBadge } from "./side-pane.js";
import { Stand } from "./stand.js";
import { FollowedWindows } from "./window-service.js";
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
/** Whose a conversation is, where that could not be read or no row says it, is asked again after this. */
const ASK_AGAIN_MS = 5_000;

/** The window service does not answer. @type {Problem} */
const SILENT = { table: "service", code: "unreachable" };

/** An address of ours must have the shape of a number; this one is nobody's. */
const NOBODY = "+1000000";

export class Desk {
  /** @type {EngineKind} */
  engine = "none";
  #page;
  #settings;
  #say;
  #composer;
  #stand;
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
  /** Whose it is that is asked for, or was a moment ago. @type {{ id: string, found: Promise<Found | undefined> } | undefined} */
  #asked;
  /** Of whose conversation it is. @type {Problem[]} */
  #problems = [];
  #code = "";
  #reading;
  /** @type {(() => void)[]} */
  #ends = [];
  #objects;
  /** A box of the conversation in focus. */
  #missing = new Missing();
  #isHanded = false;
  #isTest;
  #carried = new CarriedDraft();
  /** @type {FollowedWindows | undefined} */
  #followed;
  #sending;
  #verdicts = new LastVerdicts();
  #draft;
  /** Where the reply window stands by itself, and Dynamics' box is not touched. @type {Element | undefined} */
  #place;

  /** @param {Window} page @param {Settings} settings @param {{ place?: Element | undefined, isTest?: boolean }} [companion] see `start.js` */
  constructor(page, settings, { place, isTest = false } = {}) {
    this.#isTest = isTest;
    this.#page = page;
    this.#settings = settings;
    this.#place = place;
    const dataverse = new Dataverse(() => /** @type {any} */ (page).Xrm?.WebApi, () => performance.now());
    this.#sending = sendingOf(page, dataverse, settings);
    this.#say = wordsFor(this.#locale);
    const told = { foreign: () => this.#onForeign(), isStillFocused: () => this.#isStillFocused(), judged: () => this.#refresh(STALE_MS), passed: () => this.#found && this.#carried.sent(this.#found), changed: () => this.#update() };
    const more = () => [page.document, ...this.#composer.frames.documents].flatMap((one) => (settings.gates ?? []).flatMap((selector) => [.../** @type {NodeListOf<HTMLElement>} */ (one.querySelectorAll(selector))]));
    this.#composer = new DynamicsComposer({ page, unknown: settings.unknown ?? "ask", more, told, hasSecondLock: settings.secondLock });
    this.#draft = new BoxDraft(this.#composer, this.#carried, () => this.#handle);
    this.#objects = new OwnObjects(page, { judge: place ? undefined : (id) => this.#judgeByCode(id), heard: () => void this.#look() });
    this.#stand = new Stand(page.document, { say: this.#say, composer: this.#composer, settings, place });
    this.#reader = new Reader(dataverse, settings);
    this.#followed = settings.service && new FollowedWindows(settings.service, { isSomebody: ({ id }) => id === this.#found?.id, changed: () => this.#update() });
    this.#window = windowOf(settings) ?? this.#followed?.stateOf;
    this.#reading = new Reading(this.#reader, this.#window, { isShown: (found) => this.#found === found, changed: () => this.#update(), isFollowed: () => this.#followed?.isConnected ?? false });
  }

  get #locale() {
    return this.#settings.locale || this.#page.document.documentElement.lang || navigator.language;
  }

  async start() {
    if (!this.#place) this.#composer.attach();
    this.#objects.reach();
    this.engine = await startEngine(this.#settings.nowasmUrl);
    this.#mount();
    const looks = setInterval(() => void this.#look(), LOOK_EVERY_MS);
    const reads = setInterval(() => this.#page.document.visibilityState === "visible" && this.#refresh(0), READ_EVERY_MS);
    this.#ends.push(() => this.#objects.end(), () => clearInterval(looks), () => clearInterval(reads), onResume(() => this.#refresh(0)) ?? (() => {}));
    await this.#look();
  }

  #mount() {
    const { unknown, now } = this.#settings;
    this.#handle = mount(this.#place ?? null, {
      ...(this.#place ? {} : { adapter: this.#composer }), conversation: this.#nobody(), templates: this.#sending.templates,
      onSend: this.#sending.outbound ? (message) => this.#hand(message) : senderOf(this.#settings),
      locale: this.#locale, compact: false, ...(unknown ? { unknown } : {}), ...(now ? { now } : {}), ...(this.#followed ? { service: this.#followed } : {}),
    });
    this.#stand.dress(this.#handle.element);
    this.#ends.push(this.#handle.controller.subscribe((snapshot) => {
      if (this.#found && snapshot.conversation.id === this.#found.id) {
        this.#carried.note(this.#found, snapshot);
        this.#verdicts.note(this.#found.id, snapshot.verdict);
      }
      this.#update();
    }));
    this.#handle.element.addEventListener("composer-change", () => this.#update());
    this.#update();
  }

  /** Until it is known whose conversation is shown: of nobody is anything known. @returns {Conversation} */
  #nobody() {
    return { id: `unidentified ${this.#turn}`, business: NOBODY, customer: { username: "unidentified" } };
  }

  /** Dynamics takes it and says no more. @param {OutgoingTemplate} message @returns {Promise<Receipt>} */
  async #hand(message) {
    const found = this.#found;
    const to = { contact: found?.contact, phone: found?.kind === "whatsapp" ? found.customer.phone : undefined, conversation: message.conversationId };
    const outbound = /** @type {import("../adapters/dynamics/index.js").DynamicsOutbound} */ (this.#sending.outbound);
    const receipt = await (this.#isTest ? outbound.test(message, to) : outbound.send(message, to));
    if (this.#found === found) this.#isHanded = true;
    this.#update();
    return receipt;
  }

  // ---- who is shown

  #onForeign() {
    this.#turn += 1;
    this.#found = undefined;
    this.#focused = undefined;
    this.#composer.switching(() => this.#handle?.setConversation(this.#nobody()));
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
    this.#objects.reach();
    if (!this.#place) this.#composer.lookAround();
    const id = await focusedConversation(this.#page);
    if (turn !== this.#turn) return;
    this.#noteMissing(id !== undefined);
    if (id === this.#focused) return;
    if (this.#composer.identity !== "unidentified") return this.#composer.forget();
    const { shown, frames } = this.#composer;
    if (id !== undefined && (this.#place || shown.chat || frames.foreign.length > 0 || this.#missing.isGivenUp)) await this.#enter(id, turn);
  }

  /** Where an update of Dynamics renamed what is looked for, the page says so and the window is shown all the same. @param {boolean} isInFocus */
  #noteMissing(isInFocus) {
    const before = this.#missing.isGivenUp;
    const { shown, isDictating } = this.#composer;
    this.#missing.note(isInFocus && !this.#place && !shown.box && !isDictating);
    if (this.#missing.isGivenUp !== before) this.#update();
  }

  /** @param {string} id @param {number} turn */
  async #enter(id, turn) {
    const found = this.#known.get(id) ?? await this.#parties(id);
    // Whoever asked at the same time may have had the answer first.
    if (turn !== this.#turn || !found || this.#focused === id) return;
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

  /** Not at every look anew. @param {string} id */
  #parties(id) {
    if (this.#asked?.id === id) return this.#asked.found;
    const asked = { id, found: this.#reader.parties(id).catch(() => undefined) }; // without an engine nobody is known
    this.#asked = asked;
    void asked.found.then(() => setTimeout(() => this.#asked === asked && (this.#asked = undefined), ASK_AGAIN_MS));
    return asked.found;
  }

  /** @param {Found & { kind: "whatsapp" }} found */
  #show(found) {
    const { id, business, customer, name } = found;
    this.#found = found;
    this.#reading.forget();
    this.#isHanded = false;
    const text = this.#composer.getDraft();
    this.#composer.switching(() => this.#handle?.setConversation({ id, channel: "whatsapp", business, customer, ...(name ? { name } : {}) }));
    this.#composer.identify("identified");
    this.#draft.settle(found, text);
    this.#refresh(0);
  }

  // ---- what is known

  /** @param {number} olderThanMs */
  #refresh(olderThanMs) {
    if (this.#found && this.#handle) void this.#reading.refresh(this.#found, this.#handle.controller, olderThanMs);
  }

  // ---- sends by code

  /** @param {string | undefined} id */
  #judgeByCode(id) {
    const isShown = id === undefined || (this.#focused !== undefined && bareGuid(id) === bareGuid(this.#focused));
    if (!isShown) return this.#verdicts.judge(id, this.evaluate()?.nowAtMs ?? Infinity, this.#settings.unknown ?? "ask");
    const { leaves, reason } = this.#composer.judge();
    return { leaves: leaves === "yes" || leaves === "with-tag", reason };
  }

  // ---- what is shown about it

  /** What is true now. */
  get snapshot() {
    return this.#handle?.snapshot;
  }

  get controller() {
    return this.#handle?.controller;
  }

  /** As at each change of the hour. */
  evaluate() {
    return this.#handle?.controller.evaluate();
  }

  /** Reads what is known of the window that is shown now, not in half a minute. */
  async readNow() {
    if (this.#found && this.#handle) await this.#reading.read(this.#found, this.#handle.controller);
  }

  get #unread() {
    return [...this.#problems, ...this.#reading.problems, ...(this.#sending.configurations?.problems ?? []), ...(this.#followed?.isSilent ? [SILENT] : [])];
  }

  /** What the self-test finds, step by step. */
  get report() {
    return selfTest({ isCompanion: this.#place !== undefined, page: this.#page, composer: this.#composer, objects: this.#objects, engine: this.engine, unknown: this.#settings.unknown, isGivenUp: this.#missing.isGivenUp, problems: this.#unread, code: this.#code });
  }

  #update() {
    if (!this.#handle) return;
    const { mode, reason } = this.report;
    const { element, snapshot } = this.#handle;
    if (this.#place) setBadge(this.#page, snapshot);
    const notes = !this.#window && this.#found ? [this.#say("no-refusal")] : [];
    this.#stand.update(element, { mode, ...(reason ? { reason } : {}), isLocked: snapshot.verdict.locksComposer, turn: this.#turn, sentences: this.#sentences, notes });
  }

  get #sentences() {
    const { status, draft } = /** @type {Handle} */ (this.#handle).snapshot;
    return sentencesOf(this.#say, {
      settings: this.#settings, status, code: this.#code, problems: this.#unread, hasEngine: this.engine !== "none",
      tellsFocus: this.#objects.tellsFocus, takenOver: this.#draft.takenOver?.text === draft ? this.#draft.takenOver : undefined, isHanded: this.#isHanded, isTest: this.#isTest,
    });
  }

  /** Where nothing is judged nothing is held, unless that was asked for; the page says which. */
  giveUp() {
    const isHeld = this.#settings.unknown === "block" && !this.#place;
    if (!isHeld) this.end();
    this.#stand.tell(isHeld ? "mode.held" : "mode.unguarded");
  }

  end() {
    for (const end of this.#ends.splice(0)) end();
    this.#followed?.end();
    this.#handle?.destroy();
    this.#stand.end();
    this.#composer.end();
  }
}
