// How it reads: names as people say them, reasons as sentences, one side for one thing, nothing that jumps, nothing that is cut in silence.

import assert from "node:assert/strict";
import { test } from "node:test";
import { active, button, choose, clean, eventTypes, next, open, page, said, search, show, text, useBrowser } from "./harness.js";

useBrowser();

const box = (/** @type {string} */ selector) => page.evaluate((selector) => root.querySelector(selector).getBoundingClientRect().toJSON(), selector);

test("a template reads as people would name it, the provider's name beside it", async () => {
  await show("closed");
  await search().fill("case update");
  assert.deepEqual(await text(".option .title"), ["Case update text", "Case update ar"]);
  assert.deepEqual(await text(".option .name"), ["case_update_text", "case_update_ar"]);
  await page.evaluate(() => controller.next({ ...controller.snapshot, templates: { kind: "ready", items: [sendable(template("Welcome"))] } }));
  await search().fill("");
  assert.equal(await page.locator(".option .name").isVisible(), false, "nothing twice");
});

for (const [given, said] of [
  ["INVALID_FORMAT", "Rejected by WhatsApp. Its format is wrong: values side by side or at an end, or wrong braces. Tell an administrator."],
  ["INVALID_FORMAT: Variables can't be at the start or end of the template.", "Rejected by WhatsApp. Its format is wrong: values side by side or at an end, or wrong braces. Tell an administrator."],
  ["We do not like it", "Rejected by WhatsApp. \u2068We do not like it\u2069. Tell an administrator."],
  ["SOMETHING_NEW", "Rejected by WhatsApp. \u2068SOMETHING_NEW\u2069. Tell an administrator."],
]) {
  test(`why a template was rejected is one sentence each: ${given}`, async () => {
    await show("closed");
    await page.evaluate((rejectionReason) => {
      const rejected = { template: template("rejected", { status: "rejected", rejectionReason }), eligibility: { kind: "not-sendable", reasons: [{ code: "status-rejected", message: "x", action: "admin" }], notes: [] } };
      controller.next({ ...controller.snapshot, templates: { kind: "ready", items: [rejected] } });
    }, given);
    assert.deepEqual(await text(".option .remark span"), [said]);
  });
}

for (const [locale, side] of [["en", "left"], ["ar-EG", "right"]]) {
  test(`name and text of every template begin on the page's side, whatever their language: ${locale}`, async () => {
    await show("closed", {}, { locale });
    const edges = await page.evaluate((side) => [...root.querySelectorAll(".option")].map((option) => {
      const edge = (/** @type {Element} */ node) => {
        const range = document.createRange();
        range.selectNodeContents(node);
        return Math.round(range.getBoundingClientRect()[side]);
      };
      const cut = option.querySelector(".first");
      return cut.scrollWidth > cut.clientWidth ? 0 : Math.abs(edge(option.querySelector(".title")) - edge(cut));
    }), side);
    assert.ok(edges.length > 5);
    assert.deepEqual(edges.filter((apart) => apart > 2), []);
  });
}

test("the field stays where it is while results become fewer, and the list takes the room back", async () => {
  await show("closed");
  const before = await box(".results");
  await search().pressSequentially("zz");
  assert.equal((await text(".option")).length, 0);
  assert.ok(Math.abs((await box(".results")).height - before.height) < 1);
  await search().fill("");
  assert.ok(Math.abs((await box(".results")).height - before.height) < 1);
  clean();
});

test("a draft of forty lines says that there is more of it and shows it", async () => {
  const draft = Array.from({ length: 40 }, (_, at) => `Line ${at + 1}`).join("\n");
  await show("closed", { draft });
  assert.equal(await page.locator(".text.cut").count(), 1);
  const all = button("Show all");
  assert.equal(await all.getAttribute("aria-expanded"), "false");
  const height = (await box(".text")).height;
  await all.click();
  assert.ok((await box(".text")).height > 2 * height);
  assert.equal(await page.locator(".text.cut").count(), 0);
  await button("Show less").click();
  assert.equal(Math.round((await box(".text")).height), Math.round(height));
  await page.evaluate(() => controller.setDraft("One line"));
  assert.equal(await page.getByRole("button", { name: "Show all" }).count(), 0);
  clean();
});

test("a draft whose lines are few but wrap in a narrow column says so too", async () => {
  await open({ viewport: { width: 320, height: 900 } });
  await show("closed", { draft: "A long line that wraps and wraps. ".repeat(12) });
  assert.ok(await button("Show all").isVisible());
});

