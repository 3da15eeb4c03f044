// @ts-check
/** What the server decided of a message that it refused: it counts here too, until something newer is known. */
/** @import { Judgement, Verdict, WindowStatus } from "../../src/wire/types.d.ts" */
import { deepFrozen } from "./frozen.js";

/** From the strictest. */
const STRICT = /** @type {readonly unknown[]} */ (["no", "with-confirmation", "with-tag", "yes"]);
const KINDS = /** @type {readonly unknown[]} */ (["open", "closing", "closed", "unknown"]);

/** @typedef {{ verdict: Verdict, status?: WindowStatus, basis: string }} Ruling `basis`: what was known of the window when it came */

/** What a judgement rests on. @param {Pick<Judgement, "status">} judgement */
export const basisOf = ({ status: { openedAtMs, decidedBy } }) => JSON.stringify([openedAtMs, decidedBy?.log, decidedBy?.id]);

/**
 * The ruling in an error of a desktop's own send, if it is one. It came over the network: what it is made of is looked at.
 *
 * @param {any} error `verdict` and `windowStatus` as `createGate` gave them
 * @param {string} basis
 * @returns {Ruling | undefined}
 */
export function rulingOf(error, basis) {
  const { verdict, windowStatus: status } = Object(error);
  const isVerdict = STRICT.includes(verdict?.leaves) && typeof verdict.reason === "string" && typeof verdict.locksComposer === "boolean" && Array.isArray(verdict.alternatives);
  if (!isVerdict) return undefined;
  const isStatus = KINDS.includes(status?.kind) && typeof status.reason === "string" && Array.isArray(status.ignored);
  try {
    return deepFrozen({ basis, verdict: structuredClone(verdict), ...(isStatus && { status: structuredClone(status) }) });
  } catch {
    return undefined; // it holds what is no data
  }
}

/**
 * The stricter of the two.
 *
 * @param {Judgement} own
 * @param {Ruling | undefined} ruling
 * @returns {Judgement}
 */
export function withRuling(own, ruling) {
  if (!ruling || ruling.basis !== basisOf(own) || STRICT.indexOf(ruling.verdict.leaves) >= STRICT.indexOf(own.verdict.leaves)) return own;
  return { ...own, verdict: ruling.verdict, status: ruling.status ?? own.status };
}
