// @ts-check
// The outer page: sessions, the side panel's frame, and beside it what is not Dynamics: the customer's phone, the clock and Twilio's log.

import { Xrm, microsoft, sidePanes } from "./platform.js";
import { h, language, passedOn, words } from "./words.js";

/** @import { Workspace } from "./platform.js" */
/** @typedef {{ id: string, title: string, locale: string, channel: number }} Conversation */

const PEOPLE = /** @type {Record<string, string>} */ ({});

/** @param {string} path @param {unknown} [body] */
const ask = async (path, body) => {
  const request = body === undefined ? {} : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  return (await fetch(path, request)).json();
};

/** Why the stand-in did not do it. @param {unknown} code @returns {string} */
const reasonOf = (code) => Object.entries(words).find(([name]) => name === code)?.[1] ?? words.failed;

class Page {
  /** @type {Conversation[]} */
  conversations = [];
  /** @type {Workspace} */
  workspace = { focused: undefined, sessions: new Map(), toSendBox: (text) => this.control?.toSendBox(text), send: (text, id) => ask(`/omnichannel/messages/${id}`, { text }) };
  offsetMs = 0;
  #sessions = h("ul", { className: "sessions" });
  #log = h("ul", { className: "log" });
  #answer = h("p", { className: "note", role: "status" });
  frame = /** @type {HTMLIFrameElement} */ (h("iframe", { id: "SidePanelIFrame", title: words.agent }));

  now = () => Math.trunc(Date.now() + this.offsetMs);

  /** What the conversation control offers the page around it. @returns {any} */
  get control() {
    try {
      const inner = this.frame.contentDocument?.querySelector("iframe");
      return /** @type {any} */ (inner?.contentWindow)?.chatControl;
    } catch {
      return undefined;
    }
  }

