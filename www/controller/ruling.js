// @ts-check
/** What the server decided of a message that it refused: it counts here too, until something newer is known. */
/** @import { Judgement, Verdict, WindowStatus } from "../../src/wire/types.d.ts" */
import { deepFrozen } from "./frozen.js";

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
  const isVerdict = typeof verdict?.leaves === "string" && typeof verdict.reason === "string" && typeof verdict.locksComposer === "boolean" && Array.isArray(verdict.alternatives);
  if (!isVerdict) return undefined;
  const isStatus = typeof status?.kind === "string" && typeof status.reason === "string" && Array.isArray(status.ignored);
  try {
    return deepFrozen({ basis, verdict: structuredClone(verdict), ...(isStatus && { status: structuredClone(status) }) });
  } catch {
    return undefined; // it holds what is no data
  }
}

/**
 * The stricter of the two, as the engine found.
 *
 * @param {Judgement} judgement asked with `rulingIn`
 * @param {Ruling | undefined} ruling
 * @returns {Pick<Judgement, "status" | "verdict">}
 */
export function withRuling({ overruled, ...own }, ruling) {
  if (!ruling || overruled === undefined || ruling.basis !== basisOf(own)) return own;
  return { verdict: ruling.verdict, status: overruled === "whole" && ruling.status ? ruling.status : own.status };
}

/** It as the engine is asked about it. @param {Ruling | undefined} ruling */
export const rulingIn = (ruling) => (ruling ? { leaves: ruling.verdict.leaves, ...(ruling.status && { status: ruling.status.kind }) } : undefined);
