// What is spoken of the time left is true to the second.

import assert from "node:assert/strict";
import { test } from "node:test";
import { announcer } from "../../www/elements/parts/announcer.js";
import { createMessages, loadWords } from "../../www/i18n/messages.js";

await loadWords("ar-EG");
const at = (/** @type {number} */ remainingMs) => /** @type {any} */ ({ conversation: { id: "c1" }, status: { kind: "closing", isOpen: true, closesAtMs: 1 }, remainingMs });

for (const [locale, minute, seconds] of [["en", "The reply window closes in 1 minute.", "Reply window: 5 s left"], ["ar-EG", "تُغلق نافذة الرد بعد دقيقة واحدة.", undefined]]) {
  test(`after a sleep the time that is left is told, not a minute where there is less (${locale})`, () => {
    const m = createMessages(String(locale));
    assert.equal(announcer(m)(at(60_000), at(10 * 60_000)), minute);
    const told = announcer(m)(at(5_000), at(10 * 60_000));
    if (seconds) assert.equal(told, seconds);
    else assert.doesNotMatch(String(told), /دقيقة/);
  });
}
