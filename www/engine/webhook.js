// @ts-check
/** @typedef {import("./webhook-calls.js").VerifiedWebhook} VerifiedWebhook */
/** @typedef {import("./webhook-calls.js").VerifyOptions} VerifyOptions */
/** @typedef {import("./webhook-calls.js").VerifyRequestOptions} VerifyRequestOptions */
/** @typedef {import("./webhook-calls.js").WebhookRequest} WebhookRequest */
/** @typedef {import("./webhook-calls.js").HeadersLike} HeadersLike */
/** @typedef {import("./webhook-calls.js").RawRequest} RawRequest */
import { verifyRequestIn, verifyWebhookIn } from "./webhook-calls.js";
import { webhooks } from "./modules/webhooks.js";

/**
 * Verifies a webhook of Twilio (`X-Twilio-Signature`) or Meta (`X-Hub-Signature-256`) and reads it. There is no result
 * that means "not verified": it returns the signed request or throws. Answer a throw with 403 and change nothing.
 *
 * @param {WebhookRequest} request `url`: the full public address as
 *   Twilio knows it, at most 64 KiB; `body`: raw, as received, at most 256 KiB, or 3 MiB of Meta's (a parsed body cannot be verified); none for GET
 * @param {VerifyOptions} given
 * @returns {VerifiedWebhook}
 * @throws {import("./errors.js").ReplyWindowError} a `WebhookErrorCode`: of a request that is not signed so
 *   `signature-missing`, `signature-multiple`, `signature-malformed`, `signature-mismatch`, `account-ambiguous`, `address-not-of-key`; of one that cannot be read `url-too-long`,
 *   `body-too-large`, `body-not-json`; of keys `key-missing`, `key-empty`, `auth-token-in-page`. `bad-body` for a body that was parsed; a `ReadingErrorCode` or a
 *   `TimeErrorCode` for what is handed in
 * @example
 * const keys = [authToken];
 * const { inbound } = verifyWebhook({ url, headers: request.headers, body }, { keys });
 */
export function verifyWebhook(request, given) {
  return verifyWebhookIn(webhooks, request, given);
}

/**
 * {@link verifyWebhook} for a fetch `Request` (Node, Deno, Bun, workerd, Hono). The body is read, at most 256 KiB of it, or 3 MiB of Meta's.
 *
 * @param {Request} request
 * @param {VerifyRequestOptions} given
 *   `publicUrl`: the address as Twilio knows it, where a proxy stands between: an origin (`https://example.com`), to
 *   which the request's path and query are appended, or an address with a path, to which the request's query is
 *   appended. `trustForwarded` (default `false`): take scheme, host and port from `X-Forwarded-Proto`, `-Host` and
 *   `-Port`; only behind a proxy that overwrites what the sender wrote there, and not beside `publicUrl`. `bodyTimeoutMs`
 *   (default 15,000): how long the body may take
 * @returns {Promise<VerifiedWebhook>}
 * @throws {import("./errors.js").ReplyWindowError} rejects as {@link verifyWebhook} throws; `body-unreadable`,
 *   `body-timed-out`, `forwarded-malformed`
 * @example
 * const { inbound } = await verifyRequest(request, { keys, publicUrl: "https://hooks.example.com" });
 */
export async function verifyRequest(request, given) {
  return verifyRequestIn(webhooks, request, given);
}
