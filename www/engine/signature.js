// @ts-check
/** @import { VerifyOptions, WebhookRequest } from "./webhook-calls.js" */
import { signatures } from "./modules/signatures.js";
import { verifySignatureIn } from "./webhook-calls.js";

/**
 * Who signed a webhook of Twilio (`X-Twilio-Signature`) or Meta (`X-Hub-Signature-256`), for who reads it alone: a small
 * part of what {@link import("./webhook.js").verifyWebhook} brings along. There is no result that means "not verified".
 *
 * @param {WebhookRequest} request as `verifyWebhook` takes it
 * @param {Omit<VerifyOptions, "receivedAt">} given as there; a key that names `addresses` is refused, since nothing is read
 * @returns {{ key: number, url: string, parameters: { name: string, value: string }[] }} the index of the key that signed,
 *   the address in the spelling that was signed, and the parameters of a form (none where the body is JSON), read when they
 *   are first asked for
 * @throws {import("./errors.js").ReplyWindowError} as `verifyWebhook`, but for `body-not-json` and `address-not-of-key`;
 *   `key-names-addresses`
 * @example
 * const { parameters } = verifySignature({ url, headers: request.headers, body }, { keys: [authToken] });
 */
export function verifySignature(request, given) {
  return verifySignatureIn(signatures, request, given);
}
