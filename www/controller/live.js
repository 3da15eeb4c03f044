// @ts-check
/** The controller's moving parts: what is shown, what is known of it, when to look again. */
/** @import { Draft, WindowState } from "../../src/wire/types.d.ts" */
/** @import { Settings } from "./settings.js" */
/** @import { Conversation } from "./conversation.js" */
/** @import { Confirmed, Conversation as ConversationInfo, Evidence, Listener, Refusal } from "./types.js" */
/** @import { MarketingRecord } from "./marketing.js" */
import { assertFunction } from "../engine/check.js";
import { plainObject } from "../engine/plain.js";
import { CheckedClock } from "./checked-clock.js";
import { createAlarm, nextWakeMs } from "./clock.js";
import { Conversations, checkedConversation } from "./conversations.js";
import { blindVerdict } from "../engine/fallback-verdict.js";
import { engineFailure, startWithoutWasm } from "./engine-choice.js";
import { blindReason, isEngineFailure, report, retryAfterCrash } from "./error-info.js";
import { FreeText } from "./free-text.js";
import { Evaluator } from "./evaluator.js";
import { createEvidence, instantOf } from "./evidence.js";
import { choosing } from "./fetch-choosing.js";
import { handOverText } from "./hand-over.js";
import { ofDesktop } from "./marketing.js";
import { takeRefusal } from "./late-refusal.js";
import { Later } from "./later.js";
import { createPublisher } from "./publisher.js";
import { checkedRefusal } from "./refusal.js";
import { snapshotOf } from "./snapshot.js";
import { Templates } from "./templates.js";
import { keysOf, sentIds } from "./windows.js";

export class Live {
  #settings;
  #evidence;
  #conversations;
  #evaluator;
  #clock;
  /** @type {Conversation} the one shown */
  #shown;
  #publisher;
  #alarm;
  /** @type {(() => void) | void} */
  #stopListening;
  #later = new Later();
  #destroyed = false;

