import { ReplyWindowElement } from "/www/elements/reply-window.js";
import * as fake from "/tests/browser/fake-controller.js";

Object.assign(globalThis, { ReplyWindowElement, ...fake, mountModule: () => import("/www/mount.js") });

/** Puts an element on the page, with a snapshot. */
globalThis.show = async (kind, options = {}, attributes = {}) => {
  ReplyWindowElement.define();
  const element = document.createElement("reply-window");
  for (const [name, value] of Object.entries({ locale: "en-GB", "time-zone": "Asia/Riyadh", ...attributes })) element.setAttribute(name, value);
  const controller = fake.fakeController(fake.snapshotOf(kind, { items: options.more ? [...fake.SAMPLE, ...options.more.map((name) => fake[name])] : fake.SAMPLE, ...options }));
  element.controller = controller;
  globalThis.events = [];
  for (const type of ["phase-change", "closing-soon", "composer-change", "composer-focus", "send-blocked", "template-select", "template-send", "template-sent", "template-error"]) {
    element.addEventListener(type, (event) => globalThis.events.push({ type, detail: event.detail }));
  }
  document.querySelector("#place").replaceChildren(element);
  // Words other than English come a moment later.
  while (!element.shadowRoot?.firstChild) await new Promise(requestAnimationFrame);
  // So do list and form, the first time a page needs them.
  if (!options.withoutPanel) while (element.shadowRoot.querySelector("[aria-busy]")) await new Promise(requestAnimationFrame);
  Object.assign(globalThis, { element, controller, root: element.shadowRoot });
};
globalThis.pageReady = true;
