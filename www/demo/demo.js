// @ts-check
import { windowStatus } from "../engine/session.js";
import { createChannelApi } from "./channel.js";
import { createOmnichannel } from "./dynamics/omnichannel.js";
import { createClock } from "./clock.js";
import { serveFile } from "./files.js";
import { isLocal, jsonBody } from "./local.js";
import { listen } from "./listen.js";
import { createMiddleware } from "./middleware.js";
import { BUSINESS, NEW_BUSINESS, PEOPLE, seed, standInCustomers } from "./people.js";
import { problem } from "./sending.js";
import { createStandIn } from "./stand-in/stand-in.js";

/** @import { ChannelRecord, Unknown } from "../../src/wire/types.d.ts" */
/** @import { Clock } from "./clock.js" */

/**
 * @typedef {object} DemoOptions
 * @property {number} [port] of the page; 0 is any
 * @property {number} [standInPort] of the stand-in for Twilio; 0 is any
 * @property {{ accountSid: string, authToken: string, number: string, baseUrl?: string, contentUrl?: string }} [twilio] the real
 *   Twilio (or another stand-in) instead of our own stand-in; needs `publicUrl`
 * @property {string} [publicUrl]
 * @property {boolean} [empty] nothing is set up and nothing was said: begin with the set-up page
 * @property {number} [windowLengthMs]
 * @property {Unknown} [unknown]
 * @property {number} [historyMs]
 * @property {number} [statusDelayMs] of the stand-in, real time
 * @property {number} [pageSize]
 * @property {Clock} [clock]
 * @property {import("../stores/port.js").SharedStore} [store] default: in memory
 * @property {(line: string) => void} [log]
 */

/** Enough to show what was said before the window closed. */
const DEMO_HISTORY_MS = 3 * 86_400_000;

/** The public name that the stand-in reaches this machine by, as a tunnel would give it; only the stand-in knows the way. */
const TUNNEL = "https://desktop.example.com";
const INBOUND = "/twilio/inbound";

/** Sends what goes to the tunnel's name to this machine; the signature stays that of the public address. @param {() => string} ownUrl @returns {typeof globalThis.fetch} */
const throughTunnel = (ownUrl) => (input, init) => fetch(String(input).replace(TUNNEL, ownUrl()), init);

/** @param {DemoOptions} options @param {Clock} clock @param {() => string} ownUrl */
const startStandIn = async ({ standInPort = 8064, statusDelayMs, empty = false }, clock, ownUrl) => {
  const standIn = createStandIn({
    clock, numbers: [BUSINESS, NEW_BUSINESS], customers: standInCustomers(), fetch: throughTunnel(ownUrl),
    ...(empty ? {} : { inboundUrl: () => `${ownUrl()}${INBOUND}` }), ...(statusDelayMs === undefined ? {} : { statusDelayMs }),
  });
  if (!empty) seed({ account: standIn.account, nowAtMs: clock.now() });
  const server = await listen({ fetch: standIn.fetch, port: standInPort, variable: "STAND_IN_PORT" });
  return { standIn, server, url: `http://127.0.0.1:${server.port}` };
};

/** @typedef {Awaited<ReturnType<typeof startStandIn>>} RunningStandIn */

/**
 * The page's controls reach the stand-in through our own origin. "To closing" means the closing that the desktop shows,
 * which is a margin earlier than the stand-in's.
 *
 * @param {Request} request @param {RunningStandIn} running @param {ReturnType<typeof createMiddleware>} middleware @param {Clock} clock
 */
const steer = async (request, { standIn }, { desk }, clock) => {
  const { pathname } = new URL(request.url);
  if (pathname !== "/stand-in/clock" || !isLocal(request)) return standIn.fetch(request);
  const body = await jsonBody(request.clone());
  const conversation = desk.conversations.get(body?.toClosing);
  if (!conversation) return standIn.fetch(request);
  const { status } = await desk.gate.judge(conversation);
  if (status.closesAtMs === undefined) return problem(409, "window-not-open", "this window has no closing time");
  const advanced = clock.advance(status.closesAtMs - Number(body?.beforeMs ?? 0) - clock.now());
  return advanced ? Response.json({ nowAtMs: clock.now() }) : problem(409, "clock-runs-forward", "the clock runs forward only");
};

/** @param {DemoOptions} options @param {Clock} clock @param {RunningStandIn | undefined} running @param {() => string} ownUrl */
const middlewareFor = ({ twilio, publicUrl, windowLengthMs, unknown, historyMs, pageSize, log, store }, clock, running, ownUrl) =>
  createMiddleware({
    clock, ...(store ? { store } : {}),
    ...(windowLengthMs === undefined ? {} : { windowLengthMs }),
    ...(unknown === undefined ? {} : { unknown }),
    ...(pageSize === undefined ? {} : { pageSize }),
    ...(log ? { log } : {}),
    ...(running
      ? {
          twilio: { accountSid: running.standIn.accountSid, authToken: running.standIn.authToken, baseUrl: running.url, contentUrl: running.url },
          business: BUSINESS, publicUrl: ownUrl, people: PEOPLE, standIn: true, historyMs: historyMs ?? DEMO_HISTORY_MS,
        }
      : {
          twilio: /** @type {NonNullable<DemoOptions["twilio"]>} */ (twilio),
          business: twilio?.number ?? "", publicUrl: () => publicUrl ?? ownUrl(), ...(historyMs === undefined ? {} : { historyMs }),
        }),
  });

