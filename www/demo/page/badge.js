// @ts-check
// The state of a reply window in few words: text, colour and picture say the same.

import { h, icon, put } from "./dom.js";

/** @import { WindowStatus } from "../../../src/wire/types.d.ts" */
/** @import { Words } from "./texts.js" */

export function createBadge() {
  const label = h("span");
  const hidden = h("span", { class: "sr" });
  const root = h("span", { class: "badge" }, hidden, label);
  return {
    root,
    /** @param {WindowStatus} status @param {number} nowMs @param {Words} words */
    update({ kind, closesAtMs }, nowMs, { t, duration }) {
      if (root.dataset.kind !== kind) {
        root.dataset.kind = kind;
        root.querySelector("svg")?.remove();
        root.prepend(icon(kind));
      }
      const runs = (kind === "open" || kind === "closing") && closesAtMs !== undefined;
      put(hidden, `${t("replyWindow")}: `);
      put(label, runs ? t("badge.left", { state: t(`badge.${kind}`), time: duration(closesAtMs - nowMs) }) : t(`badge.${kind}`));
    },
  };
}
