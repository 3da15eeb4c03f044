// @ts-check
/**
 * Everything inside the shadow root, and which of it is shown.
 *
 * @import { Capabilities, Controller, SendError, Snapshot, TemplateItem } from "../contract.js"
 * @import { Messages } from "../../i18n/index.js"
 */
import { announcer } from "./announcer.js";
import { chooser } from "./chooser.js";
import { fill, h, put, set } from "./dom.js";
import { form } from "./form.js";
import { icon } from "./icons.js";
import { strip } from "./strip.js";
import { ClosingSoonEvent, ComposerChangeEvent, ComposerFocusEvent, PhaseChangeEvent, TemplateErrorEvent, TemplateSelectEvent, TemplateSendEvent, TemplateSentEvent } from "../events.js";

/** @typedef {{ m: Messages, controller(): Controller, say(text: string): void, emit(event: Event): boolean, respond(receipt: Promise<import("../contract.js").Receipt>): void }} Scope */
/** @typedef {ReturnType<typeof createView>} View */

/** Free text is locked by the verdict alone; the colour of the window does not decide. */
const isLocked = (/** @type {Snapshot} */ { verdict }) => verdict.kind === "template-only" || verdict.kind === "blocked";

/** A line that speaks. The same sentence twice is spoken twice. */
function speaker() {
  const root = h("div", { role: "status", class: "sr" });
  return { root, say: (/** @type {string} */ text) => (root.textContent = text === root.textContent ? `${text}\u00a0` : text) };
}

/** The text that was being written, kept and readable. */
function keptDraft(/** @type {Scope} */ { m, say }) {
  const text = h("p", { class: "text", dir: "auto" });
  const copy = h("button", { type: "button", class: "quiet" }, icon("copy"), m.t("copy"));
  const root = h("section", { class: "draft", part: "draft", "aria-label": m.t("draft") }, h("div", { class: "row" }, h("strong", {}, m.t("draft")), copy), text);
  copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text.textContent ?? "");
      say(m.t("copied"));
    } catch {
      getSelection()?.selectAllChildren(text);
    }
  });
  return {
    root,
    update(/** @type {string} */ draft) {
      put(text, draft);
      set(root, { hidden: !draft.trim() });
    },
  };
}

/**
 * @param {Omit<Scope, "say">} host
 */