test("the preview is a bubble with a tail, its time, and places that are never split over lines", async () => {
  await open({ viewport: { width: 320, height: 900 } });
  await show("closed", { conversation: { id: "c1", business: "+1", customer: { phone: "+966501234567" } } }, { locale: "en-GB", "time-zone": "UTC" });
  await choose("track_parcel");
  assert.deepEqual(await text(".bubble .clock"), ["17:48"]);
  assert.equal(await page.evaluate(() => getComputedStyle(root.querySelector(".bubble"), "::before").borderTopWidth), "4px");
  const lines = await page.evaluate(() => [...root.querySelectorAll(".bubble .missing")].map((node) => node.getClientRects().length));
  assert.deepEqual(lines, lines.map(() => 1));
});

test("no line of the preview begins with the full stop or comma that follows a place, in any width", async () => {
  for (const [name, locale] of [["case_update_text", "en-GB"], ["case_update_ar", "ar-SA"], ["order_state", "en-GB"]]) {
    await show("closed", { more: ["STATE"] }, { locale });
    await choose(name);
    for (const field of await page.locator("form textarea").all()) await field.fill("");
    await page.locator(".bubble .missing").first().waitFor();
    const found = await page.evaluate(() => {
      const bubble = root.querySelector(".bubble");
      const wrong = [];
      let seen = 0;
      for (let width = 110; width < 360; width += 0.5) {
        bubble.style.inlineSize = `${width}px`;
        for (const mark of bubble.querySelectorAll(".missing")) {
          const range = document.createRange();
          const after = mark.nextSibling;
          if (!/^[.,،؟?!:]/.test(after?.data ?? "")) continue;
          seen += 1;
          range.setStart(after, 0);
          range.setEnd(after, 1);
          const [place, sign] = [mark.getBoundingClientRect(), range.getBoundingClientRect()];
          if (sign.top > place.bottom - 4) wrong.push(`${width}: ${after.data}`);
        }
      }
      return { wrong, seen };
    });
    assert.deepEqual(found.wrong, [], name);
    assert.ok(found.seen > 100, `${name}: ${found.seen}`);
  }
});

test("the customer has answered: from wherever the agent is in the panel, one key leads back to typing, and the values stay", async () => {
  for (const locale of ["en", "ar"]) {
    await show("closed", {}, { locale });
    await choose("case_question");
    await page.keyboard.type("the late parcel");
    await next("open");
    assert.equal(await page.locator(".notice button").getAttribute("aria-keyshortcuts"), "Escape");
    assert.equal(await page.locator(".banner .notice button").isVisible(), true, "it stands in the strip, which tells that the window is open");
    assert.equal(await page.locator("[aria-controls=panel]").isVisible(), false, "one way at a time");
    await page.keyboard.press("Escape");
    assert.equal((await eventTypes()).at(-1), "composer-focus", locale);
    await page.locator("[aria-controls=panel]").click();
    await choose("case_question");
    assert.equal(await page.locator("#value-0").inputValue(), "the late parcel");
  }
});

test("a refusal of free text is told once: the banner says it, no second line repeats it", async () => {
  await show("open");
  await next("closed", { reason: "refused", error: { code: "send-refused", message: "x", providerCode: 63016, meaning: "outside-window", sentence: "outside-window" } });
  assert.match((await text(".why"))[0], /The provider refused a message/);
  assert.equal(await page.locator(".limits").isVisible(), false);
  assert.match(await said(), /^The reply window has closed\.[^|]*\|$/);
});

test("a refusal closes the window when it came, not when the clock would have", async () => {
  await show("closed", { reason: "refused" });
  await page.evaluate(() => {
    const { nowAtMs, status } = controller.snapshot;
    controller.next({ ...controller.snapshot, status: { ...status, closesAtMs: nowAtMs + 86_400_000, decidedBy: { ...status.decidedBy, log: "refused", atMs: nowAtMs - 60_000 } } });
  });
  assert.deepEqual(await text(".word, .closes"), ["Closed", "since today 20:47"]);
});

test("how it is known stands behind an icon, and says why the customer's message counts; the strip is one line high", async () => {
  for (const locale of ["en", "ar-EG"]) {
    await show("open", {}, { locale });
    const line = await page.evaluate(() => parseFloat(getComputedStyle(root.querySelector(".window")).fontSize));
    assert.ok((await box(".banner")).height < 4 * line, "one line and its air");
    const ask = page.locator("[aria-controls=known]");
    assert.equal(await ask.getAttribute("aria-expanded"), "false");
    await ask.click();
    assert.equal(await ask.getAttribute("aria-expanded"), "true");
    await page.locator("dd").first().waitFor();
    assert.match((await text(".known p"))[0], locale === "en" ? /WhatsApp counts from the customer’s last message/ : /يحسب واتساب من آخر رسالة للعميل/);
  }
});

test("that the window has closed is told once: by the line that speaks, or by the banner where the focus goes to it", async () => {
  await show("open");
  await next("closed");
  assert.match(await said(), /^The reply window has closed\./);
  await page.evaluate(() => element.focus());
  assert.equal(await active(), "banner strip");
  assert.equal(await said(), "|");
});
