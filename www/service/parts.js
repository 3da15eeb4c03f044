// @ts-check
/** What the parts of the service share. */

/**
 * @import { Channel, NotOwner, Policy, Unknown } from "../../src/wire/types.d.ts"
 * @import { SharedStore } from "../stores/port.js"
 * @import { TwilioClient } from "../server/twilio/client.js"
 * @import { Authorize, Token } from "./access.js"
 * @import { Reading } from "./asking.js"
 * @import { RelayOptions } from "./relay-send.js"
 * @import { Follower } from "./follower.js"
 */

/**
 * @typedef {object} ServiceOptions
 * @property {SharedStore} store
 * @property {string} [publicUrl] the address under which the providers reach this service, without a path; see `createReceiver`
 * @property {{ keys: import("../engine/webhook.js").VerifyOptions["keys"], client?: TwilioClient, numbers?: readonly string[], confirm?: boolean }} [twilio]
 *   Without it Twilio's addresses are not there. `client` and `numbers` (E.164, ours): gaps are healed from the Messages resource.
 *   `confirm`: ask for the date of a message that would open a closed window, see `createReceiver`
 * @property {{ appSecrets: string[], verifyToken: string }} [meta] without it Meta's address is not there
 * @property {readonly Token[]} [tokens] who may ask; nobody by default
 * @property {Authorize} [authorize] in the place of `tokens`
 * @property {readonly string[]} [origins] pages that may ask, such as `https://desk.example.com`; none by default
 * @property {Partial<Record<Channel, Policy>>} [policies] default: the engine's; the store's `closesAt` has to know the same
 * @property {Unknown} [unknown] see `createGate`
 * @property {NotOwner} [owner] see `createGate`
 * @property {number} [maxStreams] event streams at once; default 1,000
 * @property {{ thresholdsMs: readonly number[], url?: string, secret?: string, fetch?: typeof globalThis.fetch }} [reminders] before closing
 * @property {RelayOptions} [relay] Twilio's messages are handed on to another receiver as well
 * @property {boolean} [report] counts for supervisors are kept and shown (`/report`); default `false`. They hold no text and nobody's name
 * @property {() => number} [now] UTC milliseconds
 * @property {(entry: LogEntry) => void} [log] one JSON line each by default; holds no text and no identity
 */

/** @typedef {{ event: string } & Record<string, string | number | boolean | undefined>} LogEntry */

/**
 * @typedef {object} Parts
 * @property {Reading["store"]} store
 * @property {Reading["statuses"]} statuses
 * @property {(business: string) => number | undefined} observedSince
 * @property {Partial<Record<Channel, Policy>>} policies
 * @property {Unknown | undefined} unknown
 * @property {NotOwner | undefined} owner
 * @property {() => number} now
 * @property {(entry: LogEntry) => void} log
 * @property {(key: string) => Promise<string>} pseudonym
 * @property {ReturnType<typeof import("./positions.js").positionsBy>} positions
 * @property {() => void} changed something changed here: streams are told at once
 * @property {() => void} lost a webhook was not recorded, and may not come again
 * @property {Follower} follower
 * @property {import("./metrics.js").Counters} metrics
 */

export {};
