// @ts-check
// The one script: an administrator uploads it and adds it to the workspace. It starts by itself.

import { startDesk } from "./desk.js";

const page = /** @type {any} */ (globalThis);
const own = /** @type {HTMLScriptElement | null} */ (document.currentScript)?.src;
const nowasmUrl = own ? { nowasmUrl: new URL("reply-window.nowasm.js", own).href } : {};

page.replyWindow = startDesk({ ...nowasmUrl, ...page.replyWindowDynamics }).catch((error) => {
  console.error(`reply-window: not started (${error?.code ?? "unexpected"})`);
  return { wrong: [] };
});
