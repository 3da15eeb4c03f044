// @ts-check
/**
 * The values of one template: asked for, checked while typing, shown in the message, sent.
 *
 * @import { Fill, FillProblem, Template } from "../../../src/wire/types.d.ts"
 * @import { SendError, Snapshot } from "../contract.js"
 * @import { Scope } from "./view.js"
 */
import { debounce, fill, h, put, set } from "./dom.js";
import { icon } from "./icons.js";
import { preview } from "./preview.js";
import { errorKey, isolate } from "../../i18n/index.js";

const SUGGESTIONS = 6;

/** Numbers keep their number; `case_no` reads "Case no". */
function label(/** @type {Scope["m"]} */ m, /** @type {string} */ name) {
  const words = name.replaceAll("_", " ").trim();
  return /^\d*$/.test(words) ? m.t("variable", { name: words && Number(words) }) : words.charAt(0).toLocaleUpperCase(m.tag) + words.slice(1);
}

/**
 * What may be put in with one press: what the desktop knows, the nearest name first, and the kept draft.
 *
 * @param {Snapshot} snapshot
 * @param {string} name
 * @returns {[string, string][]}
 */
function suggestions({ conversation }, name) {
  const plain = (/** @type {string} */ text) => text.toLowerCase().replace(/[\s_-]/g, "");
  const known = Object.entries(conversation.suggestions ?? {}).filter(([, value]) => value);
  return known.sort(([a], [b]) => Number(plain(b) === plain(name)) - Number(plain(a) === plain(name))).slice(0, SUGGESTIONS);
}

/**
 * One field.
 *
 * @param {Scope} scope
 * @param {{ name: string, sample?: string }} variable
 * @param {number} index
 * @param {{ onInput(): void, onFocus(name: string): void, onNext(): void }} actions
 */
function field({ m }, { name, sample }, index, { onInput, onFocus, onNext }) {
  const [id, hint, wrong] = [`value-${index}`, `hint-${index}`, `wrong-${index}`];
  const input = h("textarea", { id, rows: 1, dir: "auto", class: "value", autocomplete: "off" });
  const problem = h("span", {});
  const repair = h("button", { type: "button", class: "chip" });
  const trouble = h("div", { id: wrong, class: "problem", part: "variable-error", hidden: true }, icon("info"), problem, repair);
  const chips = h("div", { class: "chips" });
  const root = h("div", { class: "variable", part: "variable" },
    h("div", { class: "row" }, h("label", { for: id }, h("bdi", {}, label(m, name))),
      sample && h("span", { id: hint, class: "hint" }, m.t("sample", { sample: isolate(sample) }))),
    input, trouble, chips);
  let touched = false;
  const change = (/** @type {string} */ value) => {
    input.value = value;
    touched = true;
    onInput();
    input.focus();
  };
  input.addEventListener("input", onInput);
  input.addEventListener("focus", () => onFocus(name));
  input.addEventListener("blur", () => {
    touched ||= input.value !== "";
    onInput();
  });
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    onNext();
  });
  /** @type {FillProblem | undefined} */
  let shown;
  repair.addEventListener("click", () => change(shown?.repair ?? input.value));

  return {
    root,
    input,
    name,
    touch: () => (touched = true),
    /** @param {[string, string][]} offers text on the chip and value */
    offer(offers) {
      fill(chips, ...offers.map(([term, value]) => h("button", { type: "button", class: "chip", click: () => change(value) },
        h("bdi", { class: "term" }, term), h("bdi", {}, value.slice(0, 60)))));
      set(chips, { hidden: !offers.length });
    },
    /**
     * Nothing is said of an empty field before it was filled or left behind.
     *
     * @param {FillProblem | undefined} found
     * @returns {string} what is newly said
     */
    complain(found) {
      shown = found && (touched || input.value) ? found : undefined;
      const text = shown ? m.say(`is.${shown.code}`, shown.message) : "";
      const fresh = text && text !== problem.textContent ? text : "";
      put(problem, text);
      put(repair, shown?.repair ? m.t("repair", { value: isolate(shown.repair.slice(0, 80)) }) : "");
      set(trouble, { hidden: !text });
      set(input, { "aria-invalid": text && "true", "aria-describedby": [sample && hint, text && wrong].filter(Boolean).join(" ") || null });
      return fresh;
    },
  };
}

/**
 * @param {Scope} scope
 * @param {{ onBack(): void, onSend(template: Template, values: Record<string, string>, filled: Fill & { kind: "ready" }): void }} actions
 */
