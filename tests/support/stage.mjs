// Screenshots of every state in every look, into `.screens`: for people who look at them.
//
//   node tests/support/stage.mjs [state …] [look …]      all that are named; of what is not named, all

import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";

import { launchBrowser } from "./browser.mjs";
import { Desktop } from "./desktop.mjs";
import { LOOKS, PAGES, STATES, enter } from "./states.mjs";
import { demoFor } from "./with-demo.mjs";

const SCREENS = fileURLToPath(new URL("../../.screens", import.meta.url));
const asked = process.argv.slice(2);
/** @template {{ name: string }} T @param {T[]} all @returns {T[]} */
const named = (all) => (all.some(({ name }) => asked.includes(name)) ? all.filter(({ name }) => asked.includes(name)) : all);
const onlyPages = PAGES.some(({ name }) => asked.includes(name)) && !STATES.some(({ name }) => asked.includes(name));
const onlyStates = STATES.some(({ name }) => asked.includes(name)) && !PAGES.some(({ name }) => asked.includes(name));

/** @param {import("playwright-core").Page} page @param {string} name @param {boolean} [fullPage] */
async function shoot(page, name, fullPage = false) {
  await page.screenshot({ path: `${SCREENS}/${name}.png`, animations: "disabled", fullPage });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  console.log(`${name}${wide > 0 ? ` is ${wide} px too wide` : ""}`);
}

/** @param {import("playwright-core").Browser} browser @param {import("./states.mjs").Look} look */
async function states(browser, look) {
  const demo = await demoFor();
  const desk = await Desktop.open(browser, demo, { lang: look.lang, context: { ...look.context, reducedMotion: "reduce" } });
  const enlarge = () => desk.page.evaluate((size) => void (document.documentElement.style.fontSize = size), look.text ?? "");
  await enlarge();
  for (const state of STATES) {
    try {
      await enter(desk, state);
      await enlarge();
      if (named(STATES).includes(state)) await shoot(desk.page, `${state.name}-${look.name}`);
    } catch (error) {
      console.error(`${state.name}-${look.name}: ${/** @type {Error} */ (error).message.split("\n")[0]}`);
      await shoot(desk.page, `${state.name}-${look.name}`);
    }
  }
  await desk.close();
  await demo.close();
}

/** @param {import("playwright-core").Browser} browser @param {import("./states.mjs").Look} look */
async function pages(browser, look) {
  const demo = await demoFor({ empty: true });
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...look.context });
  for (const { name, path, act } of named(PAGES)) {
    const page = await context.newPage();
    await page.goto(`${demo.url}${path}?lang=${look.lang}`);
    await page.evaluate((size) => void (document.documentElement.style.fontSize = size), look.text ?? "");
    await page.waitForLoadState("networkidle");
    await act?.(page);
    await shoot(page, `${name}-${look.name}`, true);
  }
  await context.close();
  await demo.close();
}

await mkdir(SCREENS, { recursive: true });
const browser = await launchBrowser();
for (const look of named(LOOKS)) {
  if (!onlyPages) await states(browser, look);
  if (!onlyStates) await pages(browser, look);
}
await browser.close();
