// @ts-check
/** The controller's moving parts: what is shown, what is known of it, when to look again. */
/** @import { Draft, Template, WindowState } from "../../src/wire/types.d.ts" */
/** @import { Settings } from "./controller.js" */
/** @import { Conversation, Evidence, Listener, Receipt, Refusal } from "./port.js" */
/** @import { Room } from "./rooms.js" */
import { fault, fun, options, plainObject, text, toMs } from "../engine/check.js";
import { ReplyWindowError } from "../engine/errors.js";
import { policyFor } from "../engine/session.js";
import { withReturned } from "./drafts.js";
import { createLedger } from "./evidence.js";
import { createJudging } from "./judging.js";
import { loadTemplates, refreshOffer } from "./offer.js";
import { checkedConversation, createRooms } from "./rooms.js";
import { nextWakeMs } from "./schedule.js";
import { sendTemplate } from "./sending.js";
import { createTeller } from "./teller.js";
import { isEngineFailure, persistently } from "./trouble.js";
import { snapshotOf } from "./view.js";
import { keysOf } from "./windows.js";

export class Live {
  #settings;
  #ledger;
  #rooms;
  #judging;
  /** @type {Room} the one shown */
  #room;
  #teller;
  /** @type {unknown} */
  #alarm;
  /** @type {(() => void) | void} */
  #unwake;
  #destroyed = false;

