// @ts-check
/**
 * What was typed, with the wrong parts marked. Of a secret only the shape is shown: a dot for each character.
 *
 * @import { Finding } from "../../../src/wire/types.d.ts"
 * @import { Messages } from "../../i18n/messages.js"
 */
import { h } from "../parts/dom.js";

/** Characters before the first mark and after the last; and of everything. */
const AROUND = 16;
const MAX_ECHO = 96;

/** Characters that show nothing. */
const HIDDEN = /[\s\p{C}\u034f\u115f\u1160\u3164\u2800\ufe00-\ufe0f]/u;

/** A character that shows nothing is a chip with its name, or its code point; of a secret the others are dots. @param {Messages} m @param {string} text @param {boolean} secret */
const visible = (m, text, secret) => [...text].map((one) => {
  if (!HIDDEN.test(one)) return secret ? "•" : one;
  const code = /** @type {number} */ (one.codePointAt(0)).toString(16).toUpperCase().padStart(4, "0");
  return h("span", { class: "char", dir: "auto", title: `U+${code}` }, m.say(`char.${code}`, `U+${code}`));
});

/**
 * Nothing where all of it is wrong and can be seen: the field itself shows that.
 *
 * @param {Messages} m
 * @param {string} text
 * @param {Finding} finding
 * @param {boolean} secret
 */
export function markFinding(m, text, { marks, start }, secret) {
  if (start === 0 && marks.length === 1 && marks[0].end === text.length && !HIDDEN.test(text)) return null;
  const from = Math.max(0, start - AROUND);
  const to = Math.min(text.length, from + MAX_ECHO, (marks.at(-1)?.end ?? start) + AROUND);
  const show = (/** @type {number} */ a, /** @type {number} */ b) => (secret ? "•".repeat(Math.max(0, b - a)) : text.slice(a, b));
  /** @type {(Node | string)[]} */
  const parts = [from > 0 ? "…" : ""];
  let at = from;
  for (const { start: a, end: b } of marks.filter((mark) => mark.start <= to)) {
    parts.push(show(at, Math.min(a, to)));
    parts.push(a === b ? h("mark", { class: "gap" }, "?") : h("mark", {}, ...visible(m, text.slice(a, Math.min(b, to)), secret)));
    at = Math.min(b, to);
  }
  parts.push(show(at, to), to < text.length ? "…" : "");
  return h("bdi", { class: "echo", dir: "ltr" }, ...parts.filter((part) => part !== ""));
}

/** Whether two texts look the same: what differs is what nobody sees. @param {string} one @param {string} other */
export const looksAlike = (one, other) => one.replace(/\p{Cf}|\p{Cc}/gu, "") === other;
