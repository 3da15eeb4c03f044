// @ts-check
/**
 * Webhooks of a number that another receiver wants as well (that of Dynamics 365, say). What came stands in the store's outbox since the
 * commit that recorded it; here it is tried, each customer's in their order, until it is taken, or for four hours.
 */
import { digestOf, textDigest } from "../engine/on-server.js";
import { bodyOf } from "../engine/request.js";
import { fault } from "../engine/fault.js";
import { codeOf } from "../server/code-of.js";
import { isPrivateHost } from "./private-address.js";
import { sendTo } from "./relay-send.js";
import { sealer, toBase64 } from "./sealed.js";

/**
 * @import { VerificationKey } from "../engine/keys.js"
 * @import { VerifiedWebhook } from "../engine/webhook.js"
 * @import { OutboxClaim, OutboxItem, OutboxOutcome, SharedStore } from "../stores/port.js"
 * @import { Count } from "./metrics.js"
 * @import { LogEntry } from "./parts.js"
 * @import { Outcome, RelayOptions, Sealed } from "./relay-send.js"
 */

/** Tried so long, so often where the target refuses, and so many at a time. */
const [TRY_MS, REFUSALS, AT_ONCE] = [4 * 60 * 60 * 1000, 3, 8];
/** What one try may take, and how long the item is then nobody else's. */
const [ANSWER_MS, LEASE_MS] = [15_000, 30_000];
/** A provider that waits for the target's answer waits so long. */
const SYNC_MS = 10_000;
/** Pauses: up to this, doubled with each try, up to that. */
const [PAUSE_MS, MAX_PAUSE_MS, MAX_RETRY_AFTER_MS] = [1_000, 30_000, 10 * 60_000];
const LOOK_MS = 1_000;
/** An item that failed so long, while the target took others, holds up nobody. */
const HOLD_MS = 60_000;
/** After so many failures on end the target is asked with one item at a time. */
const TRIPPED = 5;

/** @param {RelayOptions} given */
const checkedUrl = ({ url, privateHosts = [] }) => {
  if (!URL.canParse(url)) throw fault("wrong-type", "relay.url", "expected an address such as https://example.com/inbound");
  const { protocol, hostname, username, hash } = new URL(url);
  const isNamed = privateHosts.includes(hostname.replace(/^\[(.*)\]$/, "$1"));
  if (protocol !== "https:" && !(protocol === "http:" && isNamed)) throw fault("bad-target", "relay.url", "expected https; http only to a host that `privateHosts` names");
  if (username || hash) throw fault("bad-target", "relay.url", "expected no user name and no fragment in it");
  if (isPrivateHost(hostname) && !isNamed) throw fault("private-address", "relay.url", "it leads into a private network; name the host in `privateHosts` if that is meant");
  return url;
};

/** Copies of requests whose body is still to be read, and the ids of what they became. */
const createRequests = () => {
  /** @type {WeakMap<Request, Request>} */
  const copies = new WeakMap();
  /** @type {WeakMap<Request, string>} */
  const ids = new WeakMap();
  return {
    /** Before it is read. @param {Request} request */
    watch: (request) => void copies.set(request, request.clone()),
    /** @param {Request} request */
    idOf: (request) => ids.get(request),
    /** @param {Request} request */
    release: async (request) => void (await copies.get(request)?.body?.cancel().catch(() => {})),
    /**
     * @param {Request} request @param {VerifiedWebhook} webhook @param {(id: string, sealed: Sealed) => Promise<string>} seal @param {number} atMs
     * @returns {Promise<OutboxItem | undefined>}
     */
    async itemOf(request, webhook, seal, atMs) {
      const copy = copies.get(request);
      if (!copy) return undefined;
      const [body, { headers, method }] = [await bodyOf(copy), request];
      const fingerprint = textDigest(headers.get("x-twilio-signature") ?? "");
      // One that breaks its shape must not take the place of the request that it was cut from.
      const id = webhook.inbound.suspicions.length > 0 ? textDigest(`${fingerprint} ${digestOf(webhook)}`) : fingerprint;
      ids.set(request, id);
      const told = { method, query: method === "GET" ? new URL(request.url).search : "", type: headers.get("content-type") ?? "", token: headers.get("i-twilio-idempotency-token") ?? "" };
      return { id, atMs, body: await seal(id, { ...told, body: toBase64(body ?? new Uint8Array()) }) };
    },
  };
};

/** @param {number} tries made so far @param {() => number} random */
const pauseAfter = (tries, random) => random() * Math.min(MAX_PAUSE_MS, PAUSE_MS * 2 ** Math.min(tries - 1, 10));

/**
 * Whether the target is there at all. While it is not, one item asks it now and then, and the others wait untried.
 *
 * @param {() => number} now @param {() => number} random
 */
const createCircuit = (now, random) => {
  let [failures, takenMs, quietUntilMs] = [0, -Infinity, -Infinity];
  return {
    /** @param {boolean} isTaken */
    told(isTaken) {
      failures = isTaken ? 0 : failures + 1;
      quietUntilMs = failures < TRIPPED ? -Infinity : now() + pauseAfter(failures - TRIPPED + 1, random);
      if (isTaken) takenMs = now();
    },
    /** How many may be tried now. */
    atOnce: () => (failures < TRIPPED ? AT_ONCE : Number(now() >= quietUntilMs)),
    /** Whether it took something after this instant. @param {number} sinceMs */
    tookAfter: (sinceMs) => takenMs > sinceMs,
  };
};

