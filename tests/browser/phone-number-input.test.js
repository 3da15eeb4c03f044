// The field for a telephone number, as people use it: keys, caret, forms, two directions, assistive technology.

import assert from "node:assert/strict";
import { test } from "node:test";
import { axe, clean, open, page, useBrowser } from "./harness.js";

useBrowser({ path: "phone-number.html" });

const show = (attributes = {}, properties = {}) => page.evaluate((given) => globalThis.show(...given), [attributes, properties]);
const input = () => page.locator("phone-number-input input");
const typed = () => page.evaluate(() => field.value);
const verdict = () => page.evaluate(() => root.querySelector(".verdict").textContent);
const said = () => page.evaluate(() => root.querySelector("[role=status]").textContent);
const state = () => page.evaluate(() => [element.verdict.kind, element.value, field.getAttribute("aria-invalid")]);
/** What stands in the field, with a bar for the caret. */
const withCaret = () => page.evaluate(() => `${field.value.slice(0, field.selectionStart)}|${field.value.slice(field.selectionEnd)}`);
const caretTo = (/** @type {number} */ at) => page.evaluate((at) => field.setSelectionRange(at, at), at);

test("a number is spaced and judged while it is typed", async () => {
  await show();
  await input().focus();
  const seen = [];
  for (const key of "+442070313000") {
    await page.keyboard.press(key);
    seen.push(await withCaret());
  }
  assert.deepEqual(seen.slice(-3), ["+44 20 7031 30|", "+44 20 7031 300|", "+44 20 7031 3000|"]);
  assert.equal(await verdict(), "A valid number: landline, United Kingdom");
  assert.deepEqual(await state(), ["valid", "+442070313000", null]);
  clean();
});

test("nobody is scolded before they have finished", async () => {
  await show({ required: "" });
  await input().focus();
  assert.deepEqual(await state(), ["empty", "", null]);
  await page.keyboard.type("+33612");
  assert.deepEqual(await state(), ["incomplete", "", null]);
  assert.equal(await verdict(), "France: Go on typing");
  await page.keyboard.press("Tab");
  assert.deepEqual(await state(), ["incomplete", "", "true"]);
  assert.equal(await verdict(), "France: Too short for a phone number");
  assert.deepEqual(await page.evaluate(() => events.slice(-1)), ["change"]);
  clean();
});

test("the caret stays where somebody is at work", async () => {
  await show();
  await input().fill("+442070313000");
  await caretTo("+44 20".length);
  await page.keyboard.press("Backspace");
  assert.match(await withCaret(), /^\+44 ?2\|/);
  await page.keyboard.press("0");
  assert.equal(await withCaret(), "+44 20| 7031 3000");
  // Over a separator with either key: the digit behind it goes with the next press, nobody is held up.
  await caretTo("+44 20 ".length);
  await page.keyboard.press("Backspace");
  assert.equal(await withCaret(), "+44 20| 7031 3000");
  await page.keyboard.press("Delete");
  assert.equal(await withCaret(), "+44 20 |7031 3000");
  await page.keyboard.press("Delete");
  assert.equal((await typed()).replaceAll(" ", ""), "+44200313000");
  assert.match(await withCaret(), /20 ?\|/);
  clean();
});

test("a digit put into the middle leaves the caret behind it", async () => {
  await show({ "default-region": "US" });
  await input().fill("650253000");
  await caretTo((await typed()).indexOf("253"));
  await page.keyboard.press("9");
  assert.match(await withCaret(), /^\(650\) 9\|25-?3/);
  clean();
});

test("what is pasted is read: brackets, 00, digits of another script, national forms", async () => {
  for (const [region, text, value] of [
    ["", "+44 (0)20 7031-3000", "+442070313000"], ["GB", "020 7031 3000", "+442070313000"], ["GB", "0049 170 1234567", "+491701234567"],
    ["", "+٤٤٢٠٧٠٣١٣٠٠٠", "+442070313000"], ["", "tel:+44-20-7031-3000", "+442070313000"],
  ]) {
    await show({ "default-region": region });
    await input().fill(text);
    assert.deepEqual(await state(), ["valid", value, null], text);
  }
  clean();
});

