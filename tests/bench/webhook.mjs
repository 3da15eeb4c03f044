// How fast webhooks are verified, read and recorded, beside Twilio's own library: `npm run bench:webhook`.

import { createHmac, timingSafeEqual } from "node:crypto";
import twilio from "twilio";
import { APP_SECRET, TOKEN, arrivals, forged, forms, jsons, meta } from "./corpora/webhooks.mjs";
import { each, empty, report } from "./measure.mjs";
import { compared, packages } from "./packages.mjs";

/** @typedef {import("./corpora/webhooks.mjs").Webhook} Webhook */
const ours = await packages("reply-window", () => import("reply-window"));
const servers = await packages("reply-window/server", () => import("reply-window/server"));
const text = new TextDecoder();

/** A list that is handed over each time, as it is advised. */
const KEYS = [TOKEN];
const META_KEYS = [APP_SECRET];

const must = (/** @type {boolean} */ good) => {
  if (!good) throw new Error("a wrong verdict");
  return good;
};

/** @param {typeof ours[number]["of"]} of @param {string[]} keys @returns {(request: Webhook) => boolean} */
const verifies = (of, keys) => ({ url, headers, body }) => must(of.verifyWebhook({ url, headers, body }, { keys }).key === 0);
/** What was verified, and every word of it asked for. @param {typeof ours[number]["of"]} of @param {string[]} keys @returns {(request: Webhook) => boolean} */
const reads = (of, keys) => ({ url, headers, body }) => {
  const { key, parameters, inbound } = of.verifyWebhook({ url, headers, body }, { keys });
  return must(key === 0 && parameters.length + inbound.events.length + inbound.messages.length + inbound.statuses.length >= 0);
};
/** @param {typeof ours[number]["of"]} of @param {string[]} keys @returns {(request: Webhook) => boolean} */
const refuses = (of, keys) => ({ url, headers, body }) => {
  try {
    of.verifyWebhook({ url, headers, body }, { keys });
  } catch (error) {
    return must(/** @type {any} */ (error).code === "signature-mismatch");
  }
  return must(false);
};

const parsed = (/** @type {Uint8Array} */ body) => Object.fromEntries(new URLSearchParams(text.decode(body)));
/** @returns {(request: Webhook) => boolean} */
const theirs = (wanted = true) => ({ url, signature, body }) => must(twilio.validateRequest(TOKEN, signature, url, parsed(body)) === wanted);
/** @returns {(request: Webhook) => boolean} */
const theirJson = (wanted = true) => ({ url, signature, body }) => must(twilio.validateRequestWithBody(TOKEN, signature, url, text.decode(body)) === wanted);
/** @returns {(request: Webhook) => boolean} */
const byHand = (wanted = true) => ({ signature, body }) =>
  must(timingSafeEqual(createHmac("sha256", APP_SECRET).update(body).digest(), Buffer.from(signature, "hex")) === wanted);

const size = (/** @type {Webhook[]} */ list) => {
  const lengths = list.map(({ body }) => body.length).sort((a, b) => a - b);
  return `${list.length} webhooks of ${lengths[0]} to ${lengths.at(-1)} bytes`;
};

/**
 * @param {string} title
 * @param {Webhook[]} list
 * @param {string[]} keys
 * @param {[string, (wanted?: boolean) => (request: Webhook) => boolean]} peer
 * @param {ReturnType<typeof each>[]} more
 */
async function verifying(title, list, keys, [peer, check], more = []) {
  const bad = list.map(forged);
  const good = ours.map(({ name, of }) => each(`${name}: verifyWebhook`, list, verifies(of, keys)));
  const read = ours.map(({ name, of }) => each(`${name}: and what it says read`, list, reads(of, keys)));
  compared(await report(`${title}: a good signature (${size(list)})`, [...good, ...read, each(peer, list, check()), ...more, empty(list)]));
  const refused = ours.map(({ name, of }) => each(`${name}: verifyWebhook`, bad, refuses(of, keys)));
  compared(await report(`${title}: a bad signature`, [...refused, each(peer, bad, check(false)), empty(bad)]));
}

const objects = forms.map((one) => ({ ...one, parameters: parsed(one.body) }));
const fromObject = each("twilio-node, object parsed beforehand", objects, ({ url, signature, parameters }) => must(twilio.validateRequest(TOKEN, signature, url, parameters)));
await verifying("Twilio's forms", forms, KEYS, ["twilio-node, from bytes", theirs], [fromObject]);
await verifying("Twilio's JSON", jsons, KEYS, ["twilio-node, from bytes", theirJson]);
await verifying("Meta's JSON", meta, META_KEYS, ["node:crypto, unread", byHand]);

/** Every customer's message once, then a new store. @param {typeof servers[number]["of"]} of @param {Webhook[]} list */
function receiving(of, list) {
  /** @type {{ fetch: (request: Request) => Promise<Response> }} */ let receiver;
  let next = 0;
  return async () => {
    for (let left = 50; left > 0; left--) {
      if (next === 0) receiver = of.createReceiver({ keys: KEYS, store: of.memoryStore() });
      const response = await receiver.fetch(requestOf(/** @type {Webhook} */ (list[next])));
      must(response.status === 200);
      next = (next + 1) % list.length;
    }
  };
}
const requestOf = (/** @type {Webhook} */ { url, headers, body }) => new Request(url, { method: "POST", headers, body: /** @type {BodyInit} */ (body) });

const list = arrivals(1_000);
let place = 0;
const fetched = (/** @type {(one: Webhook, body: Uint8Array) => boolean} */ check) => async () => {
  for (let left = 50; left > 0; left--) {
    const one = /** @type {Webhook} */ (list[place]);
    place = (place + 1) % list.length;
    check(one, new Uint8Array(await requestOf(one).arrayBuffer()));
  }
};
compared(await report(`A receiver: from a Request to the folded window in memory (${size(list)}, of 250 customers)`, [
  ...servers.map(({ name, of }) => ({ name: `${name}: createReceiver, memoryStore`, run: receiving(of, list), per: 50 })),
  { name: "twilio-node, body read, only checked", run: fetched((one, body) => theirs()({ ...one, body })), per: 50 },
  { name: "twilio-node, from bytes, only checked", ...without(each("", list, theirs())) },
  { name: "Request made and its body read (the floor)", run: fetched(() => true), per: 50, floor: true },
]));

/** @param {ReturnType<typeof each>} one */
function without({ name, ...rest }) {
  return rest;
}
