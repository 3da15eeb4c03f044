// A demo of a test's own, and whoever sits at it; both are closed whatever happens.

import assert from "node:assert/strict";
import { startDemo } from "../../www/demo/start.mjs";

/** @param {object} [more] options of the demo */
export const demoFor = (more = {}) => startDemo({ port: 0, standInPort: 0, statusDelayMs: 10, log: () => {}, ...more });

/**
 * @template {{ complaints: string[], close(): Promise<void> }} Desk
 * @param {{ open(browser: import("playwright-core").Browser, demo: any, page: any): Promise<Desk> }} Kind `Desktop` or `Workspace`
 * @param {import("playwright-core").Browser} browser
 * @param {{ demo?: object, prepare?: (demo: any) => void, overlook?: RegExp, [page: string]: any }} options the rest is the page's;
 *   `overlook`: complaints that the test brings about
 * @param {(desk: Desk, demo: any) => Promise<void>} work
 */
export async function withDemo(Kind, browser, { demo: given, prepare, overlook, ...page }, work) {
  const demo = await demoFor(given);
  try {
    prepare?.(demo);
    const desk = await Kind.open(browser, demo, page);
    try {
      await work(desk, demo);
      assert.deepEqual(desk.complaints.filter((text) => !overlook?.test(text)), [], "no error in the page");
    } finally {
      await desk.close();
    }
  } finally {
    await demo.close();
  }
}