test("what is pasted in one go is written as it should be; half a number, an extension and words stay", async () => {
  await open({ path: "phone-number.html", permissions: ["clipboard-read", "clipboard-write"] });
  for (const [region, pasted, shown, kind] of [
    ["", "\u202a+44 20 7031 3000\u202c", "+44 20 7031 3000", "valid"], ["", "\u2066+442070313000\u2069", "+44 20 7031 3000", "valid"],
    ["", "+44 \u202a20 7031\u202c 3000", "+44 20 7031 3000", "valid"],
    ["", "+44 (0)20 7031 3000", "+44 20 7031 3000", "valid"], ["", "tel:+44-20-7031-3000", "+44 20 7031 3000", "valid"],
    ["", "whatsapp:+442070313000", "+44 20 7031 3000", "valid"], ["", "+33\u202f6\u202f12\u202f34\u202f56\u202f78", "+33 6 12 34 56 78", "valid"],
    ["GB", "٠٢٠٧٠٣١٣٠٠٠", "020 7031 3000", "valid"], ["GB", "0049 170 1234567", "+49 170 1234567", "valid"],
    ["GB", "+442070313000", "+44 20 7031 3000", "valid"], ["", "\u202a+44 20\u202c", "+44 20", "incomplete"],
    ["", "+44 20 7031 3000 ext. 5", "+44 20 7031 3000 ext. 5", "valid"], ["", "ask Anna", "ask Anna", "invalid"],
  ]) {
    await show({ "default-region": region });
    await input().focus();
    await page.evaluate((text) => navigator.clipboard.writeText(text), pasted);
    await page.keyboard.press("Control+v");
    assert.deepEqual([await withCaret(), await page.evaluate(() => element.verdict.kind)], [`${shown}|`, kind], pasted);
    assert.deepEqual(await page.evaluate(() => events.filter((type) => type === "input")), ["input"], pasted);
  }
  clean();
});

test("links to a chat and WhatsApp ids are read, and written as the number that they name", async () => {
  await open({ path: "phone-number.html", permissions: ["clipboard-read", "clipboard-write"] });
  const [abroad, home] = ["+49 1512 3456789", "01512 3456789"];
  for (const pasted of ["https://wa.me/4915123456789", "wa.me/4915123456789?text=hi", "https://api.whatsapp.com/send?phone=4915123456789&text=hi",
    "whatsapp://send?phone=%2B4915123456789", "4915123456789@s.whatsapp.net", "4915123456789:12@c.us", "4915123456789@hosted",
    "https://wa.me/c/4915123456789", "(https://wa.me/4915123456789)", "sms:+4915123456789?body=hi", "tel:15123456789;phone-context=+49", "4915123456789.0:12@s.whatsapp.net", "\u202a4915123456789@C.US\u202c"]) {
    for (const region of ["", "DE", "GB"]) {
      await show({ "default-region": region });
      await input().focus();
      await page.evaluate((text) => navigator.clipboard.writeText(text), pasted);
      await page.keyboard.press("Control+v");
      assert.deepEqual([await typed(), ...(await state())], [abroad, "valid", "+4915123456789", null], `${pasted} in ${region}`);
    }
    await show({ "default-region": "DE" }, { value: pasted });
    assert.deepEqual([await typed(), ...(await state())], [home, "valid", "+4915123456789", null], pasted);
  }
  for (const pasted of ["https://wa.me/message/ABCDEFGHIJKLM1", "https://chat.whatsapp.com/ABCDEFGHIJK", "120363041234567890@g.us"]) {
    await show({ "default-region": "DE" });
    await input().fill(pasted);
    assert.deepEqual((await state()).slice(1), ["", "true"], pasted);
  }
  clean();
});

test("a WhatsApp id without a plus is the international number; where another country's is possible, it is asked for", async () => {
  await show({ "default-region": "DE" });
  await input().pressSequentially("4915123456789");
  assert.deepEqual(await state(), ["valid", "+4915123456789", null]);
  assert.equal(await verdict(), "A valid number: mobile, Germany");
  await show({ "default-region": "GB" });
  await input().fill("4915123456789");
  assert.deepEqual(await state(), ["valid", "+4915123456789", null]);
  // Oregon or Denmark: what the region says is taken, and the other is named.
  await show({ "default-region": "US" });
  await input().fill("4588226171");
  assert.deepEqual(await state(), ["valid", "+14588226171", null]);
  assert.equal(await verdict(), "A valid number: landline or mobile, United States. If you mean \u2066+45 88 22 61 71\u2069, begin with a plus");
  await show({ "default-region": "US" });
  await input().fill("+4588226171");
  assert.deepEqual(await state(), ["valid", "+4588226171", null]);
  assert.equal(await verdict(), "A valid number: landline or mobile, Denmark");
  clean();
});

