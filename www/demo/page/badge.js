// @ts-check
// The state of a reply window in a list: the words and the picture are those of the reply window itself.

import { ring } from "../../elements/parts/icons.js";
import { h, put } from "./dom.js";

/** @import { WindowStatus } from "../../../src/wire/types.d.ts" */
/** @import { Words } from "./texts.js" */

export function createBadge() {
  const picture = ring();
  const label = h("span");
  const hidden = h("span", { class: "sr" });
  const root = h("span", { class: "badge" }, picture.picture, hidden, label);
  return {
    root,
    /** @param {WindowStatus} status @param {number} nowMs @param {Words} words */
    update({ kind, isOpen, openedAtMs = 0, closesAtMs }, nowMs, { t, own }) {
      root.dataset.kind = kind;
      const leftMs = isOpen && closesAtMs !== undefined ? closesAtMs - nowMs : undefined;
      picture.update(kind, Math.min(1, (leftMs ?? 0) / Math.max(1, (closesAtMs ?? 0) - openedAtMs)));
      put(hidden, `${own.t("window")}: `);
      const state = own.t(`state.${kind}`);
      put(label, leftMs === undefined ? state : t("badge.left", { state, left: own.t("left", { time: own.duration(leftMs) }) }));
    },
  };
}
