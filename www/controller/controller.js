// @ts-check
/**
 * The controller: clock, evidence, drafts and sends of the conversation that is shown. It knows no page and no
 * platform; what may be sent it asks the engine, at the instant at which it matters.
 */
/** @import { Draft, Template, Verdict, WindowState } from "../../src/wire/types.d.ts" */
/** @import { Controller, ControllerOptions, Conversation, Evidence, Listener, Receipt, Refusal, Snapshot } from "./port.js" */
/** @import { Room, View } from "./rooms.js" */
import { fault, fun, options as optionsOf, plainList, plainObject, text, toMs, truth } from "../engine/check.js";
import { ReplyWindowError } from "../engine/errors.js";
import { judge, policyFor } from "../engine/session.js";
import { fillTemplate } from "../engine/template.js";
import { memoryDrafts, withReturned } from "./drafts.js";
import { loadTemplates, outgoing, refreshOffer } from "./offer.js";
import { checkedConversation, createRooms, deepFrozen } from "./rooms.js";
import { nextWakeMs, remainingMs } from "./schedule.js";
import { openTabs } from "./tabs.js";
import { createTeller } from "./teller.js";
import { isEngineFailure, persistently, providerCodeOf, troubleOf } from "./trouble.js";
import { byWindow, createWindows, keysOf } from "./windows.js";

const OPTIONS = /** @type {const} */ ([
  "conversation", "state", "policy", "strict", "observedSince", "templates", "now", "send", "drafts", "tabs", "wake", "timer",
]);
const EMPTY = deepFrozen({ version: /** @type {const} */ (1), customer: [], refused: [], sent: [] });
/** Template refusals remembered for one conversation. */
const MOST_REFUSALS = 32;

/**
 * @param {ControllerOptions} options
 * @returns {Controller}
 * @throws {ReplyWindowError} `wrong-type`, `unknown-field`, … for the options; never for an engine that does not start:
 *   that stands in `snapshot.error`
 * @example
 * const controller = createController({
 *   conversation: { id: "42", business: "+14155238886", customer: { phone: "+491701234567" } },
 *   send: (message) => desktop.send(message),
 * });
 * controller.subscribe(({ status }) => show(status.kind));
 */
export function createController(options) {
  const live = new Live(checked(options));
  return Object.freeze({
    get snapshot() {
      return live.snapshot;
    },
    subscribe: live.subscribe.bind(live),
    judge: live.judge.bind(live),
    record: live.record.bind(live),
    merge: live.merge.bind(live),
    refused: live.refused.bind(live),
    setDraft: live.setDraft.bind(live),
    setConversation: live.setConversation.bind(live),
    fill: fillTemplate,
    sendTemplate: live.sendTemplate.bind(live),
    reloadTemplates: live.reloadTemplates.bind(live),
    evaluate: live.evaluate.bind(live),
    destroy: live.destroy.bind(live),
  });
}

/**
 * @param {unknown} given
 */
function checked(given) {
  const { drafts = memoryDrafts(), now = () => Date.now(), timer = TIMER, ...found } = optionsOf(given, OPTIONS);
  if (found.tabs !== undefined) text(found.tabs, "tabs");
  if (found.wake !== undefined) fun(found.wake, "wake");
  if (found.policy !== undefined) plainObject(found.policy, "policy");
  if (found.observedSince !== undefined) toMs(found.observedSince, "observedSince");
  if (found.templates !== undefined && typeof found.templates !== "function" && !Array.isArray(found.templates)) {
    throw fault("wrong-type", "templates", "expected an array or a function");
  }
  const strict = truth(found.strict ?? false, "strict");
  return /** @type {const} */ ({
    ...found, strict, drafts, timer, now: fun(now, "now"), send: fun(found.send, "send"),
  });
}

/** @type {import("./port.js").Timer} */
const TIMER = { set: (callback, ms) => setTimeout(callback, ms), clear: (id) => clearTimeout(id) };

class Live {
  #options;
  #windows = createWindows();
  #rooms;
  /** @type {Room} */
  #room;
  #tabs;
  /** @type {import("./teller.js").Teller} */
  #teller;
  /** @type {unknown} */
  #alarm;
  /** @type {(() => void) | void} */
  #unwake;
  #destroyed = false;