test("undo takes back what was typed, redo brings it again", async () => {
  await show();
  await input().focus();
  await page.keyboard.type("+442070313000");
  assert.equal(await typed(), "+44 20 7031 3000");
  assert.equal(await page.evaluate(() => events.length), "+442070313000".length);
  const seen = [];
  while ((await typed()) !== "" && seen.length < 40) {
    await page.keyboard.press("Control+z");
    seen.push((await typed()).replaceAll(" ", ""));
  }
  assert.equal(seen.at(-1), "");
  for (const text of seen) assert.ok("+442070313000".startsWith(text), text);
  assert.equal((await state())[0], "empty");
  for (let again = 0; again < seen.length; again++) await page.keyboard.press("Control+Shift+z");
  assert.deepEqual([await typed(), (await state())[1]], ["+44 20 7031 3000", "+442070313000"]);
  clean();
});

test("a composition is left alone until it ends", async () => {
  await show();
  await input().focus();
  const keyboard = await page.context().newCDPSession(page);
  await keyboard.send("Input.imeSetComposition", { text: "＋４４２０７０", selectionStart: 7, selectionEnd: 7 });
  assert.deepEqual([await typed(), (await state())[0]], ["＋４４２０７０", "incomplete"]);
  await keyboard.send("Input.insertText", { text: "＋４４２０７０３１３０００" });
  assert.deepEqual([await withCaret(), (await state())[1]], ["+44 20 7031 3000|", "+442070313000"]);
  clean();
});

test("Enter submits the form as in any field, and only what may be submitted", async () => {
  await show();
  await input().fill("+44 20");
  await input().press("Enter");
  assert.equal(await page.evaluate(() => globalThis.submitted), undefined);
  assert.equal(await verdict(), "Too short for a phone number");
  await input().fill("+442070313000");
  await input().press("Enter");
  assert.deepEqual(await page.evaluate(() => globalThis.submitted), { phone: "+442070313000" });
  await page.evaluate(() => {
    globalThis.submitted = undefined;
    document.querySelector("form button").disabled = true;
  });
  await input().press("Enter");
  assert.equal(await page.evaluate(() => globalThis.submitted), undefined);
  await page.evaluate(() => document.querySelector("form button").remove());
  await input().press("Enter");
  assert.deepEqual(await page.evaluate(() => globalThis.submitted), { phone: "+442070313000" });
  clean();
});

test("Enter that accepts a word of an input method does not submit, in Safari's order either", async () => {
  await show();
  await input().fill("+442070313000");
  const pressed = (options) => input().evaluate((field, options) => {
    field.dispatchEvent(new CompositionEvent("compositionend", { bubbles: true, composed: true }));
    field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, composed: true, cancelable: true, ...options }));
  }, options);
  await pressed({ keyCode: 229 });
  assert.equal(await page.evaluate(() => globalThis.submitted), undefined);
  await pressed({ keyCode: 13, isComposing: true });
  assert.equal(await page.evaluate(() => globalThis.submitted), undefined);
  await pressed({ keyCode: 13 });
  assert.deepEqual(await page.evaluate(() => globalThis.submitted), { phone: "+442070313000" });
  clean();
});

test("who leaves before the pause hears what is wrong, not what was being typed", async () => {
  await show();
  await input().focus();
  await page.keyboard.type("+33612");
  await page.keyboard.press("Tab");
  await page.waitForFunction(() => root.querySelector("[role=status]").textContent !== "");
  assert.equal(await said(), "France: Too short for a phone number");
  clean();
});

test("what is read only can be read and copied, not changed, and looks it", async () => {
  await show({ readonly: "", required: "" }, { value: "+442070313000" });
  await input().focus();
  await page.keyboard.type("9");
  await page.keyboard.press("Backspace");
  assert.deepEqual([await typed(), (await state())[1]], ["+44 20 7031 3000", "+442070313000"]);
  assert.equal(await page.evaluate(() => new FormData(document.querySelector("form")).get("phone")), "+442070313000");
  assert.equal(await page.evaluate(() => getComputedStyle(field).borderTopStyle), "dashed");
  assert.equal(await page.evaluate(() => element.willValidate), false);
  clean();
});

