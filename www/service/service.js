// @ts-check
/**
 * The window service as a fetch handler, for Node, Deno, Bun and workerd: it receives the providers' webhooks and tells every desktop and
 * every process how the windows stand. `npx reply-window serve` is this on a port.
 */
import { assertBoolean, assertFunction, assertString, options } from "../engine/check.js";
import { fault } from "../engine/fault.js";
import { checkAddress, checkFunctions, checkKeys, checkStore } from "../server/checked.js";
import { permitted, tokenAccess } from "./access.js";
import { Refusal, answer, plainAnswer, refusalOf, refused } from "./answers.js";
import { askedStore, statusesBy } from "./asking.js";
import { createFollower } from "./follower.js";
import { createHeartbeat } from "./heartbeat.js";
import { METRICS_TYPE, createMetrics } from "./metrics.js";
import { openApi } from "./openapi.js";
import { positionsBy } from "./positions.js";
import { pseudonymsBy, secretIn } from "./pseudonyms.js";
import { deadLettersBy, replayBy } from "./dead-letters.js";
import { createRelay } from "./relay.js";
import { createReminders } from "./reminders.js";
import { reportPages } from "./report-pages.js";
import { createStreams } from "./stream.js";
import { csvBy, refusalsBy, talliesBy, tallyBy } from "./tallies.js";
import { webhooksBy } from "./webhooks.js";
import { closingBy, queryBy, verdictBy } from "./windows.js";
import { eraseBy, sendsBy } from "./writes.js";

/**
 * @import { Permission } from "./access.js"
 * @import { Parts, ServiceOptions } from "./parts.js"
 * @import { Relay } from "./relay.js"
 */

const OPTIONS = /** @type {const} */ ([
  "store", "publicUrl", "twilio", "meta", "tokens", "authorize", "origins", "policies", "unknown", "owner", "maxStreams", "reminders", "relay", "report", "now", "log",
]);

const RELAY_OPTIONS = /** @type {const} */ (["url", "keys", "mode", "signBy", "privateHosts", "fetch"]);

/** @param {readonly string[]} origins */
const checkOrigins = (origins) => {
  for (const [place, origin] of origins.entries()) {
    const name = `origins[${place}]`;
    const isOne = URL.canParse(assertString(origin, name)) && new URL(origin).origin === origin && /^https?:/.test(origin);
    if (!isOne) throw fault("bad-origin", name, "expected an origin such as `https://desk.example.com`, never `*`");
  }
};

/** @param {unknown} given */
const checkTwilio = (given) => {
  const { confirm = false, ...rest } = Object(given);
  checkKeys(options(rest, ["keys", "client", "numbers"], "twilio").keys, "twilio.keys");
  assertBoolean(confirm, "twilio.confirm");
};

/** @param {unknown} given */
const checkMeta = (given) => {
  const { appSecrets, verifyToken } = options(given, ["appSecrets", "verifyToken"], "meta");
  checkKeys(appSecrets, "meta.appSecrets");
  if (assertString(verifyToken, "meta.verifyToken") === "") throw fault("key-empty", "meta.verifyToken", "the word of the handshake must not be empty");
};

/** @param {unknown} given @returns {ServiceOptions} */
const checked = (given) => {
  const found = /** @type {ServiceOptions} */ (options(given, OPTIONS));
  checkStore(found.store, ["accept", "changes", "closing", "erase", "ping"]);
  if (found.publicUrl !== undefined) checkAddress(found.publicUrl);
  if (found.twilio !== undefined) checkTwilio(found.twilio);
  if (found.meta !== undefined) checkMeta(found.meta);
  checkFunctions({ ...found }, ["authorize", "now", "log"]);
  if (found.authorize && found.tokens) throw fault("unknown-field", "tokens", "give `tokens` or `authorize`, not both");
  checkOrigins(found.origins ?? []);
  if (found.relay && !found.twilio) throw fault("missing-field", "twilio", "what is handed on are webhooks of Twilio");
  if (found.relay) assertFunction(found.store?.outbox?.claim, "store.outbox.claim");
  if (found.report !== undefined && assertBoolean(found.report, "report")) for (const name of /** @type {const} */ (["tally", "tallies"])) assertFunction(found.store?.[name], `store.${name}`);
  return found;
};

const library = () => import("hono").catch((cause) => {
  throw fault("http-library-missing", "", "the HTTP library is not installed: npm install hono @hono/node-server", cause);
});

/** @param {ServiceOptions} options */
const corsOf = async ({ origins = [] }) => {
  const { cors } = await import("hono/cors");
  return cors({ origin: [...origins], allowMethods: ["GET", "POST", "DELETE"], allowHeaders: ["authorization", "content-type", "last-event-id"], maxAge: 600 });
};