  /** @param {ReturnType<typeof checked>} options */
  constructor(options) {
    this.#options = options;
    this.#rooms = createRooms(options.drafts);
    this.#room = this.#enter(options.conversation, options.state);
    this.#look();
    this.#teller = createTeller(this.#build());
    this.#arm();
    this.#tabs = openTabs(options.tabs, {
      told: (keys, state) => this.#told(keys, state),
      known: (keys) => this.#windows.read(keys),
    });
    this.#askTabs();
    this.#load(this.#room);
    this.#unwake = options.wake?.(() => this.evaluate());
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
    const list = plainList(Array.isArray(evidence) ? evidence : [evidence], "events");
    /** @type {unknown[]} */
    const errors = [];
    for (const event of list) {
      try {
        plainObject(event, "event");
        for (const group of byWindow([event], this.#room.conversation)) this.#fold(group.keys, group.evidence);
      } catch (error) {
        errors.push(error);
      }
    }
    this.evaluate();
    // The others were recorded: one bad event does not lose the good ones.
    if (errors.length > 0) throw errors[0];
  }

  /** @param {WindowState} state */
  merge(state) {
    if (this.#destroyed) return;
    const keys = this.#keys(this.#room);
    this.#tabs.tell(keys, persistently(() => this.#windows.merge(keys, state)));
    this.evaluate();
  }

  /** @param {Refusal} refusal */
  refused(refusal) {
    if (this.#destroyed) return;
    const { id, at, text: returned, conversationId } = optionsOf(refusal, ["id", "at", "text", "conversationId"], "refusal");
    const where = conversationId === undefined ? this.#room.conversation.id : text(conversationId, "refusal.conversationId");
    const room = this.#rooms.find(where);
    text(id, "refusal.id");
    // Whatever else is wrong with the refusal, the agent's words come back first.
    if (returned !== undefined && !room?.returned.has(id)) {
      this.#rooms.keepDraft(where, withReturned(this.#rooms.draftOf(where), text(returned, "refusal.text")));
      room?.returned.add(id);
      this.#publish();
    }
    if (!room) throw fault("unknown-conversation", "refusal.conversationId", "no such conversation was shown");
    const time = at === undefined ? { desktopAtMs: this.#now() } : { providerAtMs: toMs(at, "refusal.at") };
    const record = { id, log: /** @type {const} */ ("refused"), kind: /** @type {const} */ ("session-message"), ...time };
    for (const { keys, evidence } of byWindow([record], room.conversation)) this.#fold(keys, evidence);
    this.evaluate();
  }

  /**
   * @param {readonly string[]} keys
   * @param {readonly Evidence[]} evidence
   */
  #fold(keys, evidence) {
    this.#tabs.tell(keys, persistently(() => this.#windows.fold(keys, evidence)));
  }

  /**
   * @param {string[]} keys
   * @param {WindowState} state
   */
  #told(keys, state) {
    if (this.#destroyed) return;
    try {
      this.#windows.merge(keys, state);
    } catch {
      return; // of another version, or no state at all: as if it had not been said
    }
    if (this.#room.keys?.some((key) => keys.includes(key))) this.evaluate();
  }

  #askTabs() {
    if (this.#room.keys) this.#tabs.ask(this.#room.keys);
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
    if (this.#room.offer.kind === "failed" || (this.#room.templates === undefined && !this.#room.load)) this.#load(this.#room);
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
      if (copy !== undefined) persistently(() => this.#windows.merge(keys, copy));
      return this.#rooms.open(conversation, keys);
    } catch (error) {
      if (!isEngineFailure(error)) throw error;
      const room = this.#rooms.open(conversation);
      if (copy !== undefined) room.pending.push(copy);
      return room;
    }
  }

  /** @param {Room} room */
  #keys(room) {
    const keys = (room.keys ??= persistently(() => keysOf(room.conversation)));
    for (const state of room.pending) this.#windows.merge(keys, state);
    room.pending = [];
    return keys;
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
    const asked = plainObject(draft, "draft");
    if (!this.#destroyed) this.#look();
    const { verdict } = this.#ask(this.#room, asked, this.#now());
    if (!this.#destroyed) {
      this.#publish();
      this.#arm();
    }
    return verdict;
  }

  evaluate() {
    if (this.#destroyed) return this.snapshot;
    this.#look();
    this.#publish(true);
    this.#arm();
    return this.snapshot;
  }

  /** A corrected clock may well give fractions. */
  #now() {
    return toMs(Math.floor(this.#options.now()), "now");
  }

  /**
   * @param {Room} room
   * @param {Draft} draft
   * @param {number} nowAtMs
   */
  #ask(room, draft, nowAtMs) {
    const { policy, observedSince, strict } = this.#options;
    const channel = room.conversation.channel ?? "whatsapp";
    const state = this.#windows.read(this.#keys(room)) ?? EMPTY;
    return persistently(() => judge(state, draft, { policy, channel, observedSince, strict, now: nowAtMs }));
  }

  /** Derives everything from the evidence and the clock. */
  #look() {
    const room = this.#room;
    const before = room.view;
    const view = this.#view(room);
    room.view = before && same(before, view) ? { ...before, nowAtMs: view.nowAtMs } : view;
    const isOpen = view.status.kind === "open" || view.status.kind === "closing";
    if (!isOpen) room.notice = undefined;
    else if (before?.status.kind === "closed") room.notice = "reopened";
    if (!view.trouble) refreshOffer(room, view.nowAtMs);
  }

  /**
   * @param {Room} room
   * @returns {View}
   */
  #view(room) {
    try {
      const nowAtMs = this.#now();
      return deepFrozen({ ...this.#ask(room, { kind: "text" }, nowAtMs), nowAtMs });
    } catch (error) {
      // Nothing can be said of the window. That does not lock the desktop's own box, unless it is to be strict.
      const verdict = { kind: this.#options.strict ? "blocked" : "confirm", reason: "window-unknown" };
      const status = { kind: "unknown", reason: "no-evidence", ignored: [] };
      const trouble = troubleOf(error, "engine-failed");
      return deepFrozen(/** @type {View} */ ({ status, verdict, nowAtMs: Date.now(), trouble }));
    }
  }

  /** One timer, for the next instant at which something changes by itself. */
  #arm() {
    const { timer } = this.#options;
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
    if (room.sending) throw new ReplyWindowError("send-in-progress", "a template is being sent already");
    room.error = undefined;
    room.notice = undefined;
    try {
      const nowAtMs = this.#now();
      const message = this.#message(room, template, values, nowAtMs);
      room.sending = true;
      this.#publish();
      const receipt = await this.#options.send(message);
      this.#sent(room, receipt, nowAtMs);
      return receipt;
    } catch (error) {
      throw this.#sendFailed(room, template, error);
    } finally {
      room.sending = false;
      this.evaluate();
    }
  }

  /**
   * @param {Room} room
   * @param {Template} template
   * @param {Readonly<Record<string, string>>} values
   * @param {number} nowAtMs
   */
  #message(room, template, values, nowAtMs) {
    this.#look();
    const { verdict } = this.#ask(room, { kind: "template" }, nowAtMs);
    if (verdict.kind !== "allowed" && verdict.kind !== "paid") {
      throw new ReplyWindowError("template-not-allowed", `a template may not be sent now: ${verdict.reason}`);
    }
    return Object.freeze(outgoing(room, template, values, nowAtMs));
  }

  /**
   * Kept as evidence only where the channel limits messages without an answer.
   *
   * @param {Room} room
   * @param {Receipt} receipt
   * @param {number} handedOverAtMs
   */
  #sent(room, receipt, handedOverAtMs) {
    const { policy = policyFor(room.conversation.channel) } = this.#options;
    if (this.#destroyed || policy.maxUnanswered === undefined || typeof receipt?.id !== "string") return;
    const providerAtMs = Number.isInteger(receipt.atMs) ? receipt.atMs : handedOverAtMs;
    const record = { id: receipt.id, log: "sent", kind: "template-message", providerAtMs };
    const [group] = byWindow([/** @type {Evidence} */ (record)], room.conversation);
    this.#fold(group.keys, group.evidence);
  }

  /**
   * @param {Room} room
   * @param {Template} template
   * @param {unknown} error
   */
  #sendFailed(room, template, error) {
    const code = providerCodeOf(error);
    if (code !== undefined) {
      room.refusals = [...room.refusals, { id: template.id, code, atMs: this.#now() }].slice(-MOST_REFUSALS);
    }
    room.error = troubleOf(error, code === undefined ? "send-failed" : "send-refused");
    if (error instanceof ReplyWindowError) return error;
    return new ReplyWindowError(room.error.code, room.error.message, { cause: error });
  }

  /** @returns {Promise<void>} */
  reloadTemplates() {
    return this.#destroyed ? Promise.resolve() : this.#load(this.#room);
  }

  /** @param {Room} room */
  #load(room) {
    return loadTemplates(room, this.#options.templates, () => {
      if (this.#destroyed) return;
      refreshOffer(room, room.view?.nowAtMs ?? 0);
      if (room === this.#room) this.#publish();
    });
  }

  // ---- telling

  /** @param {boolean} [timePassed] whether the time left counts as a change */
  #publish(timePassed = false) {
    if (!this.#destroyed) this.#teller.tell(this.#build(), timePassed);
  }

  /** @returns {Snapshot} */
  #build() {
    const { conversation, view, draft, offer, sending, notice } = this.#room;
    const { status, verdict, nowAtMs, trouble } = /** @type {View} */ (view);
    const left = remainingMs(status, nowAtMs);
    const error = trouble ?? this.#room.error;
    return Object.freeze({
      conversation, status, verdict, nowAtMs, draft, templates: offer, sending,
      ...(left === undefined ? {} : { remainingMs: left }),
      ...(error === undefined ? {} : { error }),
      ...(notice === undefined ? {} : { notice }),
    });
  }

  destroy() {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.#arm();
    this.#unwake?.();
    this.#tabs.close();
    this.#teller.close();
  }
}

/**
 * Whether two views say the same, so that the objects of the first may stay.
 *
 * @param {View} a
 * @param {View} b
 */
function same({ nowAtMs: _a, ...a }, { nowAtMs: _b, ...b }) {
  return JSON.stringify(a) === JSON.stringify(b);
}
