// What each state looks like, written down for people to look at, and what assistive technology makes of the same state. Further
// looks take long: element-screens.long.js.

import assert from "node:assert/strict";
import { test } from "node:test";
import { clean, page, show, useBrowser } from "./harness.js";
import { DRAFT, LOCALES, screens } from "./screens.js";

useBrowser();
screens(["english", "arabic"]);

/** Roles, names and states as assistive technology gets them. */
const tree = () => page.locator("reply-window").ariaSnapshot();

const TREES = {
  en: {
    open: [/group "Reply window Open"/, /timer "Reply window 3 h 12 min left"/, /button "Templates"/],
    closed: [/group "Reply window Closed"/, /region "Your unsent text is kept"/, /button "Copy"/, /button "Send when the customer answers"/,
      /combobox "Search templates" \[expanded\]/, /listbox "Templates"/, /group "English"/, /option "Case update text case_update_text Utility en/, /option "Pick topic pick_topic.*Only while the window is open\." \[disabled\]/],
    form: [/form "Case update text case_update_text/, /button "Back to the list"/, /button "Favourite"/, /textbox "Hello …": Amina/, /group "Preview"/, /textbox "Your case …"/, /button "Send template"/],
  },
  ar: {
    open: [/group "نافذة الرد/, /timer "نافذة الرد/, /button "القوالب"/],
    closed: [/combobox "[^"]+" \[expanded\]/, /listbox "القوالب"/, /option "Case update text case_update_text/, /button "أرسله عندما يرد العميل"/],
    form: [/form "Case update text case_update_text/, /button "مفضل"/, /textbox "[^"]+": Amina/, /button "[^"]*إرسال[^"]*"/],
  },
};

for (const [language, expected] of Object.entries(TREES)) {
  test(`the accessibility tree: ${language}`, async () => {
    const attributes = { locale: LOCALES[language] };
    const matches = async (state) => {
      const found = await tree();
      for (const pattern of expected[state]) assert.match(found, pattern, `${language}, ${state}:\n${found}`);
    };
    await show("open", {}, attributes);
    await matches("open");
    await show("closed", { draft: DRAFT[language], queue: "offered" }, attributes);
    await matches("closed");
    // By keyboard alone: the option in hand is named by the input, which keeps the focus.
    await page.locator("input[role=combobox]").focus();
    await page.keyboard.type("case_update_text");
    await page.keyboard.press("ArrowDown");
    const pointed = await page.evaluate(() => {
      const input = root.querySelector("[role=combobox]");
      const option = root.getElementById(input.getAttribute("aria-activedescendant"));
      return [root.activeElement === input, option.getAttribute("role"), option.getAttribute("aria-selected"), root.querySelectorAll("[aria-selected=true]").length];
    });
    assert.deepEqual(pointed, [true, "option", "true", 1]);
    await page.keyboard.press("Enter");
    await page.keyboard.type("Amina");
    await matches("form");
    assert.deepEqual(await page.evaluate(() => [...root.querySelectorAll("[role=status]")].map((node) => getComputedStyle(node).display !== "none")), [true, true]);
    await page.keyboard.press("Enter");
    await page.keyboard.type("CAS-00417");
    await page.keyboard.press("Enter");
    assert.deepEqual(await page.evaluate(() => controller.calls), [], "Enter in the last field goes to Send and does not send");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => controller.calls.length === 1);
    clean();
  });
}
