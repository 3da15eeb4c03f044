// @ts-check
/** The service on a port of Node, until it is told to end. */
import { createService } from "../service/service.js";
import { codeOf } from "../server/code-of.js";
import { inTime } from "../server/deadline.js";
import { twilioClient } from "../server/twilio/client.js";
import { memoryStore } from "../stores/memory.js";
import { redisStore } from "../stores/redis/redis.js";
import { sqliteStore } from "../stores/sqlite/sqlite.js";
import { publicFetch } from "./outbound.js";

/**
 * @import { Config } from "./config.js"
 * @import { ServiceOptions } from "../service/parts.js"
 * @import { SharedStore } from "../stores/port.js"
 */

/** Slower requests are ended by Node, whatever they send. */
const [HEADERS_MS, REQUEST_MS] = [10_000, 20_000];
/** What is on its way may take so long when the process is told to end. */
const DRAIN_MS = 10_000;

/** A store that is there answers sooner. */
const CONNECT_MS = 5_000;

/** @param {Record<string, unknown>} entry */
const log = (entry) => console.log(JSON.stringify({ at: new Date().toISOString(), ...entry }));

/** @param {Pick<Config, "store" | "kept">} config @returns {Promise<SharedStore>} */
const openStore = async ({ store: place, kept }) => {
  const told = { ...kept, log: (/** @type {string} */ line) => log({ event: "store", told: line }) };
  if (place.kind === "sqlite") return sqliteStore({ path: place.path }, told);
  if (place.kind === "redis") {
    // Its client would try for ever. Whoever started this is to hear of it, and a supervisor starts it again.
    return inTime(CONNECT_MS, () => redisStore({ url: place.url }, told)).catch((error) => {
      if (error?.code === "store-timed-out") throw new Error(`Redis does not answer under STORE within ${CONNECT_MS / 1000} seconds`);
      throw error;
    });
  }
  log({ event: "store", told: "windows are kept in memory and forgotten when this process ends" });
  return memoryStore(told);
};

/** @param {Config} config @param {SharedStore} store @returns {ServiceOptions} */
const optionsOf = ({ publicUrl, twilio, meta, tokens, origins, unknown, maxStreams, report, reminders, relay }, store) => ({
  store, publicUrl, tokens, origins, unknown, maxStreams, report, log,
  ...(twilio && { twilio: {
    keys: twilio.authTokens, numbers: twilio.numbers,
    ...(twilio.accountSid && { client: twilioClient({ accountSid: twilio.accountSid, authToken: String(twilio.authTokens[0]), baseUrl: twilio.apiUrl }) }),
  } }),
  ...(meta && { meta }), ...(reminders && { reminders }), ...(relay && { relay: { ...relay, fetch: publicFetch(relay.privateHosts) } }),
});

const library = () => import("@hono/node-server").catch(() => {
  throw new Error("the HTTP library is not installed: npm install hono @hono/node-server");
});

/** @param {Config} config @param {(request: Request) => Promise<Response>} fetch @returns {Promise<import("node:http").Server>} */
const listen = async ({ port, host }, fetch) => {
  const { serve } = await library();
  return new Promise((resolve, reject) => {
    const options = { requestTimeout: REQUEST_MS, headersTimeout: HEADERS_MS, connectionsCheckingInterval: 2_000 };
    const server = /** @type {import("node:http").Server} */ (serve({ fetch, port, hostname: host, overrideGlobalObjects: false, serverOptions: options }, () => resolve(server)));
    server.once("error", (/** @type {NodeJS.ErrnoException} */ error) => reject(error.code === "EADDRINUSE" ? new Error(`port ${port} is in use; choose another one with --port`) : error));
  });
};

/** What is on its way is answered, nothing new is taken. @param {import("node:http").Server} server */
const closed = (server) => new Promise((resolve) => {
  const timer = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
  server.close(() => {
    clearTimeout(timer);
    resolve(undefined);
  });
  server.closeIdleConnections();
});

/** @param {Config} config */
export const startServer = async (config) => {
  await library();
  const store = await openStore(config);
  const service = await createService(optionsOf(config, store));
  const server = await listen(config, service.fetch);
  let isEnding = false;
  const end = async (/** @type {string} */ signal) => {
    if (isEnding) return;
    isEnding = true;
    log({ event: "draining", signal });
    service.drain();
    await closed(server);
    await service.close();
    // One that is gone keeps nobody: what was answered is in it.
    await inTime(DRAIN_MS, () => store.close()).catch((error) => log({ event: "store-not-closed", code: codeOf(error) }));
    log({ event: "ended" });
    process.exit(0);
  };
  // Before anything is said: whoever reads it may end the service at once.
  for (const signal of ["SIGTERM", "SIGINT"]) process.on(signal, () => void end(signal));
  log({ event: "listening", port: /** @type {import("node:net").AddressInfo} */ (server.address()).port, store: config.store.kind, node: process.version });
  if (config.tokens.length === 0) log({ event: "nobody-may-ask", told: "TOKENS is empty: webhooks are received, and every question is answered 401" });
  // Webhooks are welcome while a gap is being healed.
  await service.start();
};
