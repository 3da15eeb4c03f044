/** Why something was refused or failed: the codes of `ReplyWindowError`. */
import type { VerdictReason } from "./session.d.ts";

/** What is handed in as data is not of the shape that was asked for: whoever is handed data may say so. `field` is the path of what is wrong. */
export type ReadingErrorCode =
  | "input-too-large" | "missing-field" | "not-plain-data" | "number-not-finite" | "number-out-of-range" | "unknown-field" | "unknown-name" | "wrong-type";

/** A time is none. `field` is its path. */
export type TimeErrorCode = "time-bad-text" | "time-in-microseconds" | "time-in-seconds" | "time-not-whole" | "time-out-of-range";

/** An argument, or a field of one, is not what was asked for. `field` says which. */
export type ArgumentErrorCode =
  | ReadingErrorCode | TimeErrorCode
  | "already-connected" | "already-mounted" | "bad-address" | "bad-body" | "bad-derived-key" | "bad-id" | "bad-origin" | "bad-policy" | "bad-secret" | "bad-target" | "bad-url"
  | "book-full" | "conflicting-fields" | "no-time" | "out-of-range" | "private-address" | "token-too-short"
  | "too-many-books" | "too-many-indexes" | "too-many-windows" | "unknown-book" | "unknown-index" | "unknown-region" | "unsupported-version" | "wrong-length";

/** A webhook's signature, or what it was to be verified with. */
export type WebhookErrorCode =
  | "account-ambiguous" | "address-not-of-key" | "algorithm-mismatch" | "auth-token-in-page" | "body-hash-conflict" | "body-hash-mismatch"
  | "body-not-json" | "body-timed-out" | "body-too-large" | "body-unreadable" | "content-type-unsupported" | "forwarded-malformed"
  | "handshake-refused" | "headers-too-many" | "key-empty" | "key-lookup-failed" | "key-missing" | "key-names-addresses" | "key-shared"
  | "pair-without-equals" | "pair-without-name" | "public-url-failed" | "settings-malformed" | "shared-key-required" | "shared-key-unknown"
  | "signature-malformed" | "signature-mismatch" | "signature-missing" | "signature-multiple" | "url-too-long";

/** The engine itself: not there, or it failed and was restarted. Every function that asks it may say so. */
export type EngineErrorCode = "engine-crashed" | "engine-unavailable";

/** A message that was stopped, did not go out, or of which nobody knows. */
export type SendErrorCode =
  | "bad-receipt" | "customer-unknown" | "destroyed" | "not-connected" | "not-sent" | "outcome-unknown" | "send-blocked" | "send-failed"
  | "send-in-progress" | "send-refused" | "template-incomplete" | "template-not-allowed" | "template-not-sendable" | "templates-timed-out"
  | "templates-unavailable" | "unknown-conversation";

/** Stores, the window service, its client and the providers' interfaces. */
export type ServiceErrorCode =
  | "bad-json" | "bad-position" | "handler-timed-out" | "http-library-missing" | "keys-apart" | "outbox-full"
  | "provider-busy" | "provider-refused" | "provider-unauthorized" | "provider-unreachable" | "provider-unreadable" | "redis-client-missing"
  | "service-time-unsure" | "service-unauthorized" | "service-unavailable" | "service-unreachable" | "service-unreadable" | "sqlite-missing"
  | "store-not-ours" | "store-other-tags" | "store-timed-out" | "store-too-new" | "store-unavailable" | "unexpected";

/** Dynamics 365's own outbound messages. */
export type DynamicsErrorCode =
  | "customer-without-number" | "dataverse-absent" | "optin-missing" | "optin-refused" | "outbound-not-configured" | "outbound-not-tested"
  | "outbound-not-understood" | "send-not-set-up";

/**
 * Every code of a `ReplyWindowError`. A code keeps its meaning once it is released; new ones may come. A send that was vetoed bears the reason of the
 * verdict.
 */
export type ErrorCode = ArgumentErrorCode | WebhookErrorCode | EngineErrorCode | SendErrorCode | ServiceErrorCode | DynamicsErrorCode | VerdictReason;
