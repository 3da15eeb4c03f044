// @ts-check
// Whether what a desktop's own call is about to send may leave: what the window says, then what the provider would not take.

import { stopped } from "../engine/fallback-verdict.js";

/** @import { AdapterHost } from "../controller/adapter-port.js" */
/** @import { Confirmed } from "../controller/types.js" */
/** @import { OtherVerdict } from "../engine/fallback-verdict.js" */

/**
 * @param {AdapterHost | undefined} host without one, the desktop does as it does by itself
 * @param {{ text: string, isTemplate: boolean }} about
 * @param {Confirmed} [confirmed]
 * @returns {OtherVerdict}
 */
export function verdictOn(host, { text, isTemplate }, confirmed) {
  if (!host) return { ...stopped(""), leaves: "yes" };
  try {
    const verdict = host.judge({ kind: isTemplate ? "template" : "text" }, confirmed);
    if (verdict.leaves === "no" || !text) return verdict;
    const found = host.check?.({ text, attachments: [] }).problems.find(({ code }) => code !== "empty");
    return found ? stopped(found.code) : verdict;
  } catch {
    return stopped("engine-failed");
  }
}
