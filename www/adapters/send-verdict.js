// @ts-check
// Whether what a desktop is about to send may leave: what the window says, then what the provider would not take, then whether it went out before. And
// what is told of it: that it was stopped, or what became of it.

import { asked, stopped } from "../engine/fallback-verdict.js";

/** @import { AdapterHost } from "../controller/adapter-port.js" */
/** @import { OutgoingText } from "../controller/types.js" */
/** @import { OtherVerdict } from "../engine/fallback-verdict.js" */

/** What the controller hands over: the send, and the agent's yes to it. @typedef {{ [Name in "sendId" | "confirmed"]?: OutgoingText[Name] | undefined }} HandedOver */

/**
 * @param {AdapterHost | undefined} host without one, the desktop does as it does by itself
 * @param {{ text: string, isTemplate?: boolean, isOfFiles?: boolean }} about `isOfFiles`: files are asked about, and the text stays where it is
 * @param {HandedOver} [handedOver]
 * @returns {OtherVerdict}
 */
export function verdictOn(host, { text, isTemplate = false, isOfFiles = false }, handedOver) {
  if (!host) return { ...stopped(""), leaves: "yes" };
  try {
    const verdict = host.judge({ kind: isTemplate ? "template" : "text" }, handedOver?.confirmed);
    if (verdict.leaves === "no" || !text) return verdict;
    const found = host.check?.({ text, attachments: [] }).problems.find(({ code }) => code !== "empty");
    if (found) return stopped(found.code);
    const doubt = isTemplate || isOfFiles ? undefined : host.doubt?.({ text, sendId: handedOver?.sendId });
    return doubt === undefined ? verdict : asked(doubt);
  } catch {
    return stopped("engine-failed");
  }
}

/** Tells that a send was stopped, or has the agent asked. @param {AdapterHost | undefined} host @param {OtherVerdict} verdict @param {string} text */
export function tellStopped(host, { leaves, reason }, text) {
  try {
    if (leaves === "with-confirmation" && text && host?.ask) host.ask({ text, reason });
    else host?.blocked({ text, reason });
  } catch (cause) {
    globalThis.reportError?.(cause);
  }
}

/**
 * Sends, and tells what became of it.
 *
 * @template Answer
 * @param {AdapterHost | undefined} host
 * @param {string | undefined} sendId
 * @param {() => Promise<Answer> | Answer} send
 * @param {(error: any) => unknown} [beforeFailure] tells what stands in the box by now: beside that the text comes back. What it answers is told in the place of
 *   the error
 * @returns {Promise<Answer>} rejects as `send` does
 */
export async function settled(host, sendId, send, beforeFailure) {
  try {
    const answer = await send();
    if (sendId !== undefined) host?.settleText?.(sendId, {});
    return answer;
  } catch (error) {
    const told = await beforeFailure?.(error);
    if (sendId !== undefined) host?.settleText?.(sendId, { error: told ?? error });
    throw error;
  }
}
