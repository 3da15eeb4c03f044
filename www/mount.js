// @ts-check
/**
 * The short way in: controller, element, adapter and wake-up calls, wired.
 *
 * ```js
 * const handle = mount(document.querySelector("#composer"), { conversation, templates, onSend });
 * ```
 *
 * @import { Draft, Verdict } from "../src/wire/types.d.ts"
 * @import { Composer, ComposerAdapter } from "./adapters/dom/index.js"
 * @import { Adapter, AdapterHost } from "./controller/adapter-port.js"
 * @import { WindowService } from "./client/client.js"
 * @import { Confirmed, Controller, ControllerOptions, Conversation, Evidence, OutgoingTemplate, Refusal, SendAnswer, Snapshot } from "./controller/types.js"
 */
import { domComposer } from "./adapters/dom/index.js";
import { createController } from "./controller/controller.js";
import { ReplyWindowElement } from "./elements/reply-window.js";
import { onResume } from "./elements/resume.js";
import { fault, kindOf } from "./engine/fault.js";

export { sessionDrafts } from "./controller/session-drafts.js";

/**
 * @typedef {object} View
 * @property {Adapter} [adapter] the desktop; without one the element is all there is
 * @property {Composer} [composer] the desktop's own composer, described, where no adapter knows it: it is locked while the window is closed
 * @property {string} [locale] BCP 47
 * @property {"light" | "dark" | "auto"} [theme]
 * @property {string} [numberingSystem]
 * @property {string} [timeZone] IANA
 * @property {boolean} [compact]
 * @property {ReplyWindowElement["strings"]} [strings]
 * @property {(message: OutgoingTemplate) => Promise<SendAnswer> | SendAnswer} [onSend] default: the adapter's own `send`
 */
/** @typedef {Omit<ControllerOptions, "send"> & View & { service?: Pick<WindowService, "follow" | "askServer" | "resume"> & Partial<Pick<WindowService, "time" | "counting">> }} MountOptions `service`: the window service tells how the window stands, and the time */
/** @typedef {ReturnType<typeof mount>} Handle */

/** What of the options is of the view alone, and the element's attribute for it. */
const ATTRIBUTES = /** @type {const} */ ({ locale: "locale", theme: "theme", numberingSystem: "numbering-system", timeZone: "time-zone", compact: "compact" });

/** @param {MountOptions} options */
function createElement({ strings, adapter, ...view }, /** @type {Controller} */ controller) {
  ReplyWindowElement.define();
  const element = /** @type {ReplyWindowElement} */ (document.createElement("reply-window"));
  for (const name of /** @type {(keyof typeof ATTRIBUTES)[]} */ (Object.keys(ATTRIBUTES))) {
    const value = view[name];
    if (value !== undefined && value !== null && value !== false) element.setAttribute(ATTRIBUTES[name], value === true ? "" : value);
  }
  element.strings = strings;
  if (adapter) element.capabilities = adapter.capabilities;
  element.controller = controller;
  return element;
}

/**
 * What the adapter may ask and tell.
 *
 * @param {Adapter} adapter
 * @param {Controller} controller
 * @param {ReplyWindowElement} element
 * @returns {AdapterHost}
 */
function hostOf(adapter, controller, element) {
  const { judge, record, hear, doubt, beginText, settleText, setFiles: files } = controller;
  /** Never over what is being written; files have no text. @param {string} text */
  const keep = (text) => void (text && !controller.snapshot.draft && controller.setDraft(text));
  return {
    judge, record, hear, doubt, beginText, settleText, files,
    endsWithin: (ms) => {
      const { verdict, nowAtMs } = controller.evaluate();
      return verdict.validUntilAtMs !== undefined && verdict.validUntilAtMs - nowAtMs <= ms;
    },
    check: (message) => {
      const found = controller.check(message);
      element.checked(found);
      return found;
    },
    blocked: (attempt) => (keep(attempt.text), element.blocked(attempt)),
    ask: (attempt) => {
      keep(attempt.text);
      const typing = adapter.isTyping();
      if (!controller.askToSend(attempt)) element.blocked(attempt);
      else if (typing) element.focus();
    },
    // What was put into the box from here was not written by the agent.
    draft: (text) => void (text !== controller.snapshot.draft && controller.setDraft(text)),
    placed: (state) => {
      if (state === element.composer) element.isPlaced = true;
    },
  };
}

/**
 * Joins the desktop's composer to the element. While it is locked the panel stands in its place.
 *
 * @param {Adapter} adapter
 * @param {Controller} controller
 * @param {ReplyWindowElement} element
 * @param {import("./client/counting.js").Counting} [counting]
 * @returns {() => void} gives the composer back
 */
