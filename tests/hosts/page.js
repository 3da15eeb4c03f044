// One desktop on a page, and the product in it under a clock that the test winds.

import { mount } from "../../www/mount.js";
import { HOSTS } from "./hosts.js";

const HOUR = 3_600_000;
let nowMs = 1_790_000_000_000;
const [business, customer] = ["+15550100200", "+15550109911"];

/** @param {string} name */
globalThis.open_ = async (name, options = {}) => {
  const host = await HOSTS[name]({ now: () => nowMs, business, customer });
  const onSend = host.adapter.send ? undefined : async (message) => (host.sent().push({ contentSid: message.contentSid }), { id: "SM1" });
  globalThis.host = host;
  globalThis.panel = mount(host.adapter.capabilities.replacesComposer ? null : document.querySelector("#beside"), {
    adapter: host.adapter, conversation: { id: "c1", business, customer: { phone: customer } }, now: () => nowMs, locale: "en", unknown: "ask", templates: host.templates ?? [], ...(onSend && { onSend }), ...options,
  });
  await globalThis.panel.ready;
};
/** The same adapter in another panel. */
globalThis.remount = (adapter, target) => mount(adapter.capabilities.replacesComposer ? null : target, { adapter, conversation: { id: "c1", business, customer: { phone: customer } }, now: () => nowMs, locale: "en", templates: [], onSend: async () => ({ id: "SM1" }) });
globalThis.answer = (text = "hello") => globalThis.host.customerWrites(text, nowMs);
globalThis.pass = (hours) => ((nowMs += hours * HOUR), globalThis.panel.controller.evaluate());
globalThis.at = () => nowMs;
globalThis.ready = true;
