// Whom it can be read by: assistive technology, two directions, narrow and large, any colours; and whatever text it is given.

import assert from "node:assert/strict";
import { test } from "node:test";
import { axe, choose, clean, open, page, search, settled, show, text, useBrowser } from "./harness.js";

useBrowser();

test("words of customers and templates are text, whatever they hold", async () => {
  const evil = "<img src=x onerror=\"document.title='taken'\"><script>document.title='taken'</script>";
  await page.evaluate((evil) => show("closed", {
    draft: evil,
    items: [{ ...greyed(template("rejected", { status: "rejected", rejectionReason: evil }), "status-rejected") }, sendable(template(evil, { body: `${evil} {{1}}`, footer: evil, samples: { 1: evil }, buttons: [{ kind: "quick-reply", title: evil }] }))],
    conversation: { id: "c1", business: "+1", customer: { username: evil }, locale: evil, suggestions: { [evil]: evil } },
  }), evil);
  assert.ok((await text("[role=option][aria-disabled=true]"))[0].includes(evil), "the provider's words are shown as they are");
  await search().focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.locator("#value-0").fill(evil);
  await settled();
  assert.equal(await page.title(), "reply-window under test");
  assert.equal(await page.evaluate(() => root.querySelectorAll("img, script").length), 0);
  assert.ok((await text(".bubble .body"))[0].includes(evil));
  clean();
});

test("of a value that was pasted at any length no more is drawn than may be sent, and none of it is lost", async () => {
  await show("closed");
  await choose("case_question");
  const pasted = "word ".repeat(20_000);
  await page.locator("#value-0").fill(pasted);
  assert.equal((await text(".bubble mark"))[0].length, 1600);
  assert.equal(await page.locator("#value-0").inputValue(), pasted);
  assert.match((await text(".problem:not([hidden])")).join(), /at most 1,600 characters/);
});

test("a header shows its file and its words, a place its sign and its name", async () => {
  const headers = { card: { kind: "image", text: "Your order is packed", media: "https://img.example.com/a.png" }, shop: { kind: "location", text: "Example Shop" }, plain: { kind: "text", text: "Case 417" } };
  await show("closed");
  await page.evaluate((headers) => {
    const items = Object.entries(headers).map(([id, header]) => sendable(template(id, { header })));
    controller.next({ ...controller.snapshot, templates: { kind: "ready", items } });
  }, headers);
  for (const [id, file] of [["card", "Image"], ["shop", "Location"], ["plain"]]) {
    await choose(id);
    assert.deepEqual([await text(".bubble .head"), await text(".media > span")], [[headers[id].text], file ? [file] : []], id);
    await page.keyboard.press("Escape");
  }
});

test("axe finds nothing to object to, in every state, in both languages and both schemes", async () => {
  for (const [locale, colorScheme] of [["en", "light"], ["en", "dark"], ["ar-SA", "light"]]) {
    await open({ colorScheme });
    for (const kind of ["open", "closing", "unknown", "closed"]) {
      await show(kind, { draft: "a kept draft" }, { locale });
      if (kind === "open") await page.evaluate(() => element.openTemplates());
      await axe();
    }
    await choose("track_parcel");
    await page.locator("#value-0").fill("Amina");
    await page.locator("[part=send]").click();
    await axe();
  }
});

test("right to left: the accent and the search sign are at the right, the number keeps its plus at the left", async () => {
  await show("closed", {}, { locale: "ar-SA" });
  await page.locator("[aria-controls=known]").click();
  await page.locator("dd").first().waitFor();
  const boxes = await page.evaluate(() => {
    const box = (selector) => root.querySelector(selector).getBoundingClientRect().toJSON();
    const node = [...root.querySelectorAll("bdi[dir=ltr]")].find((bdi) => bdi.textContent.startsWith("+")).firstChild;
    const char = (at) => {
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + 1);
      return range.getBoundingClientRect().x;
    };
    return { window: box(".window"), badge: box(".badge"), word: box(".word"), plus: char(0), last: char(node.length - 1) };
  });
  assert.ok(boxes.badge.x > boxes.word.x);
  assert.ok(boxes.badge.x > boxes.window.x + boxes.window.width / 2);
  assert.ok(boxes.plus < boxes.last);
  assert.equal(await page.evaluate(() => getComputedStyle(root.querySelector(".banner")).borderRightWidth), "4px");
  const words = (await text(".window"))[0].replace(/\+\d+|\w+_\w+|\{\{\d\}\}|CAS-\d+|20%/g, "");
  assert.doesNotMatch(words, /[0-9]/, "one numbering system everywhere");
});