/** The middleware for a channel that was set up. @param {DemoOptions} options @param {Clock} clock @param {ChannelRecord} record @param {{ baseUrl?: string, contentUrl?: string }} twilio @param {() => string} publicUrl @param {boolean} standIn */
const middlewareOf = ({ windowLengthMs, unknown, historyMs, pageSize, log, store }, clock, { accountSid = "", authToken = "", numbers = [] }, twilio, publicUrl, standIn) =>
  createMiddleware({
    clock, publicUrl, standIn, business: numbers[0]?.number ?? "", numbers: numbers.map(({ number = "" }) => number),
    twilio: { accountSid, authToken, ...twilio }, ...(store ? { store } : {}),
    ...(windowLengthMs === undefined ? {} : { windowLengthMs }), ...(historyMs === undefined ? {} : { historyMs }),
    ...(pageSize === undefined ? {} : { pageSize }), ...(unknown === undefined ? {} : { unknown }), ...(log ? { log } : {}),
  });

/** The set-up page's side, which puts another middleware in place. @param {DemoOptions} options @param {Clock} clock @param {RunningStandIn | undefined} running @param {{ middleware: ReturnType<typeof createMiddleware> | undefined }} current @param {() => string} ownUrl */
const channelApi = (options, clock, running, current, ownUrl) => {
  const publicUrl = () => (running ? TUNNEL : (options.publicUrl ?? ownUrl()));
  const at = running ? { baseUrl: running.url, contentUrl: running.url } : {};
  return createChannelApi({
    shownUrl: () => publicUrl() + INBOUND,
    twilio: running ? { ...at, messagingUrl: running.url } : {},
    standIn: running !== undefined,
    ...(options.log ? { log: options.log } : {}),
    async use(record) {
      const next = middlewareOf(options, clock, record, at, publicUrl, running !== undefined);
      await next.start();
      current.middleware?.close();
      current.middleware = next;
    },
  });
};

/** Before there is a channel: the desktop leads to its set-up. @param {Request} request */
const notSetUp = (request) => {
  const { pathname } = new URL(request.url);
  if (pathname === "/" || pathname === "/index.html") return new Response(null, { status: 302, headers: { location: "/setup.html" } });
  if (pathname.startsWith("/api/") || pathname.startsWith("/twilio/")) return problem(503, "not-set-up", "there is no channel yet");
  return undefined;
};

/** @param {DemoOptions} options @param {Clock} clock @param {RunningStandIn | undefined} running @param {() => string} ownUrl */
const handlerOf = (options, clock, running, ownUrl) => {
  /** @type {{ middleware: ReturnType<typeof createMiddleware> | undefined }} */
  const current = { middleware: options.empty ? undefined : middlewareFor(options, clock, running, ownUrl) };
  const channel = channelApi(options, clock, running, current, ownUrl);
  const omnichannel = running && createOmnichannel({
    clock, people: PEOPLE, account: running.standIn.account, twilio: { accountSid: running.standIn.accountSid, authToken: running.standIn.authToken, url: running.url },
  });
  /** @param {Request} request */
  const fetch = async (request) => {
    const { middleware } = current;
    const answer = (await channel(request)) ?? (await omnichannel?.fetch(request)) ?? (await (middleware ? middleware.fetch(request) : notSetUp(request)));
    if (answer) return answer;
    if (!running || !new URL(request.url).pathname.startsWith("/stand-in/")) return serveFile(request);
    return middleware ? steer(request, running, middleware, clock) : running.standIn.fetch(request);
  };
  return { current, fetch, omnichannel };
};

/**
 * Starts the demo: the page, the middleware and, unless there is a Twilio account, the stand-in.
 *
 * @param {DemoOptions} [options]
 */
export const startDemo = async (options = {}) => {
  const clock = options.clock ?? createClock();
  let port = options.port ?? 8063;
  const ownUrl = () => `http://127.0.0.1:${port}`;
  const running = options.twilio ? undefined : await startStandIn(options, clock, ownUrl);
  const { current, fetch, omnichannel } = handlerOf(options, clock, running, ownUrl);
  const server = await listen({ fetch, port, variable: "PORT" }).catch(async (error) => {
    await running?.server.close();
    throw error;
  });
  port = server.port;
  await current.middleware?.start();
  return {
    url: `http://localhost:${port}/`,
    clock,
    /** The one that is in use; absent before an empty demo is set up. */
    get middleware() {
      return /** @type {ReturnType<typeof createMiddleware>} */ (current.middleware);
    },
    ...(running ? { standIn: running.standIn, standInUrl: `${running.url}/`, omnichannel } : {}),
    async close() {
      current.middleware?.close();
      running?.standIn.close();
      await Promise.all([server.close(), running?.server.close()]);
    },
  };
};
