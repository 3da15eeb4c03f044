// The browser that tests drive: the one on the machine, without its talk to the outside.

import { chromium } from "playwright-core";
import { findBrowser } from "../../www/build/setup.mjs";

/** How long a condition may take to come true before a test gives up: far above what it takes on a busy machine. */
export const GIVE_UP_MS = 60_000;

/** @param {string[]} [more] further command-line arguments */
export function launchBrowser(more = []) {
  return chromium.launch({
    executablePath: findBrowser(),
    args: [
      "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
      "--disable-background-networking", "--disable-component-update", "--disable-sync", ...more,
    ],
  });
}
