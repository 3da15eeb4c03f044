// @ts-check
/** Addresses of ours that the token may not ask the service about. */
import { ReplyWindowError } from "../engine/errors.js";

/** @param {(error: unknown) => void} report @returns {(business: string) => void} tells of each once */
export const createRefusals = (report) => {
  /** @type {Set<string>} */
  const told = new Set();
  return (business) => {
    if (told.has(business)) return;
    told.add(business);
    report(new ReplyWindowError("service-unauthorized", "the token may not ask the window service about an address of ours that a conversation is with: its window stays unknown"));
  };
};
