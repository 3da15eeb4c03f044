// @ts-check
/**
 * The set-up form in one language: the fields, what is wrong with them, and the buttons.
 *
 * @import { ChannelRecord, Finding, NumberRecord, OtherChannel } from "../../../src/wire/types.d.ts"
 * @import { Step, Validation } from "../../server/twilio/validate-channel.js"
 * @import { Messages } from "../../i18n/messages.js"
 */
import { rulesDay } from "../../engine/channel.js";
import { dayInWords } from "../../i18n/locale.js";
import { attempt, fill, h, put, set } from "../parts/dom.js";
import { checkRecord } from "./check-record.js";
import { Field, revealer } from "./field.js";
import { NumberFields } from "./number.js";
import { stepList } from "./steps.js";
import { download, upload } from "./transfer.js";

/** @typedef {{ onStep(step: any): void, signal: AbortSignal }} Asking */
/**
 * What the host does.
 * @typedef {object} Host
 * @property {OtherChannel[]} others
 * @property {string | undefined} shownUrl
 * @property {string[]} workStreams
 * @property {((record: ChannelRecord) => Promise<unknown>) | undefined} save
 * @property {((record: ChannelRecord, asking: Asking) => Promise<Validation>) | undefined} validate
 * @property {(findings: Finding[]) => void} changed
 */

const TOP = /** @type {const} */ (["name", "accountSid", "authToken", "inboundUrl"]);

export class Form {
  #m;
  #host;
  /** @type {Record<typeof TOP[number], Field>} */
  fields;
  /** @type {NumberFields[]} */
  #numbers = [];
  #list = h("div", { class: "numbers" });
  #none = h("p", { class: "none", hidden: true });
  #status = h("p", { role: "status", class: "status", part: "status" });
  /** What is wrong with a field is spoken, not shown twice. */
  #spoken = h("p", { role: "status", class: "sr" });
  #streams = h("datalist", { id: "streams" });
  #signed = h("p", { class: "signed", hidden: true });
  /** How old the rules are by which all this is checked. */
  #rules = h("p", { class: "hint", part: "rules", hidden: true });
  #save;
  #validate;
  #steps;
  /** @type {AbortController | undefined} */
  #asking;
  #pressed = false;
  /** @type {(() => void)[]} */
  #waiting = [];