/** @param {ServiceOptions} given @param {ReturnType<typeof createMetrics>} metrics @returns {Parts & { heartbeat: ReturnType<typeof createHeartbeat> }} */
const partsOf = (given, metrics) => {
  const { policies = {}, now = Date.now, log = (entry) => console.log(JSON.stringify(entry)), unknown, owner } = given;
  const { counters } = metrics;
  const store = askedStore(given.store, (code) => counters.failures({ code }));
  const heartbeat = createHeartbeat({ store, now, log, counted: counters.heals, ...given.twilio });
  const { observedSince } = heartbeat;
  const statuses = statusesBy({ policies, observedSince });
  const secret = secretIn(store);
  const follower = createFollower({ store, statuses, now });
  return {
    store, statuses, observedSince, policies, unknown, owner, now, log, pseudonym: pseudonymsBy(secret), positions: positionsBy(secret),
    changed: follower.changed, lost: heartbeat.lost, follower, metrics: counters, heartbeat,
  };
};

/** @param {ServiceOptions} given @param {Parts} parts @param {ReturnType<typeof createMetrics>} metrics @returns {Relay | undefined} */
const relayOf = ({ relay, twilio }, { store, now, log, metrics: { relayed } }, metrics) => {
  if (!relay) return undefined;
  const first = Array.isArray(twilio?.keys) ? twilio.keys[0] : undefined;
  const signBy = relay.signBy ?? first;
  if (signBy === undefined) throw fault("missing-field", "relay.signBy", "the keys of Twilio are looked up, so the one to sign by has to be named");
  const made = createRelay({ outbox: store.outbox, now, log, counted: relayed }, { .../** @type {import("./relay-send.js").RelayOptions} */ (options(relay, RELAY_OPTIONS, "relay")), signBy });
  metrics.gauges({ relayWaiting: made.waiting, relayDeadLetters: made.deadLetters, relayOldest: made.oldestSeconds });
  return made;
};

/** @typedef {(request: Request, caller: import("./access.js").Caller) => Promise<Response> | Response} Handler */
/** @typedef {[method: string, path: string, permission: Permission, handle: Handler]} Question what is asked with a credential */

/** The report for supervisors, where it is switched on. @param {ServiceOptions} options @param {Parts} parts */
const reportOf = ({ report }, parts) => {
  if (!report) return { questions: [], pages: [] };
  return {
    questions: /** @type {Question[]} */ ([
      ["POST", "/tallies", "tally", tallyBy(parts, parts.metrics.tallies)], ["GET", "/tallies", "report", talliesBy(parts)], ["GET", "/tallies.csv", "report", csvBy(parts)],
    ]),
    pages: reportPages(),
    refused: refusalsBy(parts, parts.metrics.tallies),
  };
};

/** @param {Parts} parts @param {{ open: Handler }} streams @param {() => string} text @param {Relay} [relay] @returns {Question[]} */
const questionsOf = (parts, streams, text, relay) => [
  ["POST", "/windows/query", "read", queryBy(parts)],
  ["POST", "/verdict", "read", verdictBy(parts)],
  ["GET", "/closing", "read", closingBy(parts)],
  ["GET", "/stream", "read", streams.open],
  ["POST", "/sends", "send", sendsBy(parts)],
  ["DELETE", "/customers", "erase", eraseBy(parts)],
  ...(relay ? /** @type {Question[]} */ ([
    ["GET", "/relay/dead-letters", "relay", deadLettersBy(parts)], ["POST", "/relay/replay", "relay", replayBy(parts, relay)],
  ]) : []),
  ["GET", "/metrics", "metrics", () => plainAnswer(text(), METRICS_TYPE)],
];

/** Twilio's webhooks; which it is says the body. */
const TWILIO = ["/twilio/inbound", "/twilio/status", "/twilio/conversations", "/twilio/events"];

/** @param {Parts} parts @param {() => boolean} isDraining */
const readiness = ({ store }, isDraining) => async () => {
  if (isDraining()) throw new Refusal(503, "draining", "this process is about to end");
  await store.ping();
  return answer({ status: "ready" });
};

/** @param {string} path @param {readonly string[]} methods */
const notAllowed = (path, methods) => () => refused(new Refusal(405, "method-not-allowed", `${path} takes ${methods.join(" and ")}`, { headers: { allow: methods.join(", ") } }));

/** @typedef {[method: string, path: string, handle: (request: Request) => Promise<Response> | Response]} Route */

/** @param {ReturnType<typeof webhooksBy>} webhooks @returns {Route[]} */
const webhookRoutes = ({ twilio, messages, meta, handshake }) => {
  return [
    ...(twilio && messages ? TWILIO.flatMap((path, place) => /** @type {Route[]} */ (["POST", "GET"].map((method) => [method, path, place === 0 ? messages : twilio]))) : []),
    ...(meta && handshake ? /** @type {Route[]} */ ([["POST", "/meta", meta], ["GET", "/meta", handshake]]) : []),
  ];
};

