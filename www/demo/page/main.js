// @ts-check
// The agent's desktop: conversations, the chat, and a stand-in for Twilio. Wiring only.

import { loadWords } from "../../i18n/messages.js";
import { Chat } from "./chat.js";
import { createControls, createPhone } from "./customer.js";
import { Desk } from "./desk.js";
import { h, icon, isolated, put } from "./dom.js";
import { createList } from "./list.js";
import { createLog } from "./log.js";
import { speak, wantedLanguage } from "./texts.js";

/** @import { Change } from "./desk.js" */
/** @import { Language } from "./texts.js" */

const TABS = /** @type {const} */ ({ list: ["conversations", "list"], chat: ["conversation", "chats"], standin: ["standIn", "phone"] });
const TICK_MS = 1000;
const KEY = "conversation";

class Page {
  #desk = new Desk();
  #words = speak(wantedLanguage());
  /** @type {Map<string, Chat>} */
  #chats = new Map();
  /** @type {string | undefined} */
  #selected;
  #list = createList(this.#desk, (id) => this.#choose(id, true));
  #phone = createPhone(this.#desk);
  #controls = createControls(this.#desk);
  #log = createLog();
  #brand = h("h1");
  #tag = h("span", { class: "tag" });
  #clock = h("span", { class: "clock" });
  #setup = h("a", { class: "setup-link", href: "/setup.html" });
  #languages = h("nav", { class: "languages" }, this.#languageLink("en", "English"), this.#languageLink("ar", "العربية"));
  #inspector = h("a", { class: "inspector-link", href: "/inspector.html" });
  #dynamics = h("a", { class: "dynamics-link", href: "/dynamics/index.html" });
  /** Of whoever is named in the address: nothing that they typed stays on this computer. */
  #signOut = h("button", { type: "button", class: "sign-out", hidden: !this.#desk.agent, onclick: () => {
    this.#desk.drafts?.clear();
    const address = new URL(location.href);
    address.searchParams.delete("agent");
    location.assign(address);
  } });
  #offline = h("p", { class: "offline", role: "status" });
  #name = h("h2", { class: "chat-name", id: "chat-name" });
  #address = h("span", { class: "chat-address" });
  #chatPlace = h("div", { class: "chat-place" });
  #listTitle = h("h2");
  #standInTitle = h("h2");
  #standInHint = h("p", { class: "hint" });
  #nav = h("nav", { class: "panel list-panel", id: "list" }, h("div", { class: "panel-title" }, this.#listTitle), this.#list.root);
  #chat = h("section", { class: "panel chat-panel", id: "chat", "aria-labelledby": "chat-name" }, h("header", { class: "chat-head" }, h("div", { class: "chat-who" }, this.#name, this.#address)), this.#chatPlace);
  #standIn = h("section", { class: "panel standin-panel", id: "standin", "aria-labelledby": "standin-title" },
    h("div", { class: "panel-title" }, this.#standInTitle, this.#standInHint), this.#phone.root, this.#controls.root, this.#log.root);
  #tabs = h("nav", { class: "tabs" });
  #columns = h("main", { class: "columns", "data-shown": "list" }, this.#nav, this.#chat, this.#standIn);

  async start() {
    this.#standInTitle.id = "standin-title";
    document.body.append(
      h("header", { class: "top" }, h("div", { class: "brand" }, this.#brand, this.#tag), this.#clock, this.#dynamics, this.#setup, this.#inspector, this.#signOut, this.#languages),
      this.#offline, this.#columns, this.#tabs,
    );
    await Promise.all([this.#desk.open(), loadWords(this.#words.language)]);
    this.#words = speak(this.#words.language);
    this.#desk.listen((change) => this.#changed(change));
    const wanted = new URLSearchParams(location.search).get(KEY) ?? "";
    this.#standIn.hidden = !this.#desk.standIn;
    this.#columns.classList.toggle("without-standin", !this.#desk.standIn);
    this.#choose(this.#desk.conversations.has(wanted) ? wanted : [...this.#desk.conversations.keys()][0], false);
    this.#speak();
    if (this.#desk.standIn) void this.#log.read();
    setInterval(() => this.#tick(), TICK_MS);
    document.addEventListener("visibilitychange", () => this.#tick());
  }

  /** @param {Language} language @param {string} name */
  #languageLink(language, name) {
    return h("a", { href: `?lang=${language}`, lang: language, hreflang: language, onclick: async (/** @type {Event} */ event) => {
      event.preventDefault();
      await loadWords(language);
      this.#words = speak(language);
      this.#remember("lang", language);
      this.#speak();
    } }, name);
  }

  /** In the address alone, so that a reload shows the same. @param {string} key @param {string} value */
  #remember(key, value) {
    const address = new URL(location.href);
    address.searchParams.set(key, value);
    history.replaceState(null, "", address);
  }

  #speak() {
    const { t, language, dir } = this.#words;
    Object.assign(document.documentElement, { lang: language, dir });
    document.title = t("desktop");
    put(this.#brand, t("desktop"));
    put(this.#tag, t("tag"));
    put(this.#inspector, t("inspector"));
    this.#inspector.href = `/inspector.html?lang=${language}`;
    put(this.#dynamics, t("dynamics"));
    // Only the stand-in for Twilio has one for Dynamics beside it.
    this.#dynamics.hidden = !this.#desk.standIn;
    this.#dynamics.setAttribute("href", `/dynamics/index.html?lang=${language}`);
    put(this.#signOut, t("signOut"));
    put(this.#setup, t("setup"));
    this.#setup.setAttribute("href", `/setup.html?lang=${language}`);
    put(this.#listTitle, t("conversations"));
    put(this.#standInTitle, t("standIn"));
    put(this.#standInHint, t("standInHint"));
    this.#nav.setAttribute("aria-label", t("conversations"));
    this.#languages.setAttribute("aria-label", t("languages"));
    this.#tabs.setAttribute("aria-label", t("desktop"));
    for (const link of this.#languages.children) {
      if (link.lang === language) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    this.#paintTabs();
    for (const chat of this.#chats.values()) chat.speak(this.#words);
    this.#log.update(this.#words);
    this.#update();
  }

  #paintTabs() {
    const names = /** @type {(keyof typeof TABS)[]} */ (Object.keys(TABS)).filter((name) => name !== "standin" || this.#desk.standIn);
    this.#tabs.replaceChildren(...names.map((name) => {
      const [key, picture] = TABS[name];
      const current = this.#columns.dataset.shown === name;
      return h("button", { type: "button", "data-tab": name, ...(current ? { "aria-current": "true" } : {}), onclick: () => this.#show(name) }, icon(picture), this.#words.t(key));
    }));
  }

  /** On a narrow screen one panel at a time. @param {keyof typeof TABS} name */
  #show(name) {
    const focused = this.#tabs.contains(document.activeElement);
    this.#columns.dataset.shown = name;
    this.#paintTabs();
    if (focused) this.#tabs.querySelector(`[data-tab="${name}"]`)?.focus();
  }

  /** @param {string | undefined} id @param {boolean} byHand */
  #choose(id, byHand) {
    const conversation = this.#desk.conversations.get(id ?? "");
    if (!conversation) return;
    this.#selected = conversation.id;
    this.#remember(KEY, conversation.id);
    for (const [other, { root }] of this.#chats) root.hidden = other !== conversation.id;
    if (!this.#chats.has(conversation.id)) {
      const chat = new Chat(this.#desk, conversation, this.#words);
      this.#chats.set(conversation.id, chat);
      this.#chatPlace.append(chat.root);
      chat.start();
    }
    if (byHand) {
      this.#show("chat");
      this.#chats.get(conversation.id)?.focus();
    }
    this.#update();
  }

  #update() {
    const conversation = this.#desk.conversations.get(this.#selected ?? "");
    this.#list.update(this.#words, this.#selected);
    if (conversation) {
      const { phone } = conversation.customer;
      this.#name.replaceChildren(isolated(conversation.name));
      this.#address.replaceChildren(phone ? h("bdi", { dir: "ltr" }, phone) : this.#words.t("userId"));
    }
    this.#phone.update(this.#words, conversation);
    this.#controls.update(this.#words, this.#selected);
    this.#tick();
  }

  /** Everything that is true only now is worked out again, never counted down. */
  #tick() {
    put(this.#clock, `${this.#words.t("demoTime")} ${this.#words.clock(this.#desk.now())}`);
    this.#controls.tick();
    this.#list.update(this.#words, this.#selected);
  }

  /** @param {Change} change */
  #changed(change) {
    if (change.kind === "online") put(this.#offline, this.#desk.online ? "" : this.#words.t("offline"));
    if (change.kind === "clock") for (const chat of this.#chats.values()) chat.serverTime(this.#desk.nowAtMs);
    if ("id" in change && change.id !== undefined) this.#tell(change, change.id);
    if (change.kind === "refused") this.#controls.refused();
    this.#update();
    if (this.#desk.standIn && change.kind !== "online") void this.#log.read();
  }

  /** @param {Change} change @param {string} id */
  #tell(change, id) {
    const chat = this.#chats.get(id);
    if (change.kind === "window") chat?.window();
    if (change.kind === "message") chat?.message(change.message);
    if (change.kind === "refused") chat?.refused(change.message);
  }
}

await new Page().start();
