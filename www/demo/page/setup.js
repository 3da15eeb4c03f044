// @ts-check
// The set-up page: the form, what stands in for Twilio's console, and the sandbox. Wiring only.

import { h, put } from "./dom.js";
import { speakSetup } from "./setup-texts.js";

/** @import { ChannelSetupElement } from "../../elements/setup/channel-setup.js" */
/** @import { Step } from "../../server/twilio/validate-channel.js" */

const words = speakSetup(new URL(location.href).searchParams.get("lang"));
const { t } = words;
const isolated = (/** @type {string} */ text) => `\u2066${text}\u2069`;

/** @param {string} path @param {unknown} [body] @param {AbortSignal} [signal] */
const ask = (path, body, signal) =>
  fetch(path, body === undefined ? {} : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body), ...(signal ? { signal } : {}) });

/** Lines of JSON as they come. @param {Response} response @param {(line: any) => void} tell */
async function readLines(response, tell) {
  if (!response.body) return;
  let rest = "";
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const lines = (rest + part.value).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) tell(JSON.parse(line));
  }
}

const form = /** @type {ChannelSetupElement} */ (h("channel-setup", { locale: words.language }));
const saved = h("p", { class: "saved", role: "status", hidden: true });

form.workStreams = words.language === "ar" ? ["دعم واتساب", "المبيعات"] : ["WhatsApp support", "Sales"];
form.save = async (record) => {
  const response = await ask("/api/channel", { record });
  if (!response.ok) throw Object.assign(new Error("not saved"), { reason: t("reason") });
  showSaved();
};
form.validate = async (record, { onStep, signal }) => {
  /** @type {any} */
  let result;
  await readLines(await ask("/api/channel/validate", { record }, signal), (line) => {
    if (line.step) onStep(/** @type {Step} */ (line.step));
    result = line.result ?? result;
  });
  if (!result) throw new Error("no result");
  return result;
};

function showSaved() {
  saved.replaceChildren(t("saved"), " ", h("a", { href: `/?lang=${words.language}` }, t("open")));
  saved.hidden = false;
}

/** The stand-in's console: credentials, the address for each number, and the first message. @param {any} about */
function consoleCard({ accountSid, senders }) {
  const status = h("p", { role: "status", class: "hint" });
  const take = h("button", { type: "button", onclick: async () => {
    // Straight into the form's own fields: the token is written nowhere else.
    const { accountSid: sid, authToken } = await (await ask("/stand-in/console")).json();
    form.record = { ...form.record, accountSid: sid, authToken };
    put(status, t("taken"));
  } }, t("take"));
  const root = h("section", { class: "card", "data-card": "console" }, h("h2", {}, t("console")), h("p", { class: "hint" }, t("consoleHint")),
    h("p", {}, "Account SID ", h("bdi", { dir: "ltr" }, accountSid)), take, h("p", {}, t("numbers")),
    ...senders.map((/** @type {any} */ sender) => webhookForm(sender, status)), h("div", { class: "card-people" }), status);
  void people(root.querySelector(".card-people"), status);
  return root;
}

/** @param {{ number: string, callbackUrl: string | null }} sender @param {HTMLElement} status */
function webhookForm({ number, callbackUrl }, status) {
  const id = `webhook-${number.slice(1)}`;
  const input = h("input", { id, type: "text", inputmode: "url", dir: "ltr", autocomplete: "off", spellcheck: "false" });
  input.value = callbackUrl ?? "";
  return h("form", { onsubmit: async (/** @type {Event} */ event) => {
    event.preventDefault();
    const { ok } = await ask("/stand-in/webhook", { number, url: input.value });
    put(status, ok ? t("stored") : t("lost"));
  } }, h("label", { for: id }, t("comesIn", { number: isolated(number) })), input, h("button", { type: "submit" }, t("store")));
}

/** Who can write first. @param {Element} place @param {HTMLElement} status */
async function people(place, status) {
  const { customers } = await (await ask("/stand-in/customers")).json();
  const write = async (/** @type {string} */ conversationId) => {
    const { webhookStatus } = await (await ask("/stand-in/customer-message", { conversationId, text: t("text") })).json();
    put(status, t(webhookStatus === 200 ? "verified" : webhookStatus === 403 ? "refused" : "lost"));
  };
  const first = customers.find((/** @type {any} */ one) => (words.language === "ar" ? /[\u0600-\u06ff]/.test(one.name) : true));
  if (first) place.append(h("button", { type: "button", "data-write": first.id, onclick: () => write(first.id) }, t("writeAs", { name: first.name })));
}

function sandboxCard() {
  const steps = /** @type {const} */ (["sandbox.1", "sandbox.2", "sandbox.3", "sandbox.4"]);
  return h("section", { class: "card", "data-card": "sandbox" }, h("h2", {}, t("sandbox")), h("ol", {}, ...steps.map((key) => h("li", {}, t(key)))), h("p", { class: "hint" }, t("sandboxLimits")));
}

const about = await (await ask("/api/channel")).json();
Object.assign(document.documentElement, { lang: words.language, dir: words.dir });
document.title = t("setup");
const languages = h("nav", { "aria-label": t("languages") }, ...[["en", "English"], ["ar", "العربية"]].map(([lang, name]) =>
  h("a", { href: `?lang=${lang}`, lang, ...(lang === words.language ? { "aria-current": "true" } : {}) }, name)));
const console_ = about.standIn ? consoleCard(await (await ask("/stand-in/console")).json()) : undefined;
form.record = about.record;
form.shownUrl = about.shownUrl;
if (about.saved) showSaved();
document.body.append(
  h("header", { class: "top" }, h("h1", {}, t("setup")), h("nav", { "aria-label": t("desktop") }, h("a", { href: `/?lang=${words.language}` }, t("desktop"))), languages),
  h("main", { class: "setup-columns" }, h("div", { class: "aside" }, saved, form), h("div", { class: "aside" }, console_, sandboxCard())));