function join(adapter, controller, element, counting) {
  const end = new AbortController();
  const host = hostOf(adapter, controller, element);
  const disconnect = adapter.connect(counting?.host(host) ?? host);
  /** @type {string | undefined} */
  let told;
  const place = () => {
    const typing = adapter.isTyping();
    told = element.composer;
    element.isPlaced = adapter.setComposer(element.composer, element) !== false;
    // Into a hidden box, too: what an adapter puts back into an empty one would take the place of what is kept.
    if (controller.snapshot.draft && !adapter.getDraft()) adapter.setDraft(controller.snapshot.draft);
    // An adapter may wait for the agent's hands; then it is still being typed in, and the adapter moves the focus itself.
    if (element.composer === "closed" && typing && !adapter.isTyping()) element.focus();
  };
  const focus = () => adapter.focusComposer();
  // More than once, and not by events alone: `document.open()` takes away what listens in its document.
  const listen = () => {
    element.addEventListener("composer-change", place, { signal: end.signal });
    element.addEventListener("composer-focus", focus, { signal: end.signal });
    if (told !== undefined && told !== element.composer && !end.signal.aborted) place();
  };
  listen();
  const unsubscribe = controller.subscribe(({ draft }, previous) => {
    queueMicrotask(listen);
    if (draft !== previous.draft && draft !== adapter.getDraft()) adapter.setDraft(draft);
  });
  if (adapter.getDraft()) controller.setDraft(adapter.getDraft());
  place();
  return () => {
    end.abort();
    unsubscribe();
    adapter.setComposer("open", element);
    disconnect();
  };
}

/** While something would be lost, and no longer: a page with such a listener is kept in no cache. @param {Controller} controller @param {ReplyWindowElement} element */
function askBeforeUnload(controller, element) {
  const wouldLose = () => controller.wouldLose() || element.wouldLose;
  const ask = (/** @type {Event} */ event) => wouldLose() && event.preventDefault();
  const follow = () => (wouldLose() ? addEventListener : removeEventListener)("beforeunload", ask);
  const unsubscribe = controller.subscribe(follow);
  for (const type of ["input", "template-sent"]) element.addEventListener(type, follow);
  follow();
  return () => {
    unsubscribe();
    removeEventListener("beforeunload", ask);
  };
}

/** What the service knows of the window that is shown, and of the time, also where it answered too late to be waited for. @param {MountOptions["service"]} service @param {Controller} controller @param {ControllerOptions["conversation"]} first */
function followBy(service, controller, first) {
  const setClock = () => {
    const there = controller.snapshot.clock?.startsWith("un") && service?.time?.();
    if (there) controller.serverTime(there.atMs + there.boundMs);
  };
  if (service) controller.subscribe(setClock);
  const follow = (/** @type {ControllerOptions["conversation"]} */ conversation) => service?.follow(conversation, ({ state, observedSinceAtMs, policy }) => (setClock(), controller.merge(state, observedSinceAtMs, policy)));
  let leave = follow(first);
  return {
    /** What is told of the window before must not reach the next one. @param {ControllerOptions["conversation"]} [next] @param {() => void} [enter] */
    turn(next, enter) {
      leave?.();
      leave = undefined;
      enter?.();
      leave = next && follow(next);
    },
  };
}

/** Where there is a service, it tells the time and is asked anew when the page wakes up. @param {MountOptions["service"]} service @returns {Pick<ControllerOptions, "onResume" | "askServer">} */
const timeBy = (service) => service ? { askServer: service.askServer, onResume: (callback) => onResume(() => (service.resume(), callback())) } : { onResume };

/** @param {Controller} controller @returns {Promise<undefined>} */
const templatesRead = (controller) => new Promise((resolve) => {
  if (controller.snapshot.templates.kind !== "loading") return resolve(undefined);
  const unsubscribe = controller.subscribe(({ templates }) => {
    if (templates.kind === "loading") return;
    unsubscribe();
    resolve(undefined);
  });
});

/** Where a reply window stands. @type {WeakSet<Element>} */
const taken = new WeakSet();

/** @param {ReplyWindowElement} element @param {Element | null} target @returns {() => void} takes it away again */
function put(element, target) {
  target?.append(element);
  if (target) taken.add(target);
  return () => {
    element.remove();
    if (target) taken.delete(target);
  };
}

/** @param {unknown} value @param {string} name */
function assertObject(value, name) {
  if (value === undefined) throw fault("missing-field", name, "required");
  if (typeof value !== "object" || value === null) throw fault("wrong-type", name, `expected an object, got ${kindOf(value)}`);
}

/**
 * Misuse is told at once, to the developer, and not when an agent first sends.
 *
 * @param {unknown} target
 * @param {MountOptions} options
 */
function refuseMisuse(target, { adapter, composer, templates, onSend }) {
  if (!target && !adapter && !composer) throw fault("missing-field", "target", "not found: give an element, an adapter or a composer");
  if (target && !(/** @type {any} */ (target).append)) throw fault("wrong-type", "target", "no element; a selector is not looked up: hand in `document.querySelector(…)`");
  if (target && taken.has(/** @type {Element} */ (target))) throw fault("already-mounted", "target", "it has a reply window: destroy() that first");
  if (templates !== undefined && !onSend && !(/** @type {any} */ (adapter)?.send)) throw fault("missing-field", "onSend", "templates need it, or an adapter that sends");
}