  /** @param {Messages} m @param {Host} host */
  constructor(m, host) {
    this.#m = m;
    this.#host = host;
    const scope = (this.scope = { m, token: () => this.fields.authToken.value, changed: () => this.check(), settled: (/** @type {() => void} */ act) => this.#settled(act), told: (/** @type {string} */ text) => void (this.#spoken.textContent = text) });
    const copy = h("button", { type: "button", class: "side", part: "copy", click: () => this.#copy() }, m.t("do.copy"));
    this.fields = {
      name: new Field({ ...scope, changed: () => this.#renamed() }, { label: "field.name" }),
      accountSid: new Field(scope, { label: "field.accountSid", hint: "hint.accountSid", ltr: true }),
      authToken: new Field(scope, { label: "field.authToken", hint: "hint.authToken", type: "password", ltr: true, secret: true }, revealer(m, () => this.fields.authToken.input)),
      inboundUrl: new Field(scope, { label: "field.inboundUrl", hint: "hint.inboundUrl", type: "text", inputmode: "url", ltr: true }, copy),
    };
    // By the click, which Enter in a field makes as well: a sandboxed frame without `allow-forms` submits nothing.
    this.#save = h("button", { type: "submit", class: "primary", part: "save", click: (event) => (event.preventDefault(), this.save()) }, m.t("do.save"));
    this.#validate = h("button", { type: "button", part: "validate", click: () => (this.#asking ? this.stop() : this.validate()) }, m.t("do.validate"));
    this.#steps = stepList(m, (field) => this.#nameOf(field));
    this.root = this.#draw();
    this.root.addEventListener("pointerdown", () => this.#press());
    this.streams();
  }

  /** Until the pointer is released nothing may move. */
  #press() {
    this.#pressed = true;
    const release = () => setTimeout(() => {
      this.#pressed = false;
      for (const act of this.#waiting.splice(0)) act();
    });
    for (const name of ["pointerup", "pointercancel"]) window.addEventListener(name, release, { once: true });
  }

  /** @param {() => void} act */
  #settled(act) {
    if (this.#pressed) this.#waiting.push(act);
    else act();
  }

  #draw() {
    const m = this.#m;
    const file = h("input", { type: "file", accept: ".json,application/json", class: "sr", tabindex: "-1", "aria-hidden": "true", change: () => this.#import(file) });
    const { name, accountSid, authToken, inboundUrl } = this.fields;
    inboundUrl.root.append(this.#signed);
    return h("form", { class: "setup", part: "form", novalidate: true, lang: m.tag, dir: m.dir, "aria-label": m.t("form.title"), submit: (event) => (event.preventDefault(), this.save()) },
      h("fieldset", { class: "account" }, h("legend", {}, m.t("form.account")), h("p", { class: "hint" }, m.t("form.account.hint")), name.root, accountSid.root, authToken.root, inboundUrl.root),
      h("fieldset", {}, h("legend", {}, m.t("form.numbers")), this.#none, this.#list,
        h("button", { type: "button", part: "add-number", click: () => this.#add() }, m.t("do.add-number"))),
      h("p", { class: "hint" }, m.t("form.rule")), h("div", { class: "buttons foot" }, this.#save, this.#validate, h("span", { class: "gap" }),
        h("button", { type: "button", part: "export", click: () => download(this.record) }, m.t("do.export")),
        h("button", { type: "button", part: "import", click: () => file.click() }, m.t("do.import")), file),
      this.#status, this.#spoken, this.#steps.root, this.#streams, this.#rules);
  }

  /** @returns {ChannelRecord} with the token */
  get record() {
    const { name, accountSid, authToken, inboundUrl } = this.fields;
    return {
      name: name.value, accountSid: accountSid.value, authToken: authToken.value,
      // Before the platform has shown it there is none, and nothing is missing.
      ...(inboundUrl.value || this.#host.shownUrl ? { inboundUrl: inboundUrl.value } : {}),
      numbers: this.#numbers.map((number) => number.record),
    };
  }

  /** @param {ChannelRecord} record */
  set record(record) {
    for (const name of TOP) if (name !== "authToken" || record.authToken !== undefined) this.fields[name].value = record[name] ?? "";
    this.#numbers = (record.numbers ?? []).map((number) => this.#row(number, false));
    this.#place();
    this.check();
  }

  /** @param {NumberRecord} record @param {boolean} follows */
  #row(record, follows) {
    return new NumberFields(this.scope, record, { streams: this.#streams.id, follows, onRemove: (number) => this.#removed(number) });
  }

  #place() {
    fill(this.#list, ...this.#numbers.map(({ root }) => root));
    this.#numbers.forEach((number, index) => number.place(index));
  }

  #add() {
    const number = this.#row({ account: this.fields.name.value }, true);
    this.#numbers.push(number);
    this.#place();
    this.check();
    put(this.#status, this.#none.dataset.code === "input-too-large" ? this.#none.textContent ?? "" : this.#m.t("told.added"));
    number.fields.name.input.focus();
  }

  /** @param {NumberFields} number */
  #removed(number) {
    const at = this.#numbers.indexOf(number);
    this.#numbers.splice(at, 1);
    this.#place();
    this.check();
    put(this.#status, this.#m.t("told.removed"));
    const next = this.#numbers[Math.min(at, this.#numbers.length - 1)]?.fields.name.input ?? this.root.querySelector("[part=add-number]");
    /** @type {HTMLElement | null} */ (next)?.focus();
  }

  #renamed() {
    for (const number of this.#numbers) if (number.follows) number.fields.account.value = this.fields.name.value;
    this.check();
  }

  /** Fields by their path in the record. @returns {[string, Field][]} */
  get #all() {
    return [...TOP.map((name) => /** @type {[string, Field]} */ ([name, this.fields[name]])),
      ...this.#numbers.flatMap((number, index) => number.all.map(([path, field]) => /** @type {[string, Field]} */ ([`numbers[${index}].${path}`, field])))];
  }

  /** @returns {Finding[]} */
  check() {
    const { findings, signedUrl } = checkRecord(this.record, this.#host, this.#m);
    for (const [path, field] of this.#all) field.show(findings.filter((finding) => finding.field === path));
    // There is at most one but for the comparison with other channels, which matters less.
    const none = findings.find(({ field }) => field === "numbers");
    set(this.#none, { "data-code": none?.code });
    put(this.#none, none && this.#m.say(`is.${none.code}`, none.message));
    const wrong = findings.some(({ field, severity }) => field === "inboundUrl" && severity === "error");
    const hidden = wrong || !signedUrl || signedUrl === this.fields.inboundUrl.value;
    // A wrong address may hold the token.
    fill(this.#signed, ...(hidden ? [] : [this.#m.t("hint.signed"), " ", h("bdi", { dir: "ltr", class: "echo" }, signedUrl)]));
    set(this.#signed, { hidden });
    const { tag, t } = this.#m;
    if (this.#rules.hidden) put(this.#rules, attempt(() => t("form.rules", { date: dayInWords(tag, rulesDay()) }), ""));
    this.#host.changed(findings);
    return findings;
  }

  /** Complains of everything, and goes to the first error. @returns {boolean} whether there is none */
  #sound() {
    const all = this.#all;
    for (const [, field] of all) field.touch();
    const wrong = new Set(this.check().filter(({ severity }) => severity === "error").map(({ field }) => field));
    put(this.#status, wrong.size > 0 ? this.#m.t("told.errors", { n: wrong.size }) : this.#m.t("told.sound"));
    const first = all.find(([path]) => wrong.has(path))?.[1].input ?? (wrong.size > 0 && this.root.querySelector("[part=remove-number]"));
    if (first instanceof HTMLElement) first.focus();
    return wrong.size === 0;
  }

  async save() {
    if (!this.#sound() || !this.#host.save) return;
    try {
      await this.#host.save(this.record);
      put(this.#status, this.#m.t("told.saved"));
    } catch (error) {
      // Only what the host wrote for people: the rest of an error may hold the record.
      const reason = error instanceof Error && "reason" in error ? String(error.reason) : this.#m.t("validation.unavailable");
      put(this.#status, this.#m.t("told.not-saved", { reason }));
    }
  }

  /** Ends a validation that is on its way. */
  stop() { this.#asking?.abort(); }

  async validate() {
    if (this.#asking || !this.#sound() || !this.#host.validate) return;
    this.#asking = new AbortController();
    put(this.#validate, this.#m.t("do.stop"));
    put(this.#status, this.#m.t("told.validating"));
    this.#steps.begin();
    /** @type {Validation["outcome"] | "unavailable"} */
    let outcome = "unavailable";
    try {
      ({ outcome } = await this.#host.validate(this.record, { onStep: (/** @type {Step} */ step) => this.#steps.tell(step), signal: this.#asking.signal }));
    } catch {
      // Told as unavailable: what was thrown may hold the record.
    }
    this.#asking = undefined;
    this.#steps.end(outcome);
    // The verdict stands below the steps; here it is spoken.
    put(this.#status);
    this.scope.told(this.#m.t(`validation.${outcome}`));
    put(this.#validate, this.#m.t("do.validate"));
  }

  /** What a person calls the field of a step. @param {string} field */
  #nameOf(field) {
    const number = this.#numbers[Number(/numbers\[(\d+)\]/.exec(field)?.[1])];
    const template = /templates\[(\d+)\]/.exec(field)?.[1];
    const sid = number?.record.templates?.[Number(template)]?.contentSid;
    return sid ?? number?.fields.number.value ?? "";
  }

  async #copy() {
    const { input } = this.fields.inboundUrl;
    try {
      await navigator.clipboard.writeText(input.value);
      put(this.#status, this.#m.t("do.copied"));
    } catch {
      input.select();
      put(this.#status, this.#m.t("do.not-copied"));
    }
  }

  /** @param {HTMLInputElement} file */
  async #import(file) {
    const { record, tooMany } = await upload(file.files?.[0]);
    file.value = "";
    if (record) this.record = record;
    put(this.#status, this.#m.t(record ? "told.imported" : tooMany ? "told.too-many" : "told.not-imported"));
  }

  /** The platform's work streams, to choose from. */
  streams() {
    fill(this.#streams, ...this.#host.workStreams.map((value) => h("option", { value })));
  }

  /** Every field is complained of, as after Save. */
  touch() { return this.#sound(); }
}
