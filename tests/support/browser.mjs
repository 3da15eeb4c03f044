// The browser that tests drive: the one on the machine, without its talk to the outside.

import { chromium } from "playwright-core";
import { findBrowser } from "../../www/build/setup.mjs";

/** How long a condition may take to come true before a test gives up: far above what it takes on a busy machine. */
const GIVE_UP_MS = 60_000;

/** Every wait in its pages takes as long as it may. @param {string[]} [more] further command-line arguments */
export async function launchBrowser(more = []) {
  const browser = await chromium.launch({
    executablePath: findBrowser(),
    args: [
      "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
      "--disable-background-networking", "--disable-component-update", "--disable-sync", ...more,
    ],
  });
  const newContext = browser.newContext.bind(browser);
  browser.newContext = async (...given) => {
    const context = await newContext(...given);
    context.setDefaultTimeout(GIVE_UP_MS);
    return context;
  };
  return browser;
}
