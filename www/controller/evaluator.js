// @ts-check
/** Asks the engine about a conversation: by the evidence there is, at the instant it is asked, once for each question. */
/** @import { Draft, Judgement, Policy, Unknown, Verdict, WindowState, WindowStatus } from "../../src/wire/types.d.ts" */
/** @import { Conversation } from "./conversation.js" */
/** @import { View } from "./conversation-state.js" */
/** @import { CheckedClock } from "./checked-clock.js" */
/** @import { EvidenceBook } from "./evidence.js" */
/** @import { Confirmed } from "./types.js" */
/** @import { Settings } from "./settings.js" */
import { toMs } from "../engine/check.js";
import { judge } from "../engine/session.js";
import { blindVerdict, stopped } from "../engine/fallback-verdict.js";
import { blindReason, errorInfo, report, retryAfterCrash } from "./error-info.js";
import { choosing } from "./fetch-choosing.js";
import { deepFrozen } from "./frozen.js";
import { meaningOf } from "./refusal.js";
import { rulingIn, withRuling } from "./ruling.js";
import { keysOf } from "./windows.js";

/** @type {WindowState} */
const EMPTY = { version: 1, customer: [], refused: [], sent: [] };

export class Evaluator {
  #settings;
  #evidence;
  #clock;
  /** Off for good once the provider has said so. */
  #directSend;
  /** Whole ms since 1970, by the corrected clock. */
  now;

  /** Since when somebody saw everything, where it was told of a conversation. @type {WeakMap<Conversation, number>} */
  #observed = new WeakMap();

  /** What rules a server judges a conversation by, where they are its own. @type {WeakMap<Conversation, Policy>} */
  #policies = new WeakMap();

  /**
   * @param {Settings} settings
   * @param {EvidenceBook} evidence
   * @param {CheckedClock} clock
   */
  constructor(settings, evidence, clock) {
    this.#settings = settings;
    this.#evidence = evidence;
    this.#directSend = settings.directSend;
    this.now = clock.now;
    this.#clock = clock;
  }

  /** The keys of its window, once the engine has made them. @param {Conversation} conversation */
  keys(conversation) {
    const keys = conversation.state.keys ?? retryAfterCrash(() => keysOf(conversation.state.info));
    if (keys !== conversation.state.keys) conversation.setKeys(keys);
    for (const state of conversation.takePending()) this.#evidence.merge(keys, state);
    return keys;
  }

  /**
   * @param {Conversation} conversation
   * @param {Draft} draft
   * @param {number} nowAtMs
   * @param {string} [confirmed]
   * @returns {Judgement}
   */
  #ask(conversation, draft, nowAtMs, confirmed) {
    const { unknown, tags, owner } = this.#settings;
    const policy = this.policyOf(conversation);
    const observedSince = this.#observed.get(conversation) ?? this.#settings.observedSince;
    const rules = policy === undefined ? { channel: conversation.state.info.channel ?? "whatsapp" } : { policy };
    const keys = this.keys(conversation);
    const [state, told] = [this.#evidence.read(keys) ?? EMPTY, this.#evidence.told(keys)];
    const sender = { unknown, tags, owner, directSend: this.#directSend, serviceMessagesThisMonth: this.#counted(conversation) };
    const { ruling: last } = conversation.state;
    const ruling = draft.kind !== "text" || last && confirmed === last.verdict.reason ? undefined : last;
    const own = retryAfterCrash(() => judge(state, draft, { ...rules, ...sender, told, confirmed, observedSince, now: nowAtMs, ruling: rulingIn(ruling) }));
    const ruled = withRuling(own, ruling);
    // Nobody knows what time it is: nothing free-form leaves, and the composer stays.
    const isHeld = this.#clock.state === "checking" && draft.kind === "text" && ruled.verdict.leaves !== "no";
    return isHeld ? { ...ruled, verdict: { ...stopped("clock-checking"), alternatives: ruled.verdict.alternatives } } : ruled;
  }

  /** A server saw all of this conversation's window since then, and judges it so. @param {Conversation} conversation @param {import("../engine/check.js").Time} [observedSince] @param {Policy} [policy] */
  observe(conversation, observedSince, policy) {
    if (observedSince !== undefined) this.#observed.set(conversation, toMs(observedSince, "observedSince"));
    if (policy) this.#policies.set(conversation, policy);
  }

  /** The rules that somebody gave: the page, or else a server. @param {Conversation} conversation @returns {Policy | undefined} */
  policyOf(conversation) {
    return this.#settings.policy ?? this.#policies.get(conversation);
  }

  /** The host's own count; where that fails, none. @param {Conversation} conversation */
  #counted({ state: { info } }) {
    const { serviceMessagesThisMonth: count } = this.#settings;
    try {
      const found = typeof count === "function" ? count(info) : count;
      return Number.isInteger(found) && Number(found) >= 0 ? found : undefined;
    } catch (error) {
      report(error);
      return undefined;
    }
  }

  /** What a provider's code means; what it says of all conversations is learnt. @param {number} code */
  refusalMeaning(code) {
    const meaning = meaningOf(code);
    if (meaning.directSend === "stops") this.#directSend = false;
    return meaning;
  }

  /**
   * Brings what is shown of a conversation up to date. Nothing that goes wrong is thrown: then the view is blind.
   *
   * @param {Conversation} conversation
   * @returns {{ error: unknown } | undefined} what went wrong
   */
  look(conversation) {
    try {
      const nowAtMs = this.#clock.sureNow();
      conversation.setView(deepFrozen({ ...this.#ask(conversation, { kind: "text" }, nowAtMs), nowAtMs, ...(this.#clock.state !== "checked" && { clock: this.#clock.state }) }));
      choosing()?.refreshAvailable(conversation, nowAtMs);
      return undefined;
    } catch (error) {
      conversation.setView(blindView(error, this.#settings.unknown));
      return { error };
    }
  }

  /**
   * Judges a draft now. What is shown is looked at anew where it could differ: for free text that is the same question.
   *
   * @param {Conversation} conversation
   * @param {Draft} draft
   * @param {Confirmed} [confirmed]
   * @returns {Verdict}
   * @throws where the engine does not answer
   */
  verdictOf(conversation, draft, confirmed) {
    const reason = conversation.confirmedReason(confirmed);
    if (draft.kind === "text" && reason === undefined) {
      const failure = this.look(conversation);
      if (failure) throw failure.error;
      return /** @type {View} */ (conversation.state.view).verdict;
    }
    const { status, verdict } = this.#ask(conversation, draft, this.now(), reason);
    const { view } = conversation.state;
    const isNews = view?.status.kind !== status.kind || view.status.reason !== status.reason || view.verdict.locksComposer !== verdict.locksComposer;
    if (isNews) this.look(conversation);
    return verdict;
  }
}

/** @param {unknown} error @param {Unknown} unknown @returns {View} */
function blindView(error, unknown) {
  /** @type {WindowStatus} */
  const status = { kind: "unknown", reason: "no-evidence", isOpen: false, ignored: [] };
  return deepFrozen({ status, verdict: blindVerdict(unknown, blindReason(error)), nowAtMs: Date.now(), error: errorInfo(error, "engine-failed") });
}
