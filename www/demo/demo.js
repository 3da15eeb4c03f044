// @ts-check
import { windowStatus } from "../engine/session.js";
import { createClock } from "./clock.js";
import { serveFile } from "./files.js";
import { isLocal, jsonBody } from "./local.js";
import { listen } from "./listen.js";
import { createMiddleware } from "./middleware.js";
import { BUSINESS, NEW_BUSINESS, PEOPLE, seed, standInCustomers } from "./people.js";
import { problem } from "./sending.js";
import { createStandIn } from "./stand-in/stand-in.js";

/** @import { Clock } from "./clock.js" */

/**
 * @typedef {object} DemoOptions
 * @property {number} [port] of the page; 0 is any
 * @property {number} [standInPort] of the stand-in for Twilio; 0 is any
 * @property {{ accountSid: string, authToken: string, number: string, baseUrl?: string, contentUrl?: string }} [twilio] the real
 *   Twilio (or another stand-in) instead of our own stand-in; needs `publicUrl`
 * @property {string} [publicUrl]
 * @property {number} [windowLengthMs]
 * @property {number} [historyMs]
 * @property {number} [statusDelayMs] of the stand-in, real time
 * @property {number} [pageSize]
 * @property {Clock} [clock]
 * @property {(line: string) => void} [log]
 */

/** Enough to show what was said before the window closed. */
const DEMO_HISTORY_MS = 3 * 86_400_000;

/** @param {DemoOptions} options @param {Clock} clock @param {() => string} ownUrl */
const startStandIn = async ({ standInPort = 8064, statusDelayMs }, clock, ownUrl) => {
  const standIn = createStandIn({
    clock, numbers: [BUSINESS, NEW_BUSINESS], customers: standInCustomers(),
    inboundUrl: () => `${ownUrl()}/twilio/inbound`, ...(statusDelayMs === undefined ? {} : { statusDelayMs }),
  });
  seed({ account: standIn.account, nowAtMs: clock.now() });
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
const middlewareFor = ({ twilio, publicUrl, windowLengthMs, historyMs, pageSize, log }, clock, running, ownUrl) =>
  createMiddleware({
    clock,
    ...(windowLengthMs === undefined ? {} : { windowLengthMs }),
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
  const middleware = middlewareFor(options, clock, running, ownUrl);

  /** @param {Request} request */
  const fetch = async (request) => {
    const answer = await middleware.fetch(request);
    if (answer) return answer;
    if (running && new URL(request.url).pathname.startsWith("/stand-in/")) return steer(request, running, middleware, clock);
    return serveFile(request);
  };
  const server = await listen({ fetch, port, variable: "PORT" }).catch(async (error) => {
    await running?.server.close();
    throw error;
  });
  port = server.port;
  await middleware.start();
  return {
    url: `http://localhost:${port}/`,
    clock,
    middleware,
    ...(running ? { standIn: running.standIn, standInUrl: `${running.url}/` } : {}),
    async close() {
      middleware.close();
      running?.standIn.close();
      await Promise.all([server.close(), running?.server.close()]);
    },
  };
};
