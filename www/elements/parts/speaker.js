// @ts-check
import { h } from "./dom.js";

/** A line that speaks. The same sentence twice is spoken twice. */
export function speaker() {
  const root = h("div", { role: "status", class: "sr" });
  return {
    root,
    say: (/** @type {string} */ text) => (root.textContent = text === root.textContent ? `${text}\u00a0` : text),
    /** Takes a sentence back that is told elsewhere. */
    unsay: (/** @type {string} */ text) => root.textContent?.startsWith(text) && (root.textContent = ""),
  };
}
