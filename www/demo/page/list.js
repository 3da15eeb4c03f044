// @ts-check
// The conversations, each with its last line and the time left.

import { createBadge } from "./badge.js";
import { h, isolated, put } from "./dom.js";

/** @import { Conversation, Desk } from "./desk.js" */
/** @import { Words } from "./texts.js" */

/** Initials. @param {string} name */
const initials = (name) => name.split(/\s+/).map((part) => [...part][0]).slice(0, 2).join("\u200c");

/** @param {string} name */
export const avatar = (name) => h("span", { class: "avatar", "aria-hidden": "true" }, initials(name));

/** @param {Conversation} conversation @param {(id: string) => void} onChoose */
function createRow({ id, name }, onChoose) {
  const badge = createBadge();
  const who = h("span");
  const line = h("bdi", { dir: "auto" });
  const moment = h("span", { class: "moment" });
  const waits = h("span", { class: "waits" });
  const button = h(
    "button",
    { type: "button", class: "row", "data-conversation": id, onclick: () => onChoose(id) },
    avatar(name),
    h("span", { class: "row-text" }, h("span", { class: "row-top" }, h("span", { class: "row-name" }, isolated(name)), moment), h("span", { class: "last" }, who, line), h("span", { class: "marks" }, badge.root, waits)),
  );
  return { root: h("li", {}, button), button, badge, who, line, moment, waits };
}

/**
 * @param {Desk} desk
 * @param {(id: string) => void} onChoose
 */
export function createList(desk, onChoose) {
  const root = h("ul", { class: "rows" });
  /** @type {Map<string, ReturnType<typeof createRow>>} */
  const rows = new Map();

  /** @param {Conversation} conversation */
  const rowOf = (conversation) => {
    const known = rows.get(conversation.id) ?? createRow(conversation, onChoose);
    if (!rows.has(conversation.id)) root.append(known.root);
    rows.set(conversation.id, known);
    return known;
  };

  return {
    root,
    /** @param {Words} words @param {string | undefined} selected */
    update(words, selected) {
      const now = desk.now();
      const shown = [...desk.conversations.values()];
      const statuses = desk.statusesOf(shown);
      for (const [index, conversation] of shown.entries()) {
        const { button, badge, who, line, moment, waits } = rowOf(conversation);
        const message = conversation.messages.at(-1);
        badge.update(statuses[index], now, words);
        put(waits, desk.asking.has(conversation.id) ? words.t("textWaits") : "");
        put(who, message?.direction === "outbound" ? words.t("you") : "");
        put(line, message ? message.text : words.t("nothingYet"));
        put(moment, message ? words.moment(message.atMs, now) : "");
        if (conversation.id === selected) button.setAttribute("aria-current", "true");
        else button.removeAttribute("aria-current");
      }
    },
  };
}
