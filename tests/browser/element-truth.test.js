// No sentence says more than is known, in either language.

import assert from "node:assert/strict";
import { test } from "node:test";
import { choose, clean, next, page, said, show, text, useBrowser } from "./harness.js";

useBrowser();

const refusedAt = () => page.evaluate(() => {
  const { nowAtMs, status } = controller.snapshot;
  controller.next({ ...controller.snapshot, status: { ...status, closesAtMs: nowAtMs + 86_400_000, decidedBy: { ...status.decidedBy, log: "refused", atMs: nowAtMs - 60_000 } } });
});

test("a refusal: closed since it came, and not of a kind of message that nobody named", async () => {
  for (const [locale, since, isKind] of [["en-GB", "since today 20:47", /free reply|free text|template was/i], ["ar", /^منذ اليوم/, /ردًا حرًا/]]) {
    await show("closed", { reason: "refused" }, { locale });
    await refusedAt();
    const [closes] = await text(".closes");
    assert.ok(since instanceof RegExp ? since.test(closes) : closes === since, closes);
    assert.doesNotMatch((await text(".why")).join().split(/Choose|اختر/)[0], isKind);
    await page.locator("[aria-controls=known]").click();
    await page.locator("dd").first().waitFor();
    assert.doesNotMatch((await text("dt")).join(), isKind);
  }
});

test("a template that was taken is on its way; that it was sent nobody has said", async () => {
  for (const [locale, told, claimed] of [["en", /The template is on its way\./, /\bsent\b/i], ["ar", /القالب في طريقه/, /أُرسل/]]) {
    await show("closed", {}, { locale });
    await choose("no_values");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => events.some(({ type }) => type === "template-sent"));
    assert.match(await said(), told);
    assert.doesNotMatch(await said(), claimed);
  }
});

test("what waits is not said to go out by itself", async () => {
  for (const [locale, told, claimed] of [["en", "Waits for the customer’s answer.", /goes out/i], ["ar", "ينتظر رد العميل.", /سيُرسل/]]) {
    await show("closed", { draft: "half a sentence", queue: "waiting" }, { locale });
    await page.getByText(told).first().waitFor();
    assert.doesNotMatch((await text(".draft")).join(), claimed);
  }
});

test("a send that was stopped gives the window's own reason: it may be unknown, or out of messages, and not closed", async () => {
  for (const [locale, closed, reasons] of [
    ["en", /window (is|has) closed/i, { "window-unknown": /Nothing is known/, "window-limit": /used up/, "window-expired": /too old/ }],
    ["ar", /مغلقة|أُغلقت/, { "window-unknown": /لا يُعرف شيء/, "window-limit": /استُنفدت/, "window-expired": /مضى/ }],
  ]) {
    for (const [reason, why] of Object.entries(reasons)) {
      await show("unknown", { verdict: { kind: "template-only", reason }, draft: "x" }, { locale });
      await page.evaluate((reason) => element.blocked({ reason, text: "x" }), reason);
      assert.match(await said(), why, reason);
      assert.doesNotMatch((await said()) + (await text(".limits")).join(), closed, reason);
    }
  }
});

test("where there are no templates, none is to be chosen", async () => {
  for (const [locale, told, claimed] of [["en", /has closed\. Nothing may be sent/, /template/i], ["ar", /أُغلقت نافذة الرد\. لا يمكن إرسال/, /قالب/]]) {
    await show("open", {}, { locale });
    await next("closed", { verdict: { kind: "blocked", reason: "window-expired" } });
    assert.match(await said(), told);
    assert.doesNotMatch(await said(), claimed);
  }
});

test("a text of which nobody knows who sent it is not said to come from another tab", async () => {
  for (const [locale, told] of [["en", "A text that was sent elsewhere did not arrive:"], ["ar", "نص أُرسل من مكان آخر لم يصل:"]]) {
    await show("closed", { lost: [{ id: "SM1", text: "mine" }] }, { locale });
    await page.locator(".lost").getByText(told).waitFor();
  }
  clean();
});
