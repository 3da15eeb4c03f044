// @ts-check
/** What a receiver remembers of the webhooks that it verified, beside them: they hold only what was signed. */
import { fault } from "./fault.js";

/** @type {WeakMap<object, string>} */
const digests = new WeakMap();

/** @param {object} webhook @param {string} digest */
export const remember = (webhook, digest) => void digests.set(webhook, digest);

/**
 * A hash of all that was signed, as it is divided into address and parameters.
 *
 * @param {object} webhook a `VerifiedWebhook` of Twilio, verified to be remembered
 * @returns {string}
 */
export function digestOf(webhook) {
  const digest = digests.get(webhook);
  // One that stands for every request would pass a cut as a repetition.
  if (digest === undefined) throw fault("unexpected", "webhook", "it was not verified to be remembered");
  return digest;
}
