// Goes through every state of the desktop in one look: takes the picture, measures the width, asks axe.

import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";

import { AxeBuilder } from "@axe-core/playwright";

import { Desktop } from "./desktop.mjs";
import { STATES, enter } from "./states.mjs";
import { demoFor } from "./with-demo.mjs";

const SCREENS = fileURLToPath(new URL("../../.screens", import.meta.url));

/** No rule may be broken, not even by an element of Web Chat. @param {import("playwright-core").Page} page @param {string} name */
async function lookOver(page, name) {
  const { violations, incomplete, passes } = await new AxeBuilder({ page }).analyze();
  // What axe leaves open is for people to decide, but for names where none is allowed: in what is ours those are decided.
  const open = incomplete.filter(({ id }) => id === "aria-prohibited-attr")
    .map((rule) => ({ ...rule, nodes: rule.nodes.filter(({ target }) => !target.join(" ").includes("webchat__")) }));
  const found = [...violations, ...open].flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target.join(" > ")} ${failureSummary}`));
  assert.deepEqual(found, [], name);
  const ours = passes.flatMap(({ nodes }) => nodes).filter(({ target }) => Array.isArray(target[0]) && /reply-window/.test(String(target[0][0])));
  assert.ok(ours.length > 20, `${name}: ${ours.length} nodes of our own were looked at`);
}

/** @param {Desktop} desk @param {string} name */
async function fits(desk, name) {
  const wide = await desk.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  assert.ok(wide <= 0, `${name} is ${wide} px wider than the page`);
}

/** @param {import("playwright-core").Browser} browser @param {import("./states.mjs").Look} look @param {boolean} isLookedOver by axe, which takes most of the time */
export async function throughStates(browser, look, isLookedOver) {
  await mkdir(SCREENS, { recursive: true });
  const own = await demoFor();
  const desk = await Desktop.open(browser, own, { lang: look.lang, context: { ...look.context, reducedMotion: "reduce" } });
  try {
    for (const state of STATES) {
      await enter(desk, state);
      await desk.page.evaluate((size) => void (document.documentElement.style.fontSize = size), look.text ?? "");
      const name = `${state.name}-${look.name}`;
      await desk.page.screenshot({ path: `${SCREENS}/${name}.png`, animations: "disabled" });
      await fits(desk, name);
      if (isLookedOver) await lookOver(desk.page, name);
    }
    assert.deepEqual(desk.complaints, []);
  } finally {
    await desk.close();
    await own.close();
  }
}