test("what it is not is said, and where WhatsApp knows better it is let through", async () => {
  for (const [text, kind, words] of [
    ["+5215512345678", "legacy", /WhatsApp/], ["+15550100200", "possible", /may exist/], ["hello", "invalid", /not a phone number/],
    ["02070313000", "invalid", /Begin with a plus/], ["+999123456", "invalid", /No country/], ["+4420703130001234567", "invalid", /Too long/],
    ["<img src=x onerror=alert(1)>", "invalid", /not a phone number/], ["1".repeat(300), "invalid", /too long/],
  ]) {
    await show();
    await input().fill(text);
    await input().blur();
    assert.equal((await state())[0], kind, text);
    assert.match(await verdict(), words, text);
    assert.equal(await page.evaluate(() => element.checkValidity()), kind !== "invalid", text);
  }
  clean();
});

test("a form gets E.164, or is stopped and told why", async () => {
  await show({ required: "" });
  const save = page.getByRole("button", { name: "Save" });
  await save.click();
  assert.equal(await page.evaluate(() => globalThis.submitted), undefined);
  assert.equal(await page.evaluate(() => element.validity.valueMissing && element.validationMessage), "Enter a phone number");
  await input().fill("+44 20 7031");
  await save.click();
  assert.equal(await page.evaluate(() => globalThis.submitted), undefined);
  assert.ok(await page.evaluate(() => element.validity.tooShort));
  await input().fill("+44 20 7031 3000");
  await save.click();
  assert.deepEqual(await page.evaluate(() => globalThis.submitted), { phone: "+442070313000" });
  await page.evaluate(() => document.querySelector("form").reset());
  assert.deepEqual(await state(), ["empty", "", null]);
  clean();
});

test("the page sets a value before or after, a form disables it, an unknown region does no harm", async () => {
  await show({}, { value: "+442070313000" });
  assert.equal(await typed(), "+44 20 7031 3000");
  await page.evaluate(() => { element.value = "+12015550123"; });
  assert.equal(await typed(), "+1 201-555-0123");
  await show({ value: "+12015550123", "default-region": "US" });
  assert.equal(await typed(), "(201) 555-0123");
  await show({ "default-region": "XX" });
  await input().fill("+12015550123");
  assert.equal((await state())[0], "valid");
  await page.evaluate(() => {
    const set = document.createElement("fieldset");
    set.disabled = true;
    document.querySelector("#form").append(set);
    set.append(element);
  });
  assert.equal(await page.evaluate(() => field.disabled), true);
  clean();
});

test("it is named, described and spoken once whoever types pauses", async () => {
  await show();
  await page.getByRole("textbox", { name: "Phone" }).focus();
  // Within one turn of the page: on no machine is there a pause between two digits.
  const meanwhile = await page.evaluate((digits) => digits.map((digit) => {
    document.execCommand("insertText", false, digit);
    return root.querySelector("[role=status]").textContent;
  }), [..."+442070313000"]);
  assert.deepEqual([...new Set(meanwhile)], [""]);
  await page.waitForFunction(() => root.querySelector("[role=status]").textContent !== "");
  assert.equal(await said(), "A valid number: landline, United Kingdom");
  assert.equal(await page.evaluate(() => root.getElementById(field.getAttribute("aria-describedby")).textContent), await said());
  await show({ label: "" });
  assert.equal(await page.getByRole("textbox", { name: "Phone number" }).count(), 1);
  clean();
});

test("axe finds nothing to object to, in either language and scheme; a number reads from left to right everywhere", async () => {
  for (const [locale, colorScheme] of [["en", "light"], ["en", "dark"], ["ar-EG", "light"], ["ar-EG", "dark"]]) {
    await open({ path: "phone-number.html", colorScheme });
    for (const text of ["", "+44 20", "+442070313000", "+5215512345678", "hello"]) {
      await show({ locale, label: locale === "en" ? "Phone" : "الهاتف" });
      await input().fill(text);
      await input().blur();
      await axe();
    }
    await input().fill("+442070313000");
    const { dir, direction, align } = await page.evaluate(() => ({
      dir: root.querySelector(".number").dir, direction: getComputedStyle(field).direction, align: getComputedStyle(field).textAlign,
    }));
    assert.deepEqual([dir, direction, align === "right"], locale === "en" ? ["ltr", "ltr", false] : ["rtl", "ltr", true]);
    if (locale !== "en") assert.match(await verdict(), /المملكة المتحدة/);
    if (process.env.SCREENS) await page.screenshot({ path: `${process.env.SCREENS}/phone-${locale}-${colorScheme}.png`, clip: { x: 0, y: 0, width: 480, height: 240 } });
  }
  clean();
});