  async open() {
    await this.#read();
    const main = this.#main();
    Object.assign(globalThis, { Xrm: { ...Xrm, App: { sidePanes: sidePanes(main) } }, Microsoft: microsoft(this.workspace), demoNow: this.now });
    document.body.className = "workspace";
    document.body.append(this.#header(), main, h("div", { className: "side" }, this.frame), this.#outside());
    this.workspace.focused = this.conversations.find(({ id }) => id === new URLSearchParams(location.search).get("conversation"))?.id ?? this.conversations[0]?.id;
    this.frame.src = `/dynamics/widgets_container.html?${passedOn()}&page=cec_widgets`;
    this.#draw();
    setInterval(() => void this.#read(), 700);
  }

  async #read() {
    const { nowAtMs, conversations } = await ask("/omnichannel/conversations");
    this.offsetMs = nowAtMs - Date.now();
    this.conversations = conversations;
    for (const { id } of conversations) this.workspace.sessions.set(`session-${id}`, id);
    const { entries } = await ask("/stand-in/log");
    const received = entries.filter((/** @type {any} */ { kind }) => /message$/.test(kind));
    this.#log.replaceChildren(...received.slice(-12).reverse().map((/** @type {any} */ { kind, freeForm, text, outcome, errorCode }) =>
      h("li", {}, `${kind === "own-message" ? "–" : freeForm ? words.freeForm : words.template}: ${text} (${outcome ?? words.kept}${errorCode ? ` ${errorCode}` : ""})`)));
  }

  /**
   * What a person does at the phone or the clock. Then the page takes the demo's time, and its window gets the focus: whoever comes back to
   * Dynamics after some time, or after a look at a phone, brings that about, and the script reads anew.
   *
   * @param {string} path @param {Record<string, unknown>} body
   * @returns {Promise<boolean>} false: refused, and the page says why
   */
  async #steer(path, body) {
    this.#answer.textContent = "";
    const { code } = await ask(path, body).catch(() => ({ code: "failed" }));
    if (code !== undefined) this.#answer.textContent = reasonOf(code);
    else await this.#read().then(() => dispatchEvent(new FocusEvent("focus")));
    return code === undefined;
  }

  /** @param {string} id */
  focus(id, how = "in-place") {
    const before = this.workspace.focused;
    this.workspace.focused = id;
    this.#draw();
    if (how === "reload") this.frame.contentDocument?.querySelector("iframe")?.contentWindow?.location.reload();
    else this.control?.show(id);
    this.#tell("ON_SESSION_SWITCH", { previousSessionId: `session-${before}`, newSessionId: `session-${id}` });
  }

  /** Dynamics tells of it after its frame may show the other conversation. @param {string} event @param {Record<string, string>} data */
  #tell(event, data) {
    const channel = new BroadcastChannel(`stand-in.${event}`);
    setTimeout(() => (channel.postMessage(data), channel.close()), 150);
  }

  /** The session in focus is closed: no conversation is in focus after it. */
  close() {
    const before = this.workspace.focused;
    this.workspace.focused = undefined;
    this.workspace.sessions.delete(`session-${before}`);
    this.#draw();
    this.#tell("ON_SESSION_CLOSED", { previousSessionId: `session-${before}` });
  }

  #draw() {
    this.#sessions.replaceChildren(...this.conversations.map(({ id, title }) =>
      h("li", {}, h("button", { type: "button", "data-conversation": id, ...(id === this.workspace.focused ? { "aria-current": "true" } : {}), onclick: () => this.focus(id) }, title))));
  }

  #header() {
    const link = (/** @type {Record<string, string>} */ change, /** @type {string} */ text) => {
      const query = new URLSearchParams(location.search);
      for (const [name, value] of Object.entries(change)) query.set(name, value);
      const current = Object.entries(change).every(([name, value]) => (new URLSearchParams(location.search).get(name) ?? "default") === value);
      return h("a", { href: `?${query}`, ...(current ? { "aria-current": "true" } : {}) }, text);
    };
    const choice = (/** @type {string} */ label, /** @type {Node[]} */ ...links) => h("nav", { "aria-label": label }, h("span", {}, `${label}:`), ...links);
    return h("header", {}, h("strong", {}, words.title),
      choice(words.policy, link({ policy: "default" }, words.default), link({ policy: "strict" }, words.strict), link({ policy: "trusted-types" }, words["trusted-types"])),
      choice(words.origin, link({ origin: "default" }, words.same), link({ origin: "other" }, words.other)),
      link({ lang: language === "ar" ? "en" : "ar" }, words.language));
  }

  #main() {
    return h("main", {}, h("p", { className: "note" }, words.standIn), h("h2", {}, words.sessions), this.#sessions);
  }

  #outside() {
    const text = /** @type {HTMLInputElement} */ (h("input", { type: "text", name: "customer-text", "aria-label": words.phone }));
    const write = async (/** @type {Event} */ event) => {
      event.preventDefault();
      if (await this.#steer("/stand-in/customer-message", { conversationId: await personOf(this.workspace.focused), text: text.value })) text.value = "";
    };
    const jump = (/** @type {string} */ label, /** @type {() => Record<string, unknown> | Promise<Record<string, unknown>>} */ to) =>
      h("button", { type: "button", onclick: async () => this.#steer("/stand-in/clock", await to()) }, label);
    return h("aside", {}, h("h2", {}, words.phone), h("form", { onsubmit: write }, text, h("button", {}, words.write)),
      jump(words.plusHour, () => ({ advanceMs: 3_600_000 })),
      jump(words.pastClosing, async () => ({ toClosing: await personOf(this.workspace.focused) ?? "" })), this.#answer,
      h("h2", {}, words.received), this.#log);
  }
}

/** The demo's own name for whom a conversation is with. @param {string | undefined} id */
async function personOf(id = "") {
  if (!PEOPLE[id]) {
    const { value } = await ask(`/api/data/v9.2/msdyn_whatsappengagementctxes?$filter=_msdyn_liveworkitemid_value eq '${id}'`);
    const { customers } = await ask("/stand-in/customers");
    PEOPLE[id] = customers.find((/** @type {any} */ { phone, name }) => (phone ?? name) === (value[0]?.msdyn_customerphonenumber ?? value[0]?.msdyn_customername))?.id;
  }
  return PEOPLE[id];
}

document.documentElement.lang = language;
document.documentElement.dir = language === "ar" ? "rtl" : "ltr";
document.title = words.title;
const page = new Page();
Object.assign(globalThis, { workspace: page });
await page.open();
/** Dynamics' own policy, where the organisation asks for trusted types; a script that is uploaded makes none. */
const trusted = /** @type {any} */ (globalThis).trustedTypes?.createPolicy("dynamics", { createScriptURL: (/** @type {string} */ address) => address });
if (new URLSearchParams(location.search).get("reply-window") !== "none") {
  for (const address of ["/dynamics/settings.js", "/www/dist/reply-window.dynamics.js"]) {
    const src = trusted?.createScriptURL(address) ?? address;
    await new Promise((resolve, reject) => document.head.append(h("script", { src, onload: resolve, onerror: reject })));
  }
}
