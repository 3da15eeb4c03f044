// @ts-check
/**
 * Adapter for Bot Framework Web Chat (4.18; the middleware it uses is older).
 *
 * ```js
 * const adapter = webChat({ React });
 * const store = WebChat.createStore({}, adapter.storeMiddleware);
 * WebChat.renderWebChat({ directLine, store, sendBoxMiddleware: adapter.sendBoxMiddleware }, target);
 * mount(null, { adapter, conversation, … });
 * ```
 *
 * One adapter serves one Web Chat: make one for each. `React` must be the very React that Web Chat runs on.
 *
 * @module
 */

import { fault } from "../../engine/fault.js";
import { recordOf, isFromOtherSide } from "./activity.js";
import { ComposerPlace } from "./composer-place.js";
import { StoreGate } from "./gate.js";

/** @import { Adapter, AdapterHost } from "../../controller/adapter-port.js" */
/** @import { EventKind } from "../../../src/wire/types.d.ts" */
/** @import { Activity } from "./activity.js" */
/** @import { ReactLike, SendBoxMiddleware } from "./composer-place.js" */
/** @import { Middleware, TemplateMessage } from "./gate.js" */

/**
 * @typedef {object} WebChatOptions
 * @property {ReactLike} React the React that Web Chat runs on (16.8 or newer)
 * @property {(activity: Activity) => boolean} [isCustomer] whether an incoming message is the customer's. By default every message
 *   of the other side is; say more where bots or colleagues write into the same conversation
 * @property {(activity: Activity) => EventKind | undefined} [kindOf] of a customer's message, where your middleware tells it in the activity: a place or the answer of a
 *   button comes as words. By default the media type of its first attachment tells it; without one it is a text
 * @property {() => number} [now] the desktop's clock, used only for activities that carry no time
 */

/**
 * @typedef {Adapter & {
 *   storeMiddleware: Middleware,
 *   sendBoxMiddleware: readonly SendBoxMiddleware[],
 *   send(message: TemplateMessage): Promise<{ id: string, atMs?: number }>,
 * }} WebChatAdapter
 */

/**
 * Joins the reply window to one Web Chat. Until it is connected, and after it was disconnected, Web Chat behaves as if it were not there.
 *
 * @param {WebChatOptions} options
 * @returns {WebChatAdapter}
 * @throws {import("../../engine/errors.js").ReplyWindowError} its `connect`: `already-connected`
 * @example
 * const adapter = webChat({ React });
 * const store = createStore({}, adapter.storeMiddleware);
 * renderWebChat({ directLine, store, sendBoxMiddleware: adapter.sendBoxMiddleware }, element);
 * mount(null, { adapter, conversation, templates, onSend });
 */
export function webChat({ React, isCustomer = isFromOtherSide, kindOf, now = Date.now }) {
  /** @type {{ host?: AdapterHost }} */
  const link = {};
  const place = new ComposerPlace(React, (mode) => link.host?.placed?.(mode));
  const gate = new StoreGate(link, (activity) => (isCustomer(activity) ? recordOf(activity, now, kindOf) : undefined));
  return Object.freeze({
    name: "webchat",
    capabilities: Object.freeze({ seesInboundTime: /** @type {const} */ ("exact"), blocks: /** @type {const} */ ("hook"), hookTimeout: /** @type {const} */ ("none"), replacesComposer: true, keepsDraft: true }),
    storeMiddleware: gate.middleware,
    sendBoxMiddleware: Object.freeze([place.middleware]),
    /** @param {AdapterHost} host */
    connect(host) {
      if (link.host) throw fault("already-connected", "adapter", "connected already: make one for each");
      link.host = host;
      gate.connected();
      return () => {
        if (link.host !== host) return;
        link.host = undefined;
        place.release();
      };
    },
    setComposer: place.setComposer,
    isTyping: place.isTyping,
    focusComposer: place.focusComposer,
    getDraft: gate.getDraft,
    setDraft: gate.setDraft,
    send: gate.send,
    sendText: gate.sendText,
  });
}
