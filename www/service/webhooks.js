// @ts-check
/** The providers' webhooks, each verified by its own keys, recorded, and answered when the store has it. */
import { handshake } from "../engine/meta-signature.js";
import { createReceiver } from "../server/receiver.js";
import { answer, plainAnswer } from "./answers.js";

/**
 * @import { Parts, ServiceOptions } from "./parts.js"
 * @import { ReceivedWindow } from "../server/receiver.js"
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

/** @param {Parts} parts @param {ServiceOptions} options @param {"twilio" | "meta"} provider @param {any} more */
const receiverFor = (parts, { store, publicUrl }, provider, more) => {
  const count = counted(parts, provider);
  const receiver = createReceiver({
    store, now: parts.now, ...(publicUrl === undefined ? {} : { publicUrl }), ...more,
    log: (/** @type {string} */ line) => parts.log({ event: "webhook", provider, told: line }),
    onReport: ({ code }) => parts.metrics.reports({ provider, code }),
    onInbound: (_, received) => count("message", received),
    onStatus: (_, received) => count("status", received),
  });
  return async (/** @type {Request} */ request) => {
    const response = tryAgain(await receiver.fetch(request));
    parts.metrics.webhooks({ provider, status: String(response.status) });
    return response;
  };
};

/** @param {Parts} parts @param {ServiceOptions} options */
export const webhooksBy = (parts, options) => {
  const { twilio, meta } = options;
  return {
    ...(twilio && { twilio: receiverFor(parts, options, "twilio", { keys: twilio.keys, ...(twilio.client && twilio.confirm ? { client: twilio.client } : {}) }) }),
    ...(meta && {
      meta: receiverFor(parts, options, "meta", { keys: meta.appSecrets }),
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