/**
 * The adapter that was given, or one for the composer that was described.
 *
 * @param {MountOptions} options
 * @returns {{ adapter?: Adapter, guard: ComposerAdapter["guard"] }}
 */
function adapterOf({ adapter, composer }) {
  if (adapter && composer) throw fault("conflicting-fields", "composer", "either an adapter or a composer");
  if (composer) {
    const dom = domComposer(composer);
    return { adapter: dom, guard: dom.guard };
  }
  return { ...adapter && { adapter }, guard: () => { throw fault("missing-field", "composer", "guard needs a composer"); } };
}

/** Frozen; the draft has a setter all the same. @template {{ draft: string }} Given @param {Given} handle @returns {Readonly<Omit<Given, "draft">> & Pick<Given, "draft">} */
const frozen = (handle) => Object.freeze(handle);

/**
 * @param {Element | null} target where the element is put; `null` where the adapter or the composer places it
 * @param {MountOptions} options
 * @returns what the page tells and asks; each part is described where it stands below
 * @throws {import("./engine/errors.js").ReplyWindowError} `missing-field`: a target that was not found, templates without a way to send them; `wrong-type`,
 *   `already-mounted`, `already-connected`, `conflicting-fields`; and those of reading the options: `unknown-field`, `unknown-name`, `out-of-range`, a time's own
 * @example
 * const { controller, destroy } = mount(document.querySelector("#reply"), { conversation, templates, onSend, composer: { input: "#text", send: "#send" } });
 */
export function mount(target, options) {
  assertObject(options, "options");
  assertObject(options.conversation, "conversation");
  const { adapter: _, composer, onSend, service, strings, ...others } = options;
  const rest = /** @type {Omit<ControllerOptions, "send">} */ (Object.fromEntries(Object.entries(others).filter(([name]) => !Object.hasOwn(ATTRIBUTES, name))));
  refuseMisuse(target, options);
  const { adapter, guard } = adapterOf(options);
  /** @type {ControllerOptions} */
  const given = { ...timeBy(service), ...adapter?.sendText && { sendText: adapter.sendText }, ...rest, send: onSend ?? /** @type {Partial<Pick<ControllerOptions, "send">> | undefined} */ (adapter)?.send ?? (() => Promise.reject(fault("missing-field", "onSend", "templates need it, or an adapter that sends"))) };
  const counting = service?.counting?.();
  const controller = createController(counting?.ways(given) ?? given);
  const element = createElement({ ...options, ...adapter && { adapter } }, controller);
  const ends = [put(element, target), controller.destroy];
  const destroy = () => { for (const end of ends.splice(0)) end(); };
  try {
    if (adapter) ends.unshift(join(adapter, controller, element, counting));
  } catch (error) {
    destroy();
    throw error;
  }
  counting?.join(controller, element);
  const following = followBy(service, controller, rest.conversation);
  ends.unshift(() => following.turn(), askBeforeUnload(controller, element));

  return frozen({
    element,
    controller,
    /** What is true now. @returns {Snapshot} */
    get snapshot() { return controller.snapshot; },
    /** What the agent has typed and not sent. */
    get draft() { return controller.snapshot.draft; },
    set draft(text) { controller.setDraft(text); },
    /** Resolves when the engine runs and the templates have been read, or could not. */
    ready: controller.ready.then(() => templatesRead(controller)),
    /** @param {Evidence | readonly Evidence[]} evidence */
    record: (evidence) => controller.record(evidence),
    /** @param {Refusal} refusal */
    refused: (refusal) => controller.refused(refusal),
    /**
     * What became of a send whose outcome was unknown, where its own answer never came: a state of delivery that names its `sendId`.
     *
     * @param {string} sendId
     * @param {{ id?: string, error?: unknown }} outcome `id`: the provider's, of the message that went out
     */
    settleSend: (sendId, outcome) => controller.settleSend(sendId, outcome),
    /**
     * Another conversation, or another word about this one.
     *
     * @param {Conversation} conversation
     * @param {ControllerOptions["state"]} [state]
     */
    setConversation: (conversation, state) => following.turn(conversation, () => (adapter?.leave?.(), controller.setConversation(conversation, state))),
    /**
     * @param {Draft} [draft]
     * @param {Confirmed} [confirmed]
     * @returns {Verdict}
     */
    judge: (draft, confirmed) => controller.judge(draft, confirmed),
    /**
     * Asks the agent about a text that leaves `with-confirmation`; after a yes `sendText` is called, with it.
     *
     * @param {string} text
     * @returns {boolean} whether there is anything to ask
     */
    askToSend: (text) => controller.askToSend({ text }),
    /**
     * Wraps the page's own send, so that it asks first: what code sends raises no event. It needs `composer`.
     *
     * @type {ComposerAdapter["guard"]}
     */
    guard,
    openTemplates: () => element.openTemplates(),
    /** Leaves the page as it was found. */
    destroy,
  });
}
