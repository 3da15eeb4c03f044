// One language of several: the control of the chooser.

import assert from "node:assert/strict";
import { test } from "node:test";
import { active, axe, button, clean, next, page, redraw, said, search, show, stopClock, text, useBrowser, wind } from "./harness.js";

useBrowser();

const filter = () => page.locator("[part=languages]");
const options = () => filter().locator("option").allTextContents();
const groups = () => text(".group");
const names = () => text(".option .name");
/** Another conversation, whose customer reads something else. @param {string} id @param {string} [locale] */
const conversation = (id, locale) => page.evaluate(([id, locale]) => controller.next({ ...controller.snapshot, conversation: { ...controller.snapshot.conversation, id, locale } }), [id, locale]);
/** Templates of these languages, and no others. @param {string[]} languages */
const offer = (languages) => page.evaluate((languages) => controller.next({
  ...controller.snapshot, templates: { kind: "ready", items: languages.map((language, at) => sendable(template(`t${at}`, { language }))) },
}), languages);

for (const [locale, label, all, arabic] of [["en", "Language", ["All languages", "English", "British English", "Arabic", "Brazilian Portuguese"], ["case_update_ar"]],
  ["ar", "اللغة", ["كل اللغات", "الإنجليزية", "الإنجليزية (المملكة المتحدة)", "العربية", "البرتغالية البرازيلية"], ["case_update_ar"]]]) {
  test(`all languages at first, the customer's before the others; then one: ${locale}`, async () => {
    await show("closed", {}, { locale });
    assert.deepEqual((await options()).slice(0, 3), all.slice(0, 3));
    assert.deepEqual((await options()).sort(), [...all].sort());
    assert.equal(await page.getByRole("combobox", { name: label, exact: true }).inputValue(), "", "it says what it is, and all are listed");
    const before = await groups();
    await filter().selectOption("ar");
    assert.deepEqual(await names(), arabic);
    assert.equal((await options()).length, all.length, "the choice stays whole");
    await filter().selectOption("");
    assert.deepEqual(await groups(), before);
    await axe();
    clean();
  });
}

test("by keyboard alone, and the number of templates is spoken once", async () => {
  await show("closed");
  await stopClock();
  await search().focus();
  await page.keyboard.press("Tab");
  assert.equal(await active(), "languages");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  assert.equal(await filter().inputValue(), "en_GB");
  await wind(800);
  assert.match(await said(), /1 template\b/);
  assert.deepEqual(await names(), ["spring_offer"]);
  assert.equal(await active(), "languages", "the focus stays where it is");
  await page.keyboard.press("Shift+Tab");
  assert.equal(await active(), "search");
  await page.keyboard.press("Enter");
  assert.equal(await page.locator("form").isVisible(), true, "the only one");
});

test("a search looks in that language alone, and says so where there is none", async () => {
  await show("closed");
  await stopClock();
  await search().fill("case");
  await filter().selectOption("ar");
  assert.deepEqual(await names(), ["case_update_ar"]);
  await search().fill("spring");
  assert.match((await text(".empty"))[0], /No template in this language matches .spring/);
  await wind(800);
  assert.match(await said(), /No template in this language/);
  await filter().selectOption("");
  assert.deepEqual(await names(), ["spring_offer"]);
});

test("it is remembered for the conversation: through another one, a form, a change of language, a window that opens", async () => {
  await show("closed");
  await filter().selectOption("pt_BR");
  await conversation("c2");
  assert.equal(await filter().inputValue(), "", "of the other one nothing was chosen");
  await filter().selectOption("ar");
  await conversation("c1");
  assert.deepEqual([await filter().inputValue(), await names()], ["pt_BR", ["caso_actualizado"]]);
  await search().press("Enter");
  await page.locator("form").waitFor();
  await page.keyboard.press("Escape");
  assert.equal(await filter().inputValue(), "pt_BR");
  await redraw("locale", "ar");
  assert.deepEqual([await filter().inputValue(), await names()], ["pt_BR", ["caso_actualizado"]]);
  await next("open");
  await next("closed");
  assert.deepEqual([await filter().inputValue(), await names()], ["pt_BR", ["caso_actualizado"]]);
  clean();
});

test("it is there only where there is a choice, and hides nothing of a list without its language", async () => {
  await show("closed");
  await filter().selectOption("ar");
  await offer(["en", "en"]);
  assert.equal(await filter().isVisible(), false);
  assert.deepEqual(await names(), ["t0", "t1"]);
  await offer(["en", "fr"]);
  assert.equal(await filter().isVisible(), true);
  assert.deepEqual([await filter().inputValue(), await names()], ["", ["t0", "t1"]]);
  await offer(["en", "ar", "fr"]);
  assert.deepEqual([await filter().inputValue(), await names()], ["ar", ["t1"]], "it is there again, and so is the choice");
  await offer([]);
  assert.equal(await filter().isVisible(), false);
  clean();
});

test("a language that is not told has a name as well", async () => {
  await show("closed");
  await offer(["en", "und"]);
  assert.equal((await options()).length, 3);
  for (const label of await options()) assert.match(label, /\S{3}/);
});

test("the window opens while one is chosen from: it stays in the hand", async () => {
  await show("open");
  await button("Templates").click();
  await filter().selectOption("ar");
  assert.deepEqual(await names(), ["case_update_ar"]);
  await page.evaluate(() => controller.next({ ...controller.snapshot, preferences: { favourites: ["case_update_ar"], recent: [] } }));
  assert.deepEqual([await filter().inputValue(), await names()], ["ar", ["case_update_ar"]]);
});

test("the words stand at their start wherever a page centres its own", async () => {
  await show("open");
  await page.evaluate(() => (document.body.style.textAlign = "center"));
  assert.equal(await page.evaluate(() => getComputedStyle(root.querySelector(".why")).textAlign), "start");
});