/**
 * Whatever is thrown is an answer, also what is no `Error`. To HEAD nobody reads a body, so that none may go on being written.
 *
 * @param {Route[2]} handle @param {Request} request @param {Parts["log"]} log
 */
const answered = async (handle, request, log) => {
  try {
    const response = await handle(request);
    if (request.method !== "HEAD") return response;
    await response.body?.cancel();
    return new Response(null, response);
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal.status === 500) log({ event: "failed", code: refusal.code, kind: error instanceof Error ? error.name : typeof error });
    return refused(refusal);
  }
};

/**
 * @param {InstanceType<typeof import("hono").Hono>} app
 * @param {Route[]} routes
 * @param {Parts} parts
 */
const register = (app, routes, { metrics, log }) => {
  const paths = [...new Set(routes.map(([, path]) => path))];
  app.use("*", async (context, next) => {
    await next();
    const { path } = context.req;
    if (paths.includes(path) && !TWILIO.includes(path)) metrics.requests({ path, status: String(context.res.status) });
  });
  for (const [method, path, handle] of routes) app.on(method, path, async ({ req: { raw } }) => answered(handle, raw, log));
  for (const path of paths) app.all(path, notAllowed(path, routes.flatMap(([method, one]) => (one === path ? [method] : []))));
  app.notFound(() => refused(new Refusal(404, "not-found", "no such address; see /openapi.json")));
};

/** @param {{ heartbeat: ReturnType<typeof createHeartbeat>, reminders: ReturnType<typeof createReminders>, relay: Relay | undefined, follower: Parts["follower"] }} parts @param {() => void} drain */
const lifeOf = ({ heartbeat, reminders, relay, follower }, drain) => ({
  async start() {
    await heartbeat.start();
    reminders.start();
    relay?.start();
  },
  async turn() {
    await heartbeat.tick();
    await reminders.look();
    await reminders.settled();
  },
  async close() {
    drain();
    follower.close();
    for (const part of [reminders, relay, heartbeat]) part?.stop();
  },
});

/**
 * @param {ServiceOptions} given
 * @returns {Promise<{ fetch: (request: Request) => Promise<Response>, start: () => Promise<void>, turn: () => Promise<void>, drain: () => void, close: () => Promise<void> }>}
 *   `start`: heals a gap, keeps the heartbeat, sends reminders, hands webhooks on. `turn`: one round of heartbeat and reminders, where no timer outlives a request and something
 *   else calls (an alarm). `drain`: `/readyz` says no and streams end, so that they come back elsewhere.
 * @throws {import("../engine/errors.js").ReplyWindowError} `http-library-missing`, `unknown-field`, `missing-field`, `wrong-type`, `key-missing`, `key-empty`,
 *   `bad-url` for `publicUrl`, `bad-origin`, `token-too-short`, `bad-secret` for a token that no header carries or that stands there twice;
 *   of the relay `bad-target`, `private-address`, `bad-secret`, `missing-field`
 * @example
 * const service = await createService({ store, twilio: { keys: [authToken] }, publicUrl: "https://windows.example.com", tokens: [{ token }] });
 * Deno.serve(service.fetch);
 */
export const createService = async (given) => {
  const asked = checked(given);
  const [{ Hono }, cors] = [await library(), await corsOf(asked)];
  const metrics = createMetrics(asked);
  const { heartbeat, ...parts } = partsOf(asked, metrics);
  const streams = createStreams(parts, { maxStreams: asked.maxStreams ?? 1_000 });
  metrics.gauges({ streams: streams.size, heartbeatAge: heartbeat.ageSeconds });
  const reminders = createReminders(parts, asked, streams.remind);
  const [relay, report] = [relayOf(asked, parts, metrics), reportOf(asked, parts)];
  const authorize = asked.authorize ?? tokenAccess(asked.tokens ?? []);
  let isDraining = false;
  const app = new Hono();
  app.use("*", cors);
  register(app, [
    ...[...questionsOf(parts, streams, metrics.text, relay), ...report.questions].map(([method, path, permission, handle]) => /** @type {Route} */ ([method, path, async (request) => handle(request, await permitted(authorize, request, permission))])),
    ...webhookRoutes(webhooksBy(parts, asked, relay, report.refused)),
    ...report.pages,
    ["GET", "/livez", () => answer({ status: "alive" })],
    ["GET", "/readyz", readiness(parts, () => isDraining)],
    ["GET", "/openapi.json", () => answer(openApi({ twilio: asked.twilio !== undefined, meta: asked.meta !== undefined, relay: relay !== undefined, report: asked.report === true }))],
  ], parts);
  const drain = () => {
    isDraining = true;
    streams.close();
  };
  return { fetch: async (request) => app.fetch(request), drain, ...lifeOf({ heartbeat, reminders, relay, follower: parts.follower }, drain) };
};
