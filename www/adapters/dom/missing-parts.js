// @ts-check
/** Which parts of a composer are not there, or not where they can be: for the developer, at the console. */

/** @import { PartName } from "./parts.js" */

/** What a page has from the start, whatever it shows of it; files that wait and a dictation come and go. @type {readonly PartName[]} */
const LASTING = ["input", "send", "root", "area", "attach"];

/** @param {Partial<Record<PartName, unknown>>} given @param {(name: PartName) => boolean} isThere @param {boolean} isRefused the place where the page wants the panel */
export function tellMissing(given, isThere, isRefused) {
  if (isRefused) console.warn("reply-window: the panel's place lies inside composer.root, which is hidden while the window is closed: the panel stands before it.");
  const missing = LASTING.filter((name) => given[name] !== undefined && !isThere(name));
  if (missing.length === 0) return;
  const told = missing.map((name) => `composer.${name}${typeof given[name] === "string" ? ` (${given[name]})` : ""}`);
  console.warn(`reply-window: not on the page: ${told.join(", ")}. ${missing.includes("input") ? "Nothing is locked" : "What is not found is not guarded"} until it is there.`);
}