export function form(scope, { onBack, onSend }) {
  const { m } = scope;
  const title = h("bdi", { class: "name" });
  const meta = h("span", { class: "meta" });
  const fields = h("div", { class: "fields" });
  const whole = h("ul", { class: "problem", hidden: true });
  const fault = h("div", { class: "fault", part: "status", hidden: true });
  const send = h("button", { type: "submit", class: "primary", part: "send" });
  const shape = preview(scope);
  const root = h("form", { class: "form", part: "variables", novalidate: true, "aria-labelledby": "title" },
    h("div", { class: "head" },
      h("button", { type: "button", class: "bare", part: "cancel", "aria-label": m.t("back"), title: m.t("back"), click: onBack }, icon("back")),
      h("div", { id: "title", class: "row" }, title, meta)),
    h("div", { class: "sides" }, fields, shape.root), whole, fault,
    h("div", { class: "foot" }, send));

  /** @type {Template | undefined} */
  let template;
  /** @type {ReturnType<typeof field>[]} */
  let inputs = [];
  /** @type {string | undefined} */
  let current;
  /** Values typed so far, by template: going back to the list loses nothing. @type {Map<string, Record<string, string>>} */
  const kept = new Map();
  const tell = debounce((/** @type {string} */ text) => root.isConnected && scope.say(text), 600);

  const values = () => Object.fromEntries(inputs.flatMap(({ name, input }) => (input.value ? [[name, input.value]] : [])));
  /** @returns {Fill | undefined} */
  const check = () => {
    if (!template) return;
    const filled = scope.controller().fill(template, values());
    const problems = filled.kind === "ready" ? [] : filled.problems;
    const fresh = inputs.map((input) => input.complain(problems.find(({ variable }) => variable === input.name))).filter(Boolean);
    const rest = problems.filter(({ variable }) => !inputs.some(({ name }) => name === variable));
    fill(whole, ...rest.map(({ code, message }) => h("li", {}, m.say(`is.${code}`, message))));
    set(whole, { hidden: !rest.length });
    shape.update(filled.preview, template);
    shape.point(current);
    if (fresh.length) tell(fresh.join(" "));
    return filled;
  };
  const onInput = () => {
    if (template) kept.set(template.id, values());
    check();
  };
  const busy = (/** @type {boolean} */ sending) => {
    set(send, { "aria-disabled": sending && "true" });
    set(root, { "aria-busy": sending && "true" });
    fill(send, sending ? h("span", { class: "spin" }) : icon("send"), m.t(sending ? "sending" : "send"));
    for (const { input } of inputs) input.readOnly = sending;
  };
  root.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!template || root.ariaBusy) return;
    for (const input of inputs) input.touch();
    const filled = check();
    if (filled?.kind === "ready") return onSend(template, values(), filled);
    const wrong = inputs.filter(({ input }) => input.getAttribute("aria-invalid"));
    wrong[0]?.input.focus();
    if (wrong.length) scope.say(m.t("attention", { n: wrong.length }));
  });

  return {
    root,
    busy,
    /**
     * @param {Template} chosen
     * @param {Snapshot} snapshot
     */
    open(chosen, snapshot) {
      template = chosen;
      const { name, language, category, variables } = chosen;
      put(title, name);
      put(meta, `${m.t(`category.${category}`)} · ${m.language(language)}`);
      current = undefined;
      inputs = variables.map((variable, index) => field(scope, variable, index, {
        onInput,
        onFocus: (name) => shape.point((current = name)),
        onNext: () => (inputs[index + 1]?.input ?? send).focus(),
      }));
      for (const { name, input } of inputs) input.value = kept.get(chosen.id)?.[name] ?? "";
      fill(fields, ...inputs.map(({ root }) => root));
      set(fields, { hidden: !inputs.length });
      this.fail();
      this.update(snapshot);
      busy(false);
      check();
      (inputs[0]?.input ?? send).focus();
    },
    /** @param {Snapshot} snapshot */
    update(snapshot) {
      const draft = snapshot.draft.trim();
      for (const input of inputs) {
        const offers = suggestions(snapshot, input.name);
        input.offer(draft && inputs.length === 1 ? [...offers, [m.t("draft.use"), draft]] : offers);
      }
    },
    /**
     * Says what happened and what to do; every value stays.
     *
     * @param {SendError} [error]
     */
    fail(error) {
      const key = error && errorKey(error.providerCode);
      const text = error ? m.say(`error.${error.code}`, m.t(/** @type {string} */ (key))) : "";
      fill(fault, icon("info"), h("span", {}, text, error?.providerCode !== undefined && h("small", {}, " ", m.t("code", { code: isolate(String(error.providerCode)) }))));
      set(fault, { hidden: !error });
      if (error) scope.say(text);
    },
    /** Forgets the values of a template that was sent. */
    done() {
      if (template) kept.delete(template.id);
      template = undefined;
    },
  };
}
