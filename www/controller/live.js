// @ts-check
/** The controller's moving parts: what is shown, what is known of it, when to look again. */
/** @import { Draft, Template, WindowState } from "../../src/wire/types.d.ts" */
/** @import { Settings } from "./settings.js" */
/** @import { Attachment, Conversation, Evidence, Listener, Receipt, Refusal } from "./port.js" */
/** @import { Room } from "./conversations.js" */
import { assertFunction, assertString } from "../engine/check.js";
import { fault } from "../engine/fault.js";
import { plainObject } from "../engine/plain.js";
import { ReplyWindowError } from "../engine/errors.js";
import { checkSessionMessage } from "../engine/message.js";
import { policyFor } from "../engine/session.js";
import { withReturned } from "./drafts.js";
import { createLedger } from "./evidence.js";
import { createJudging } from "./evaluator.js";
import { loadTemplates, refreshOffer } from "./template-list.js";
import { isDue, queueOf, release, untilDueMs } from "./queue.js";
import { checkedRefusal, learn } from "./refusal.js";
import { checkedConversation, createRooms } from "./conversations.js";
import { createAlarm, nextWakeMs } from "./clock.js";
import { sendTemplate } from "./sending.js";
import { Shelf } from "./template-search.js";
import { createTeller } from "./publisher.js";
import { isEngineFailure, persistently, troubleOf } from "./error-info.js";
import { snapshotOf } from "./snapshot.js";
import { keysOf } from "./windows.js";

export class Live {
  #settings;
  #ledger;
  #rooms;
  #judging;
  #shelf;
  /** @type {Room} the one shown */
  #room;
  #teller;
  #alarm;
  /** @type {(() => void) | void} */
  #unwake;
  #destroyed = false;

  /** @param {Settings} settings */
  constructor(settings) {
    this.#settings = settings;
    this.#alarm = createAlarm(settings.timer, () => this.evaluate());
    this.#rooms = createRooms(settings.drafts);
    this.#ledger = createLedger(settings.tabs, (keys) => {
      if (this.#room.keys?.some((key) => keys.includes(key))) this.evaluate();
    });
    this.#judging = createJudging(settings, this.#ledger);
    this.#shelf = new Shelf(settings.preferences);
    try {
      this.#room = this.#enter(settings.conversation, settings.state);
      this.#refuseMisuse();
      this.#judging.look(this.#room);
      this.#teller = createTeller(this.#snapshot());
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
    return this.#teller.subscribe(assertFunction(listener, "listener"));
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
    const { id, words, code, time, where = this.#room.conversation.id } = checkedRefusal(refusal);
    if (words !== undefined) this.#giveBack(where, String(id), words);
    const room = this.#rooms.find(where);
    if (!room) throw fault("unknown-conversation", "refusal.conversationId", "it was not shown lately");
    const times = time(this.#judging.now);
    const closes = code === undefined || learn(room, { code, templateId: room.sentAs.get(assertString(id, "refusal.id")), atMs: this.#judging.now() });
    if (code !== undefined) room.error = troubleOf({ code, message: "the provider refused the message" }, "send-refused");
    if (closes) this.#ledger.note({ id: assertString(id, "refusal.id"), log: "refused", kind: "session-message", ...times }, room.conversation);
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
    this.#rooms.keepDraft(this.#room.conversation.id, assertString(draft, "draft"));
    this.#room.notice = undefined;
    this.#room.error = undefined;
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
    if (isDue(this.#room)) void release(this.#room, this.#rooms, this.#settings.sendText, () => this.#publish());
    this.#publish(true);
    this.#arm();
    return this.snapshot;
  }

  #arm() {
    const { view } = this.#room;
    const waits = view && !this.#destroyed ? [nextWakeMs(view.status, view.nowAtMs), untilDueMs(this.#room)] : [];
    this.#alarm(waits.filter((wait) => wait !== undefined));
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
      sent: (receipt, handedOverAtMs) => this.#sent(room, template, receipt, handedOverAtMs),
      closed: (atMs) => this.#ledger.note({ id: `${template.id}@${atMs}`, log: "refused", kind: "session-message", desktopAtMs: atMs }, room.conversation),
      changed: () => void this.evaluate(),
    });
  }

  /**
   * Evidence only where the channel limits messages without an answer. A text that waits for the answer waits no longer:
   * the template went in its place, and whether it is still to follow only the agent knows.
   *
   * @param {Room} room
   * @param {Template} template
   * @param {Receipt} receipt
   * @param {number} handedOverAtMs
   */
  #sent(room, template, receipt, handedOverAtMs) {
    room.queued = undefined;
    this.#shelf.used(template.id);
    if (typeof receipt?.id === "string") room.sentAs.set(receipt.id, template.id);
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
    return loadTemplates(room, this.#settings.templates, (templates) => this.#shelf.prepare(templates), () => {
      if (this.#destroyed) return;
      if (room.view) refreshOffer(room, room.view.nowAtMs);
      this.#publish();
    });
  }

  /** @param {Parameters<Shelf["search"]>[2]} [need] */
  search(need) {
    return this.#shelf.search(this.#room, this.#judging.now(), need);
  }

  /** @param {readonly Template[]} [templates] */
  rescue(templates) {
    return this.#shelf.rescue(this.#room, this.#judging.now(), templates);
  }

  /**
   * @param {string} id
   * @param {boolean} isLiked
   */
  favour(id, isLiked) {
    this.#shelf.favour(assertString(id, "id"), isLiked);
    this.#publish();
  }

  // ---- free text

  /** @param {{ text?: string, attachments?: Attachment[] }} message */
  check(message) {
    const { provider } = this.#settings;
    return persistently(() => checkSessionMessage({ channel: this.#room.conversation.channel, provider, ...message }));
  }

  /** @param {boolean} isWanted */
  queueDraft(isWanted) {
    const room = this.#room;
    room.queued = isWanted && queueOf(room, this.#settings.sendText !== undefined) === "offered" ? room.draft : undefined;
    room.dueAtMs = undefined;
    this.evaluate();
  }

  // ---- telling

  #snapshot() {
    return snapshotOf(this.#room, this.#shelf.preferences, queueOf(this.#room, this.#settings.sendText !== undefined));
  }

  /** @param {boolean} [timePassed] whether the time left counts as a change */
  #publish(timePassed = false) {
    if (!this.#destroyed) this.#teller.tell(this.#snapshot(), timePassed);
  }

  destroy() {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.#arm();
    this.#unwake?.();
    this.#ledger.close();
    this.#shelf.close();
    this.#teller.close();
  }
}