  /** @param {Settings} settings */
  constructor(settings) {
    this.#settings = settings;
    this.#alarm = createAlarm(settings.timer, () => this.evaluate());
    this.#clock = new CheckedClock({ ...settings, changed: () => void this.evaluate() });
    this.#conversations = new Conversations({
      drafts: settings.drafts, now: () => instantOf(this.#clock.now), changed: () => void this.evaluate(),
      tabs: settings.tabs === undefined || settings.agent === undefined ? undefined : `${settings.tabs} ${settings.agent}`,
    });
    this.#evidence = createEvidence({
      ...(settings.tabs !== undefined && { tabs: settings.tabs }), now: this.#clock.now,
      learnt: (keys) => this.#learnt(keys), suspect: () => this.#suspectClock(),
    });
    this.#evaluator = new Evaluator(settings, this.#evidence, this.#clock);
    const parts = {
      settings, evaluator: this.#evaluator, evidence: this.#evidence, shown: () => this.#shown,
      publish: () => this.#publish(), evaluate: () => void this.evaluate(), isDestroyed: () => this.#destroyed,
    };
    this.templates = new Templates(parts);
    this.texts = new FreeText({
      ...parts, templates: this.templates, conversations: this.#conversations, judge: () => this.judge(),
      note: (record) => this.#note(record, this.#shown.state.info),
    });
    let failure;
    try {
      this.#shown = this.#enter(settings.conversation, settings.state);
      failure = engineFailure(this.#evaluator.look(this.#shown)?.error);
      this.#publisher = createPublisher(this.#snapshot());
    } catch (error) {
      this.#evidence.close();
      this.#conversations.close();
      throw error;
    }
    this.#arm();
    this.#askTabs();
    this.templates.load(this.#shown);
    this.ready = startWithoutWasm(settings, failure, () => (this.evaluate(), this.templates.reloadTemplates()));
    this.#stopListening = settings.onResume?.(() => (this.#clock.resume(), void this.evaluate()));
    if (settings.askServer) this.#clock.check();
  }

  /** @param {number} atMs */
  serverTime(atMs) {
    if (!this.#destroyed) this.#clock.serverTime(atMs);
  }

  get snapshot() {
    return this.#publisher.latest;
  }

  /** @param {Listener} listener */
  subscribe(listener) {
    return this.#publisher.subscribe(assertFunction(listener, "listener"));
  }

  // ---- evidence

  /** Another tab knows more of windows. @param {readonly string[]} keys */
  #learnt(keys) {
    if (this.#shown.state.keys?.some((key) => keys.includes(key))) this.evaluate();
  }

  /** A message's stamp says that a clock is wrong. It moves none: the host asks its server anew. */
  #suspectClock() {
    if (this.#settings.askServer) this.#clock.check();
    try {
      this.#settings.onReport?.({ code: "clock-suspect" });
    } catch (error) {
      report(error);
    }
  }

  /** @param {Evidence | readonly Evidence[]} evidence */
  record(evidence) {
    if (this.#destroyed) return;
    // What follows the answer is for the agent to read.
    this.texts.holdQueued();
    const { id: where, state: { info } } = this.#shown;
    try {
      this.#later.do(() => {
        this.#evidence.record(evidence, info);
        for (const id of sentIds(evidence)) this.#conversations.remember(id, where);
      });
    } finally {
      this.evaluate();
    }
  }

  /** @param {WindowState} state @param {import("../engine/check.js").Time} [observedSince] @param {import("../../src/wire/types.d.ts").Policy} [policy] */
  merge(state, observedSince, policy) {
    if (this.#destroyed) return;
    this.#evaluator.observe(this.#shown, observedSince, policy);
    const [shown, copy] = [this.#shown, plainObject(state, "state")];
    this.#later.do(() => this.texts.mergeInto(this.#evidence, this.#evaluator.keys(shown), copy));
    this.evaluate();
  }

  /** @param {Refusal} refusal */
  refused(refusal) {
    if (this.#destroyed) return;
    const { where = this.#conversations.sendOf(refusal?.id)?.conversationId ?? this.#shown.id, time, ...checked } = checkedRefusal(refusal);
    /** @type {ReturnType<typeof time> | undefined} of when it was told, also where it is taken later */
    let times;
    const parts = { conversations: this.#conversations, evaluator: this.#evaluator, evidence: this.#evidence, templates: this.templates };
    try {
      this.#later.do(() => takeRefusal({ ...checked, time: (now) => (times ??= time(now)) }, where, parts));
    } finally {
      this.evaluate();
    }
  }

  #askTabs() {
    if (this.#shown.state.keys) this.#evidence.ask(this.#shown.state.keys);
  }

  /** @param {MarketingRecord | undefined} record @param {ConversationInfo} info */
  #note(record, info) {
    if (record) this.#evidence.note(record, info);
  }

  // ---- the conversation shown

  /**
   * @param {ConversationInfo} conversation
   * @param {WindowState} [state]
   */
  setConversation(conversation, state) {
    if (this.#destroyed) return;
    const left = this.#shown;
    this.#shown = this.#enter(conversation, state);
    if (left !== this.#shown) left.leave();
    this.evaluate();
    this.#askTabs();
    const { templates, load } = this.#shown.state;
    if (templates === undefined && !load) this.templates.load(this.#shown);
  }

  /**
   * @param {ConversationInfo} given
   * @param {WindowState | undefined} state
   * @returns {Conversation}
   */
  #enter(given, state) {
    const info = checkedConversation(given);
    const copy = state === undefined ? undefined : plainObject(state, "state");
    try {
      const keys = retryAfterCrash(() => keysOf(info));
      if (copy !== undefined) this.#evidence.merge(keys, copy);
      this.#note(ofDesktop(this.#conversations.infoOf(info.id), info, this.#evaluator.now()), info);
      return this.#conversations.open(info, keys);
    } catch (error) {
      if (!isEngineFailure(error)) throw error;
      const conversation = this.#conversations.open(info);
      if (copy !== undefined) conversation.addPending(copy);
      return conversation;
    }
  }

  /** Whether closing the page would lose something that was typed. */
  wouldLose() {
    return this.#conversations.wouldLose;
  }

  // ---- judging

  /**
   * @param {Draft} [draft]
   * @param {Confirmed} [confirmed]
   */
  judge(draft = { kind: "text" }, confirmed) {
    this.#later.catchUp();
    try {
      return this.#evaluator.verdictOf(this.#shown, draft, confirmed);
    } catch (error) {
      if (!isEngineFailure(error)) throw error;
      return blindVerdict(this.#settings.unknown, blindReason(error));
    } finally {
      this.#publish();
      this.#arm();
    }
  }

  evaluate() {
    if (this.#destroyed) return this.snapshot;
    this.#later.catchUp();
    this.#evaluator.look(this.#shown);
    const parts = choosing();
    if (parts?.isDue(this.#shown)) void parts.releaseQueued(this.#shown, this.#settings, () => this.#publish(), handOverText);
    this.#publish(true);
    this.#arm();
    return this.snapshot;
  }

  #arm() {
    const { view } = this.#shown.state;
    const waits = view && !this.#destroyed ? [nextWakeMs(view.status, view.nowAtMs), choosing()?.untilDueMs(this.#shown)] : [];
    this.#alarm(waits.filter((wait) => wait !== undefined));
  }

  // ---- publishing

  #snapshot() {
    return snapshotOf(this.#shown, this.templates.preferences, this.texts.queue, this.texts.directSend);
  }

  /** @param {boolean} [timePassed] whether the time left counts as a change */
  #publish(timePassed = false) {
    if (!this.#destroyed) this.#publisher.publish(this.#snapshot(), timePassed);
  }

  destroy() {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.#arm();
    this.#stopListening?.();
    this.#evidence.close();
    this.#conversations.close();
    this.templates.close();
    this.#publisher.close();
  }
}
