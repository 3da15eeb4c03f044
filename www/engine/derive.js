// @ts-check
import { assertBoolean, assertString, options } from "./check.js";
import { fault } from "./fault.js";
import { refuseTokenInBrowser, keyList } from "./keys.js";
import { webhooks } from "./modules/webhooks.js";

/**
 * The verification **and signing** key of a secret: it verifies and forges webhooks as the secret does, but it opens no
 * account, and the secret cannot be read from it. It is withdrawn only by rotating the secret.
 *
 * @param {string | Uint8Array} token an Auth Token, a shared key or (with `HMAC_SHA256`) an app secret of Meta
 * @param {{ algorithm?: "HMAC_SHA1" | "HMAC_SHA256", allowAuthTokenInPage?: boolean }} [given] `algorithm`: default
 *   `HMAC_SHA1`, which Auth Tokens use; the key is good for this one alone
 * @returns {{ key: string, findings: { code: string }[] }} `key`: text that begins with `rwk_`, to be given as `{ derived: key }`;
 *   `findings`: what is odd about the token (`key-white-space`, `key-nul`, `key-not-32-hex`)
 * @throws {import("./errors.js").ReplyWindowError} `key-empty`, `wrong-type`, `unknown-name`, `auth-token-in-page`
 * @example
 * const keys = [{ derived: deriveKey(authToken).key }];
 */
export function deriveKey(token, given = {}) {
  const { algorithm, allowAuthTokenInPage = false } = options(given, ["algorithm", "allowAuthTokenInPage"]);
  const [secret] = keyList([token], "token");
  if (typeof secret !== "string" && !ArrayBuffer.isView(secret)) throw fault("wrong-type", "token", "expected a text or bytes");
  refuseTokenInBrowser([secret], assertBoolean(allowAuthTokenInPage, "allowAuthTokenInPage"));
  return webhooks.call("deriveKey", algorithm === undefined ? { secret } : { secret, algorithm: assertString(algorithm, "algorithm") });
}