test("320 pixels, and text of twice the size: nothing is cut off sideways", async () => {
  for (const locale of ["en", "ar-SA"]) {
    await open({ viewport: { width: 320, height: 900 } });
    for (const size of ["100%", "200%"]) {
      await page.evaluate((size) => (document.documentElement.style.fontSize = size), size);
      await show("closed", { draft: "A draft that is long enough to be broken into several lines" }, { locale });
      const wide = () => page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      assert.equal(await wide(), false, `${locale} ${size} list`);
      await choose("track_parcel");
      await page.locator("#value-0").fill("A".repeat(300));
      assert.equal(await wide(), false, `${locale} ${size} form`);
    }
  }
});

test("fitted into a narrow column: nothing inside is wider than the element, in list and form", async () => {
  const wider = () => page.evaluate(() => {
    const { left, right } = element.getBoundingClientRect();
    return [...root.querySelectorAll("*")].filter((node) => {
      const box = node.getBoundingClientRect();
      return box.width > 1 && !node.closest(".sr") && (box.left < left - 1 || box.right > right + 1);
    }).map((node) => `${node.className}: ${node.getBoundingClientRect().width}`);
  });
  for (const locale of ["en-GB", "ar-SA"]) {
    await show("closed", { draft: "A draft that is long enough to be broken into several lines", more: ["UNREAD", "FORMATTED"] }, { locale, fitted: "" });
    await page.locator("[part=list]").waitFor();
    for (const width of [350, 380, 400]) {
      await page.evaluate((width) => { element.style.cssText = `inline-size:${width}px;--rw-room:500px`; }, width);
      assert.deepEqual(await wider(), [], `${locale} ${width} list`);
      const widths = await page.evaluate(() => ["[part=search]", "[part=list]"].map((part) => root.querySelector(part).getBoundingClientRect().width));
      assert.equal(widths[0], widths[1], `${locale} ${width}: the field for the search is as wide as what it finds`);
    }
    await choose("track_parcel");
    await page.locator("#value-0").fill("A".repeat(300));
    for (const width of [350, 380, 400]) {
      await page.evaluate((width) => { element.style.inlineSize = `${width}px`; }, width);
      assert.deepEqual(await wider(), [], `${locale} ${width} form`);
    }
  }
});

test("the place of the value in hand is outlined without covering what stands beside it", async () => {
  for (const [locale, name] of [["en-GB", "case_update_text"], ["ar-SA", "case_update_ar"]]) {
    await show("closed", {}, { locale });
    await choose(name);
    for (const value of ["", "Amelia"]) {
      await page.locator("#value-0").fill(value);
      await page.locator(`mark.here.${value ? "value" : "missing"}`).first().waitFor();
      const found = await page.evaluate(() => {
        const mark = root.querySelector("mark.here");
        const { outlineOffset, outlineWidth, outlineStyle } = getComputedStyle(mark);
        const reach = parseFloat(outlineOffset) + parseFloat(outlineWidth);
        const own = mark.getBoundingClientRect();
        const beside = document.createRange();
        beside.setStart(mark.nextSibling, 0);
        beside.setEnd(mark.nextSibling, 1);
        const next = beside.getBoundingClientRect();
        return { outlineStyle, gap: Math.max(next.left - own.right, own.left - next.right) - reach };
      });
      assert.equal(found.outlineStyle, "solid");
      assert.ok(found.gap > -0.1, `${locale} "${value}": ${found.gap} px`);
    }
  }
});

test("forced colours keep a border round everything and an outline on the option in hand", async () => {
  await open({ forcedColors: "active" });
  await show("closed");
  await search().press("ArrowDown");
  const found = await page.evaluate(() => [getComputedStyle(root.querySelector(".option[aria-selected=true]")).outlineStyle, getComputedStyle(root.querySelector(".window")).borderTopStyle]);
  assert.deepEqual(found, ["solid", "solid"]);
});
