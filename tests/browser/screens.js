// What each state of the element looks like, written down for people to look at, with axe on each.

import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { axe, choose, clean, open, page, search, show } from "./harness.js";

const SCREENS = fileURLToPath(new URL("../../.screens", import.meta.url));

export const DRAFT = { en: "I will check whether the parcel has left", ar: "سأتحقق مما إذا كان الطرد قد غادر" };
export const LOCALES = { en: "en-GB", ar: "ar-SA" };

/** Opens the form and fills it in, with a Latin value also inside Arabic text. */
async function filled(name, values) {
  await choose(name);
  for (const [at, value] of values.entries()) await page.locator(`#value-${at}`).fill(value);
}

/** @type {[string, string, object, (() => Promise<unknown>)?, string?][]} name, kind of window, what the snapshot holds besides, what is done, what does not come */
const STATES = [
  ["open", "open", {}],
  ["open-long-text", "open", { draft: "x".repeat(1500) }],
  ["open-chooser", "open", {}, async () => {
    await page.evaluate(() => element.openTemplates());
    await search().waitFor();
  }],
  ["closing", "closing", { left: 9 * 60_000 }],
  ["closed", "closed", {}],
  ["one-language", "closed", {}, () => page.locator("[part=languages]").selectOption("ar")],
  ["closed-draft", "closed", { draft: true, queue: "offered" }],
  ["closed-queued", "closed", { draft: true, queue: "waiting" }],
  ["going-out", "open", { draft: true, queue: "due", dueInMs: 8_000 }],
  ["asked", "open", { draft: true, queue: "ask", answer: { kind: "text", text: "Stop! Cancel everything" } }],
  ["lost", "open", { lost: [{ id: "SM1", text: "I will call you back on Friday morning.", author: "Desk two" }] }],
  ["unknown", "unknown", {}],
  ["empty-form", "closed", {}, () => choose("case_update_text")],
  ["filled", "closed", {}, () => filled("case_update_text", ["Amina", "CAS-00417"])],
  ["filled-arabic-template", "closed", {}, () => filled("case_update_ar", ["Amelia", "CAS-00417"])],
  ["filled-portuguese-template", "closed", {}, () => filled("caso_actualizado", ["Sofia", "CAS-00417"])],
  ["filled-media", "closed", {}, () => filled("track_parcel_cta", ["Amelia"])],
  ["formatted", "closed", { more: ["FORMATTED"] }, () => filled("order_formatted", ["A-7", "12", "at the *back* door"])],
  ["unreadable", "closed", { more: ["UNREAD"] }, () => search().press("End")],
  ["not-coming", "closed", { draft: true, withoutPanel: true }, async () => page.getByRole("button", { name: /Try again|إعادة المحاولة/ }).waitFor(), "**/parts/panel.js"],
  ["remark", "open", {}, () => page.evaluate(() => element.checked({ notes: [{ code: "caption-not-shown", message: "x" }, { code: "filename-long", message: "x" }] }))],
  ["wrong", "closed", {}, async () => {
    await filled("case_question", ["two\nlines"]);
    await page.locator("[part=send]").click();
  }],
  ["refused", "closed", { error: { code: "send-refused", message: "x", providerCode: 63049, sentence: "held-back-by-meta" } }],
];
/** @type {[string, "en" | "ar", object, string?][]} name, language, what the browser is told, size of text */
export const LOOKS = [
  ["english", "en", {}],
  ["arabic", "ar", {}],
  ["dark", "en", { colorScheme: "dark" }],
  ["forced-colours", "en", { forcedColors: "active" }],
  ["320-pixels", "ar", { viewport: { width: 320, height: 900 } }],
  ["text-twice-as-large", "en", {}, "200%"],
];

/** What looks much the same in any colours and widths is looked at in two languages only. */
const PLAIN = ["open-chooser", "closed-queued", "unknown", "empty-form", "filled-portuguese-template", "refused", "remark"];

/** Declares the tests of some looks. @param {string[]} names */
export function screens(names) {
  before(() => mkdir(SCREENS, { recursive: true }));
  for (const [look, language, context, size = "100%"] of LOOKS.filter(([name]) => names.includes(name))) tryLook(look, language, context, size);
}

/** @param {string} look @param {"en" | "ar"} language @param {object} context @param {string} size */
function tryLook(look, language, context, size) {
  test(`screens, and axe on each of them: ${look}`, async () => {
    await open({ reducedMotion: "reduce", ...context });
    const states = /english|arabic/.test(look) ? STATES : STATES.filter(([name]) => !PLAIN.includes(name));
    for (const [name, kind, { draft, ...snapshot }, act, lost] of states) {
      // On a page of its own: what one element has fetched all have.
      if (lost) await open({ reducedMotion: "reduce", ...context });
      if (lost) await page.route(lost, (route) => route.fulfill({ status: 503 }));
      await show(kind, { ...snapshot, draft: draft === true ? DRAFT[language] : draft }, { locale: LOCALES[language] });
      await act?.();
      await page.evaluate((size) => (document.documentElement.style.fontSize = size), size);
      await page.screenshot({ path: `${SCREENS}/${name}-${look}.png`, fullPage: true, animations: "disabled" });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(wide <= 0, `${name}-${look} is ${wide} pixels too wide`);
      await axe();
      if (lost) await open({ reducedMotion: "reduce", ...context });
    }
    clean();
  });
}
