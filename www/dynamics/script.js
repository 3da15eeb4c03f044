// @ts-check
// The one script: an administrator uploads it and adds it to the workspace. It starts by itself.

import { startDesk } from "./start.js";

const page = /** @type {any} */ (globalThis);
const script = /** @type {HTMLScriptElement | null} */ (document.currentScript);
const own = script?.src;
const nowasmUrl = own ? { nowasmUrl: new URL("reply-window.nowasm.js", own).href } : {};

/** A page of its own, in a tab or a side pane, shows the window and locks nothing. */
const isCompanion = script?.hasAttribute("data-companion") ?? false;

/** Dynamics passes one parameter on to an HTML web resource: `data`. */
const isTest = () => new URLSearchParams(location.search).get("data") === "test";

const start = async () => {
  if (isCompanion && !document.body) await new Promise((resolve) => document.addEventListener("DOMContentLoaded", resolve, { once: true }));
  return startDesk({ ...nowasmUrl, ...page.replyWindowDynamics }, window, isCompanion ? { place: document.body, isTest: isTest() } : {});
};

page.replyWindow = start().catch((error) => {
  console.error(`reply-window: not started (${error?.code ?? "unexpected"})`);
  return { wrong: [] };
});
