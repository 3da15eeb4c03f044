// @ts-check
/** The providers' webhooks, each verified by its own keys, recorded, and answered when the store has it. */
import { handshake } from "../engine/meta-signature.js";
import { createReceiver } from "../server/receiver.js";
import { answer, plainAnswer } from "./answers.js";

/**
 * @import { Parts, ServiceOptions } from "./parts.js"
 * @import { ReceivedWindow } from "../server/receiver.js"
 * @import { Relay } from "./relay.js"
 */

/** More than this between the provider's time and ours, and the webhook was late. */
const LATE_MS = 60_000;

/** @param {Parts} parts @param {string} provider */
const counted = ({ metrics, changed }, provider) => {
  const events = metrics.events;
  /** @param {string} what @param {ReceivedWindow} [received] */
  return (what, received) => {
    const { providerAtMs, receiptAtMs } = received?.event ?? {};
    const isLate = providerAtMs !== undefined && receiptAtMs !== undefined && receiptAtMs - providerAtMs > LATE_MS;
    events({ provider, what, late: String(isLate) });
    if (received) changed();
  };
};

/** The receiver says that it failed by 500; here it is: not now. @param {Response} response */
const tryAgain = (response) => (response.status === 500 ? answer({ code: "not-recorded", message: "it was not recorded; send it again" }, 503, { "retry-after": "5" }) : response);

/** @typedef {(received: ReceivedWindow) => Promise<void>} Refused told of what a delivery state said of a window */

/** @param {Parts} parts @param {ServiceOptions} options @param {"twilio" | "meta"} provider @param {any} more @param {Refused} [refused] */
const receiverFor = (parts, { store, publicUrl }, provider, more, refused) => {
  const count = counted(parts, provider);
  const receiver = createReceiver({
    store, now: parts.now, ...(publicUrl === undefined ? {} : { publicUrl }), ...more,
    log: (/** @type {string} */ line) => parts.log({ event: "webhook", provider, told: line }),
    onReport: ({ code }) => parts.metrics.reports({ provider, code }),
    onInbound: (_, received) => count("message", received),
    onStatus: (_, received) => {
      count("status", received);
      return received && refused?.(received);
    },
  });
  return async (/** @type {Request} */ request) => {
    const response = tryAgain(await receiver.fetch(request));
    parts.metrics.webhooks({ provider, status: String(response.status) });
    // Meta sends it again for a week.
    if (provider === "twilio" && response.status === 503) parts.lost();
    return response;
  };
};

/** Twilio hangs up after 15 s; a little of it is the way. */
const ANSWER_LIMIT_MS = 14_000;

/**
 * The same, handed on as well. In `sync` mode the provider is answered what the target answers, where it does so in time.
 *
 * @param {Relay} relay @param {(request: Request) => Promise<Response>} receive
 */
const handingOn = (relay, receive) => async (/** @type {Request} */ request) => {
  const began = performance.now();
  relay.watch(request);
  const response = await receive(request);
  await relay.release(request);
  if (response.status !== 200) return response;
  if (relay.mode === "sync") {
    const told = await relay.answer(request, ANSWER_LIMIT_MS - (performance.now() - began)).catch(() => undefined);
    relay.wake();
    return told ? plainAnswer(told.text, told.type, told.status) : response;
  }
  relay.wake();
  return response;
};

/** @param {Parts} parts @param {ServiceOptions} options @param {Relay} [relay] @param {Refused} [refused] */
export const webhooksBy = (parts, options, relay, refused) => {
  const { twilio, meta } = options;
  const more = twilio && { keys: twilio.keys, ...(twilio.client && twilio.confirm ? { client: twilio.client } : {}) };
  const receive = more && receiverFor(parts, options, "twilio", more, refused);
  return {
    ...(receive && { twilio: receive, messages: relay ? handingOn(relay, receiverFor(parts, options, "twilio", { ...more, handOn: relay.handOn }, refused)) : receive }),
    ...(meta && {
      meta: receiverFor(parts, options, "meta", { keys: meta.appSecrets }, refused),
      handshake(/** @type {Request} */ request) {
        try {
          return plainAnswer(handshake(request.url, { verifyToken: meta.verifyToken }), "text/plain; charset=utf-8");
        } catch {
          return answer({ code: "handshake-refused", message: "not a handshake that knows the verify token" }, 403);
        }
      },
    }),
  };
};