/** @param {OutboxClaim} claim @param {Outcome} outcome @param {{ nowMs: number, random: () => number, tookOthers: boolean }} about @returns {OutboxOutcome} */
export const nextOf = ({ tries, sinceMs }, { kind, reason, retryAfterMs = 0 }, { nowMs, random, tookOthers }) => {
  if (kind === "delivered") return { kind };
  if (nowMs - sinceMs >= TRY_MS || (kind === "refused" && tries >= REFUSALS)) return { kind: "dead", atMs: nowMs, reason };
  return { kind: "retry", atMs: Math.round(nowMs + Math.max(pauseAfter(tries, random), Math.min(retryAfterMs, MAX_RETRY_AFTER_MS))), holds: !(nowMs - sinceMs > HOLD_MS && tookOthers), reason };
};

/** @typedef {{ outbox: Pick<SharedStore["outbox"], "claim" | "settle" | "stats">, now: () => number, log: (entry: LogEntry) => void, counted: Count, random?: () => number }} RelayParts */

/**
 * One item after another, or a few at a time.
 *
 * @param {RelayParts} parts @param {ReturnType<typeof sendTo>} send @param {(id: string, body: string) => Promise<string | undefined>} open
 */
const createTries = ({ outbox, now, log, counted, random = Math.random }, send, open) => {
  const circuit = createCircuit(now, random);
  const claim = (/** @type {{ limit: number, id?: string }} */ more) => outbox.claim({ nowMs: now(), untilMs: now() + LEASE_MS, ...more });
  /** @param {OutboxClaim} claimed @param {number} withinMs */
  const attempt = async (claimed, withinMs) => {
    const text = await open(claimed.id, claimed.body);
    /** @type {Outcome} */
    const outcome = text === undefined ? { kind: "again", reason: "key-unknown" } : await send(JSON.parse(text), withinMs);
    const tookOthers = circuit.tookAfter(claimed.sinceMs);
    // What cannot be read says nothing about the target.
    if (text !== undefined) circuit.told(outcome.kind !== "again");
    const next = nextOf(claimed, outcome, { nowMs: now(), random, tookOthers });
    counted({ outcome: next.kind === "retry" ? "failed" : next.kind, reason: outcome.reason });
    if (next.kind === "dead") log({ event: "dead-letter", reason: outcome.reason, tries: claimed.tries });
    await outbox.settle(claimed, next);
    return outcome;
  };
  return {
    claim, attempt,
    /** All that is due now. */
    async all() {
      for (let limit = circuit.atOnce(); limit > 0; limit = circuit.atOnce()) {
        const claims = await claim({ limit });
        await Promise.all(claims.map((one) => attempt(one, ANSWER_MS)));
        if (claims.length === 0) break;
      }
    },
  };
};

/** One look after another, at once where something came. @param {() => Promise<void>} look @param {(entry: LogEntry) => void} log */
const createLoop = (look, log) => {
  let [isStopped, isTrying, isWoken] = [true, false, false];
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const later = (/** @type {number} */ ms) => {
    clearTimeout(timer);
    if (!isStopped) timer = setTimeout(run, ms);
  };
  const run = async () => {
    [isTrying, isWoken] = [true, false];
    await look().catch((error) => log({ event: "relay-failed", code: codeOf(error) }));
    isTrying = false;
    later(isWoken ? 0 : LOOK_MS);
  };
  return {
    wake() {
      isWoken = true;
      if (!isTrying) later(0);
    },
    start() {
      isStopped = false;
      later(0);
    },
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
};

/**
 * @param {RelayParts} parts
 * @param {RelayOptions & { signBy: VerificationKey }} options
 */
export const createRelay = (parts, options) => {
  const { outbox, now, log } = parts;
  const { open, seal } = sealer(options.keys);
  const tries = createTries(parts, sendTo({ url: checkedUrl(options), signBy: options.signBy, fetch: options.fetch ?? globalThis.fetch, now }), open);
  const requests = createRequests();
  /** @type {{ waiting: number, dead: number, oldestAtMs?: number }} */
  let known = { waiting: 0, dead: 0 };
  const loop = createLoop(async () => {
    await tries.all();
    known = await outbox.stats();
  }, log);
  return {
    mode: options.mode ?? "async",
    watch: requests.watch, release: requests.release, ...loop,
    /** @param {Request} request @param {VerifiedWebhook} webhook @param {number} atMs */
    handOn: (request, webhook, atMs) => requests.itemOf(request, webhook, (id, sealed) => seal(id, JSON.stringify(sealed)), atMs),
    /** What the target answered to this one at once; nothing where it is not its turn, or the target did not answer. @param {Request} request @param {number} withinMs */
    async answer(request, withinMs = SYNC_MS) {
      const id = requests.idOf(request);
      const [mine] = id === undefined ? [] : await tries.claim({ limit: 1, id });
      return mine && (await tries.attempt(mine, Math.min(SYNC_MS, withinMs))).answer;
    },
    waiting: () => known.waiting,
    deadLetters: () => known.dead,
    oldestSeconds: () => (known.oldestAtMs === undefined ? 0 : Math.max(0, (now() - known.oldestAtMs) / 1000)),
  };
};

/** @typedef {ReturnType<typeof createRelay>} Relay */