export function createView(host) {
  const { m } = host;
  const windowLine = speaker();
  const panelLine = speaker();
  /** @type {Scope} */
  const scope = { ...host, say: panelLine.say };
  const announce = announcer(m);

  /** @type {"none" | "list" | "form"} */
  let mode = "none";
  let locked = false;
  /** The window opened again while the agent worked in the panel: nothing moves until they say so. */
  let held = false;
  /** @type {Snapshot | undefined} */
  let snapshot;
  /** @type {"open" | "closed"} */
  let composer = "open";
  /** @type {Capabilities} */
  let capabilities = {};

  const show = (/** @type {typeof mode} */ next) => {
    mode = next;
    if (snapshot) paint(snapshot);
  };
  /** Leaves the panel; while free text is locked that is the list. */
  const leave = () => {
    held = false;
    show(locked ? "list" : "none");
  };
  const top = strip(scope, () => {
    if (mode === "none") view.openTemplates();
    else leave();
  });
  const list = chooser(scope, {
    onChoose: ({ template }) => {
      if (!snapshot) return;
      show("form");
      values.open(template, snapshot);
      host.emit(new TemplateSelectEvent({ template }));
    },
    onClose: () => {
      leave();
      top.button.focus();
    },
    onRetry: () => void host.controller().reloadTemplates(),
  });
  const values = form(scope, {
    onBack: () => {
      show("list");
      list.input.focus();
    },
    onSend: (template, given, { id, contentVariables, text }) => {
      if (!snapshot) return;
      const message = /** @type {const} */ ({ kind: "template", conversationId: snapshot.conversation.id, contentSid: id, contentVariables, text, language: template.language });
      if (host.emit(new TemplateSendEvent({ message, respondWith: host.respond }))) void deliver(template, given);
    },
  });
  const back = h("button", { type: "button", class: "quiet" }, icon("reply"), m.t("go-back"));
  back.addEventListener("click", () => {
    leave();
    top.button.focus();
    host.emit(new ComposerFocusEvent());
  });
  const notice = h("div", { class: "notice", part: "notice", hidden: true }, h("strong", {}, m.t("reopened")), back);
  const limits = h("p", { class: "limits", hidden: true });
  const draft = keptDraft(scope);
  const panel = h("div", { id: "panel", class: "panel" }, notice, draft.root, list.root, values.root);
  const root = h("div", { class: "window", lang: m.tag }, top.root, limits, panel, h("slot", { name: "footer" }), windowLine.root, panelLine.root);

  /**
   * @param {import("../../../src/wire/types.d.ts").Template} template
   * @param {Record<string, string>} given
   */
  const deliver = async (template, given) => {
    values.busy(true);
    values.fail();
    try {
      const receipt = await host.controller().sendTemplate(template, given);
      values.done();
      panelLine.say(m.t("sent"));
      const inside = panel.matches(":focus-within");
      leave();
      list.reset();
      if (inside) (locked ? list.input : top.button).focus();
      host.emit(new TemplateSentEvent({ template, receipt }));
      if (inside && !locked) host.emit(new ComposerFocusEvent());
    } catch (thrown) {
      const fault = /** @type {Partial<SendError>} */ (thrown ?? {});
      const error = snapshot?.error ?? { code: fault.code ?? "unknown", message: fault.message ?? "", providerCode: fault.providerCode };
      values.busy(false);
      values.fail(error);
      host.emit(new TemplateErrorEvent({ template, error }));
    }
  };

  const paint = (/** @type {Snapshot} */ now) => {
    const panelShown = mode !== "none" && now.verdict.kind !== "blocked";
    set(root, { "data-phase": now.status.kind, "data-locked": locked });
    top.update(now, { locked: locked && !held, panel: panelShown });
    set(panel, { hidden: !panelShown && !(locked && now.draft.trim()) });
    set(notice, { hidden: !held });
    draft.update(locked || held ? now.draft : "");
    set(list.root, { hidden: !panelShown || mode !== "list" });
    set(values.root, { hidden: !panelShown || mode !== "form" });
    if (panelShown) list.update(now, !locked && !held);
    put(limits, [locked && capabilities.blocksSend === false && m.t("cannot.lock"), capabilities.seesInbound === false && m.t("cannot.see")].filter(Boolean).join(" "));
    const wanted = locked || held ? "closed" : "open";
    if (wanted !== composer) {
      composer = wanted;
      host.emit(new ComposerChangeEvent({ composer }));
    }
  };

  const view = {
    root,
    get composer() {
      return composer;
    },
    /** @param {Capabilities} value */
    set capabilities(value) {
      capabilities = value;
      if (snapshot) paint(snapshot);
    },
    /** @param {Snapshot} now */
    update(now) {
      const before = snapshot;
      const same = before?.conversation.id === now.conversation.id;
      snapshot = now;
      const was = locked;
      locked = isLocked(now);
      if (!same) {
        mode = locked ? "list" : "none";
        held = false;
        values.done();
      } else if (locked && !was) {
        held = false;
        if (mode === "none") mode = "list";
      } else if (was && !locked) {
        held = mode === "form" || panel.matches(":focus-within") || list.input.value !== "";
        if (!held) mode = "none";
      }
      paint(now);
      if (mode === "form" && (before?.draft !== now.draft || before.conversation !== now.conversation)) values.update(now);
      const sentence = announce(now, before);
      if (sentence) windowLine.say(sentence);
      if (before?.status.kind !== now.status.kind) host.emit(new PhaseChangeEvent({ phase: now.status.kind, previous: same ? before?.status.kind : undefined, atMs: now.nowAtMs }));
      if (same && before?.status.kind === "open" && now.status.kind === "closing") host.emit(new ClosingSoonEvent({ remainingMs: now.remainingMs ?? 0 }));
    },
    focus() {
      if (locked) return top.root.focus();
      if (mode === "none") return top.button.focus();
      const target = mode === "list" ? list.input : values.root.querySelector("textarea");
      target?.focus();
    },
    openTemplates() {
      if (mode !== "form") show("list");
      (mode === "form" ? values.root.querySelector("textarea") : list.input)?.focus();
    },
    reset() {
      values.done();
      list.reset();
      leave();
    },
    blocked() {
      windowLine.say(m.t("blocked"));
    },
  };
  return view;
}
