// @ts-check
/** The controller's moving parts: what is shown, what is known of it, when to look again. */
/** @import { Draft, Template, WindowState } from "../../src/wire/types.d.ts" */
/** @import { Settings } from "./settings.js" */
/** @import { Conversation } from "./conversation.js" */
/** @import { TemplateSearch } from "./template-search.js" */
/** @import { Confirmed, Conversation as ConversationInfo, Evidence, FoundTemplates, Listener, Receipt, Refusal, DraftTemplate, TemplateNeed } from "./types.js" */
/** @import { MarketingRecord } from "./marketing.js" */
import { assertFunction, assertString } from "../engine/check.js";
import { plainObject } from "../engine/plain.js";
import { ReplyWindowError } from "../engine/errors.js";
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
import { AgentPreferences } from "./preferences.js";
import { createPublisher } from "./publisher.js";
import { checkedRefusal } from "./refusal.js";
import { Sender } from "./sending.js";
import { snapshotOf } from "./snapshot.js";
import { loadTemplates } from "./template-list.js";
import { keysOf, sentIds } from "./windows.js";

export class Live {
  #settings;
  #evidence;
  #conversations;
  #evaluator;
  #clock;
  #agent;
  /** @type {TemplateSearch | undefined} */
  #search;
  #sender;
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
      ...(settings.tabs !== undefined && { tabs: settings.tabs }),
      now: this.#clock.now,
      learnt: (keys) => {
        if (this.#shown.state.keys?.some((key) => keys.includes(key))) this.evaluate();
      },
      suspect: () => this.#suspectClock(),
    });
    this.#evaluator = new Evaluator(settings, this.#evidence, this.#clock);
    this.#agent = new AgentPreferences(settings.preferences);
    this.#sender = new Sender({ settings, evaluator: this.#evaluator, evidence: this.#evidence, agent: this.#agent, changed: () => void this.evaluate() });
    this.texts = new FreeText({
      settings, evaluator: this.#evaluator, sender: this.#sender, conversations: this.#conversations, shown: () => this.#shown, judge: () => this.judge(),
      publish: () => this.#publish(), evaluate: () => void this.evaluate(), isDestroyed: () => this.#destroyed, note: (record) => this.#note(record, this.#shown.state.info),
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
    this.#load(this.#shown);
    this.ready = startWithoutWasm(settings, failure, () => (this.evaluate(), this.reloadTemplates()));
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
    const parts = { conversations: this.#conversations, evaluator: this.#evaluator, evidence: this.#evidence, sender: this.#sender };
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
    if (templates === undefined && !load) this.#load(this.#shown);
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

  // ---- templates

  /**
   * @param {Template} template
   * @param {Readonly<Record<string, string>>} values
   * @returns {Promise<Receipt>}
   */
  async sendTemplate(template, values) {
    if (this.#destroyed) throw new ReplyWindowError("destroyed", "this controller was destroyed");
    return this.#sender.sendTemplate(this.#shown, template, values);
  }

  /** @returns {Promise<void>} */
  reloadTemplates() {
    return this.#destroyed ? Promise.resolve() : this.#load(this.#shown);
  }

  /** @param {Conversation} conversation */
  #load(conversation) {
    return loadTemplates(conversation, this.#settings, (templates) => this.#searching?.prepare(templates), () => {
      if (this.#destroyed) return;
      const { view } = conversation.state;
      if (view) choosing()?.refreshAvailable(conversation, view.nowAtMs);
      this.#publish();
    });
  }

  get #searching() {
    const parts = choosing();
    return parts && (this.#search ??= new parts.TemplateSearch(this.#agent));
  }

  /** @param {TemplateNeed} [need] @returns {FoundTemplates} */
  search(need) {
    return this.#searching?.search(this.#shown, this.#evaluator.now(), need) ?? { items: [], total: 0, languages: [] };
  }

  /** @param {readonly Template[]} [templates] @returns {DraftTemplate[]} */
  templatesForDraft(templates) {
    return this.#searching?.forDraft(this.#shown, this.#evaluator.now(), templates) ?? [];
  }

  /**
   * @param {string} id
   * @param {boolean} isLiked
   */
  setFavourite(id, isLiked) {
    this.#agent.setFavourite(assertString(id, "id"), isLiked);
    this.#publish();
  }

  // ---- publishing

  #snapshot() {
    return snapshotOf(this.#shown, this.#agent.preferences, this.texts.queue, this.texts.directSend);
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
    this.#search?.close();
    this.#publisher.close();
  }
}
