// One composer on a page, and the product beside it under a clock that the test winds.

import { mount } from "../../www/mount.js";
import { COMPOSERS, sent } from "./composers.js";

const HOUR = 3_600_000;
let nowMs = 1_790_000_000_000;
let count = 0;

/** @param {string} name */
globalThis.open_ = async (name) => {
  const place = document.querySelector("#host");
  const composer = await COMPOSERS[name](place);
  // A composer that is not ours builds itself in its own time.
  while (!boxOf(composer)) await new Promise((resolve) => requestAnimationFrame(resolve));
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  const options = { conversation: { id: "c1", business: "+15550100200", customer: { phone: "+15550109911" } }, now: () => nowMs, onSend: () => ({ id: "SM1" }), unknown: "ask", locale: "en" };
  const make = () => {
    const panel = mount(null, { ...options, ...(composer.adapter ? { adapter: composer.adapter } : { composer }) });
    Object.assign(globalThis, { panel, box: () => boxOf(composer), tree: () => tree(composer) });
  };
  make();
  /** The page's own send. */
  const sendByCode = async (text) => (composer.sendByCode ? void composer.sendByCode(text) : globalThis.panel.guard((given) => sent.push(given))(text));
  Object.assign(globalThis, { sent, make, sendByCode });
};
globalThis.answer = () => globalThis.panel.record({ id: `in-${++count}`, log: "customer", kind: "text", providerAtMs: nowMs });
globalThis.pass = (hours) => ((nowMs += hours * HOUR), globalThis.panel.controller.evaluate());

const tree = ({ area }) => (area && document.querySelector(area)?.shadowRoot) || document;
const boxOf = (composer) => tree(composer).querySelector(composer.input);
globalThis.ready = true;
