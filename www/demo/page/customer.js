// @ts-check
// The stand-in: the customer's phone, the clock, a refusal, and what was received.

import { ask, isLost } from "./desk.js";
import { h, icon, isolated, put } from "./dom.js";
import { avatar } from "./list.js";

/** @import { Conversation, Desk, Message } from "./desk.js" */
/** @import { Words } from "./texts.js" */

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
/** Statuses with which a message has reached the phone. */
const ARRIVED = ["received", "sent", "delivered", "read"];

/** @param {Desk} desk */
export function createPhone(desk) {
  /** @type {Conversation | undefined} */
  let conversation;
  const name = h("span", { class: "phone-name" });
  const face = h("span");
  const screen = h("div", { class: "screen", role: "log", tabindex: 0 });
  const input = h("input", { type: "text", name: "customer-text", dir: "auto", autocomplete: "off", maxlength: 4096 });
  const button = h("button", { type: "submit", class: "round" }, icon("send"));
  const form = h("form", { class: "phone-form", onsubmit: (/** @type {Event} */ event) => void write(event) }, input, button);
  const root = h("section", { class: "phone" }, h("header", {}, face, name), screen, form);

  /** @param {Event} event */
  const write = async (event) => {
    event.preventDefault();
    const text = input.value.trim();
    if (!text || !conversation) return;
    input.value = "";
    await ask("/stand-in/customer-message", { conversationId: conversation.id, text }).catch(() => (input.value = text));
  };

  /** @param {Message} message @param {Words} words */
  const bubble = ({ direction, text, atMs }, words) =>
    h("p", { class: `said ${direction}`, dir: "auto" }, h("span", {}, text), h("time", { datetime: new Date(atMs).toISOString(), dir: words.dir }, words.clock(atMs)));

  return {
    root,
    /** @param {Words} words @param {Conversation | undefined} shown */
    update(words, shown) {
      root.hidden = !shown;
      if (!shown) return;
      if (conversation !== shown) input.value = "";
      conversation = shown;
      const { t } = words;
      face.replaceChildren(avatar(shown.name));
      name.replaceChildren(isolated(shown.name));
      root.setAttribute("aria-label", t("phoneOf", { name: shown.name }));
      screen.setAttribute("aria-label", t("phoneOf", { name: shown.name }));
      input.placeholder = t("placeholder");
      input.setAttribute("aria-label", t("writeAs", { name: shown.name }));
      button.setAttribute("aria-label", t("send"));
      const arrived = shown.messages.filter((message) => ARRIVED.includes(message.status) && !isLost(message));
      screen.replaceChildren(...arrived.map((message) => bubble(message, words)));
      screen.scrollTop = screen.scrollHeight;
    },
  };
}

/** Where the clock may be set, seen from the window of the conversation that is shown. */
const JUMPS = /** @type {const} */ ([
  { name: "plusHour", to: () => ({ advanceMs: HOUR_MS }) },
  { name: "toMinute", to: (/** @type {string | undefined} */ id) => ({ toClosing: id, beforeMs: MINUTE_MS }) },
  { name: "pastClosing", to: (/** @type {string | undefined} */ id) => ({ toClosing: id, beforeMs: -1000 }) },
]);

/** The button that has the next message refused. @param {(path: string, body: Record<string, unknown>) => Promise<void>} steer */
function refusalButton(steer) {
  /** @type {Words} */
  let words;
  let refusing = false;
  const button = h("button", { type: "button", class: "refuse", "aria-pressed": "false" });
  const paint = () => {
    button.setAttribute("aria-pressed", String(refusing));
    button.replaceChildren(icon("failed"), words.t(refusing ? "refuseOn" : "refuse"));
  };
  button.addEventListener("click", async () => {
    refusing = !refusing;
    await steer("/stand-in/refuse-next", { count: refusing ? 1 : 0 });
    paint();
  });
  return {
    button,
    /** A refusal happened: the order is used up. */
    refused() {
      refusing = false;
      paint();
    },
    /** @param {Words} spoken */
    update(spoken) {
      words = spoken;
      paint();
    },
  };
}

/** @param {Desk} desk */
export function createControls(desk) {
  /** @type {string | undefined} */
  let id;
  /** @type {Words} */
  let words;
  const answer = h("p", { class: "answer", role: "status" });
  const time = h("time", { class: "demo-time" });

  /** @param {string} path @param {Record<string, unknown>} body */
  const steer = async (path, body) => {
    put(answer, "");
    await ask(path, body).catch((error) => put(answer, words.problem(error.code)));
  };
  const buttons = JUMPS.map(({ name, to }) => h("button", { type: "button", "data-jump": name, onclick: () => void steer("/stand-in/clock", to(id)) }));
  const refusal = refusalButton(steer);
  const hint = h("p", { class: "hint" });
  const title = h("h3");

  return {
    root: h("section", { class: "controls" }, h("div", { class: "controls-top" }, title, time), h("div", { class: "jumps" }, ...buttons), refusal.button, hint, answer),
    refused: refusal.refused,
    tick() {
      put(time, words.exact(desk.now()));
    },
    /** @param {Words} spoken @param {string | undefined} selected */
    update(spoken, selected) {
      if (id !== selected) put(answer, "");
      id = selected;
      words = spoken;
      put(title, words.t("demoClock"));
      JUMPS.forEach(({ name }, index) => put(buttons[index], words.t(name)));
      put(hint, words.t("refuseHint"));
      refusal.update(words);
      this.tick();
    },
  };
}