  /** @param {Settings} settings */
  constructor(settings) {
    this.#settings = settings;
    this.#rooms = createRooms(settings.drafts);
    this.#ledger = createLedger(settings.tabs, (keys) => {
      if (this.#room.keys?.some((key) => keys.includes(key))) this.evaluate();
    });
    this.#judging = createJudging(settings, this.#ledger);
    try {
      this.#room = this.#enter(settings.conversation, settings.state);
      this.#refuseMisuse();
      this.#judging.look(this.#room);
      this.#teller = createTeller(snapshotOf(this.#room));
    } catch (error) {
      this.#ledger.close();
      throw error;
    }
    this.#arm();
    this.#askTabs();
    this.#load(this.#room);
    this.#unwake = settings.wake?.(() => void this.evaluate());
  }

  /** A policy or a clock that is wrong from the start is told to the developer, not to the agent. */
  #refuseMisuse() {
    const nowAtMs = this.#judging.now();
    try {
      this.#judging.ask(this.#room, { kind: "text" }, nowAtMs);
    } catch (error) {
      if (!isEngineFailure(error)) throw error;
    }
  }

  get snapshot() {
    return this.#teller.latest;
  }

  /** @param {Listener} listener */
  subscribe(listener) {
    return this.#teller.subscribe(fun(listener, "listener"));
  }

  // ---- evidence

  /** @param {Evidence | readonly Evidence[]} evidence */
  record(evidence) {
    if (this.#destroyed) return;
    try {
      this.#ledger.record(evidence, this.#room.conversation);
    } finally {
      this.evaluate();
    }
  }

  /** @param {WindowState} state */
  merge(state) {
    if (this.#destroyed) return;
    this.#ledger.merge(this.#judging.keys(this.#room), plainObject(state, "state"));
    this.evaluate();
  }

  /** @param {Refusal} refusal */
  refused(refusal) {
    if (this.#destroyed) return;
    const known = /** @type {const} */ (["id", "at", "text", "conversationId"]);
    const { id, at, text: returned, conversationId } = options(refusal, known, "refusal");
    const where = conversationId === undefined ? this.#room.conversation.id : text(conversationId, "refusal.conversationId");
    // Whatever else is wrong with the refusal, the agent's words come back first.
    if (returned !== undefined) this.#giveBack(where, String(id), text(returned, "refusal.text"));
    const conversation = this.#rooms.find(where)?.conversation;
    if (!conversation) throw fault("unknown-conversation", "refusal.conversationId", "it was not shown lately");
    const time = at === undefined ? { desktopAtMs: this.#judging.now() } : { providerAtMs: toMs(at, "refusal.at") };
    this.#ledger.note({ id: text(id, "refusal.id"), log: "refused", kind: "session-message", ...time }, conversation);
    this.evaluate();
  }

  /**
   * @param {string} conversationId
   * @param {string} messageId
   * @param {string} words
   */
  #giveBack(conversationId, messageId, words) {
    const room = this.#rooms.find(conversationId);
    if (room?.returned.has(messageId)) return;
    room?.returned.add(messageId);
    this.#rooms.keepDraft(conversationId, withReturned(this.#rooms.draftOf(conversationId), words));
    this.#publish();
  }

  #askTabs() {
    if (this.#room.keys) this.#ledger.ask(this.#room.keys);
  }

  // ---- the conversation shown

  /**
   * @param {Conversation} conversation
   * @param {WindowState} [state]
   */
  setConversation(conversation, state) {
    if (this.#destroyed) return;
    const left = this.#room;
    this.#room = this.#enter(conversation, state);
    if (left !== this.#room) left.notice = undefined;
    this.evaluate();
    this.#askTabs();
    if (this.#room.templates === undefined && !this.#room.load) this.#load(this.#room);
  }

  /**
   * @param {Conversation} given
   * @param {WindowState | undefined} state
   * @returns {Room}
   */
  #enter(given, state) {
    const conversation = checkedConversation(given);
    const copy = state === undefined ? undefined : plainObject(state, "state");
    try {
      const keys = persistently(() => keysOf(conversation));
      if (copy !== undefined) this.#ledger.merge(keys, copy);
      return this.#rooms.open(conversation, keys);
    } catch (error) {
      if (!isEngineFailure(error)) throw error;
      const room = this.#rooms.open(conversation);
      if (copy !== undefined) room.pending.push(copy);
      return room;
    }
  }

  /** @param {string} draft */
  setDraft(draft) {
    if (this.#destroyed) return;
    this.#rooms.keepDraft(this.#room.conversation.id, text(draft, "draft"));
    this.#room.notice = undefined;
    this.#publish();
  }

  // ---- judging

  /** @param {Draft} [draft] */
  judge(draft = { kind: "text" }) {
    if (!this.#destroyed) {
      this.#judging.look(this.#room);
      this.#publish();
      this.#arm();
    }
    return this.#judging.ask(this.#room, draft).verdict;
  }

  evaluate() {
    if (this.#destroyed) return this.snapshot;
    this.#judging.look(this.#room);
    this.#publish(true);
    this.#arm();
    return this.snapshot;
  }

  /** One timer, for the next instant at which something changes by itself. */
  #arm() {
    const { timer } = this.#settings;
    if (this.#alarm !== undefined) timer.clear(this.#alarm);
    this.#alarm = undefined;
    const { view } = this.#room;
    const wait = view && nextWakeMs(view.status, view.nowAtMs);
    if (wait === undefined || this.#destroyed) return;
    this.#alarm = timer.set(() => {
      this.#alarm = undefined;
      this.evaluate();
    }, wait);
  }

  // ---- templates

  /**
   * @param {Template} template
   * @param {Readonly<Record<string, string>>} values
   * @returns {Promise<Receipt>}
   */
  async sendTemplate(template, values) {
    if (this.#destroyed) throw new ReplyWindowError("destroyed", "this controller was destroyed");
    const room = this.#room;
    return sendTemplate(room, template, values, {
      now: this.#judging.now,
      judge: (draft) => {
        this.#judging.look(room);
        return this.#judging.ask(room, draft).verdict;
      },
      send: this.#settings.send,
      sent: (receipt, handedOverAtMs) => this.#sent(room, receipt, handedOverAtMs),
      changed: () => void this.evaluate(),
    });
  }

  /**
   * Evidence only where the channel limits messages without an answer.
   *
   * @param {Room} room
   * @param {Receipt} receipt
   * @param {number} handedOverAtMs
   */
  #sent(room, receipt, handedOverAtMs) {
    const { policy = policyFor(room.conversation.channel) } = this.#settings;
    if (this.#destroyed || policy.maxUnanswered === undefined || typeof receipt?.id !== "string") return;
    const atMs = receipt.atMs;
    const providerAtMs = atMs !== undefined && Number.isInteger(atMs) ? atMs : handedOverAtMs;
    this.#ledger.note({ id: receipt.id, log: "sent", kind: "template-message", providerAtMs }, room.conversation);
  }

  /** @returns {Promise<void>} */
  reloadTemplates() {
    return this.#destroyed ? Promise.resolve() : this.#load(this.#room);
  }

  /** @param {Room} room */
  #load(room) {
    return loadTemplates(room, this.#settings.templates, () => {
      if (this.#destroyed) return;
      if (room.view) refreshOffer(room, room.view.nowAtMs);
      this.#publish();
    });
  }

  // ---- telling

  /** @param {boolean} [timePassed] whether the time left counts as a change */
  #publish(timePassed = false) {
    if (!this.#destroyed) this.#teller.tell(snapshotOf(this.#room), timePassed);
  }

  destroy() {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.#arm();
    this.#unwake?.();
    this.#ledger.close();
    this.#teller.close();
  }
}
