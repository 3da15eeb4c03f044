// Words of the set-up form: the same in both languages, complete for every code of the form and of its validation.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { ar } from "../../www/i18n/channel/ar.js";
import { en } from "../../www/i18n/channel/en.js";
import { channelMessages } from "../../www/i18n/channel/index.js";

const read = (path) => readFile(new URL(`../../${path}`, import.meta.url), "utf8");
const forms = (entry) => (typeof entry === "string" ? [entry] : Object.values(entry));
const slots = (entry) => [...new Set(forms(entry).flatMap((text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)))].sort();

test("both languages have the same messages with the same slots, and all plural forms", () => {
  assert.deepEqual(Object.keys(ar).sort(), Object.keys(en).sort());
  for (const key of Object.keys(en)) {
    assert.deepEqual(slots(ar[key]), slots(en[key]), key);
    assert.equal(forms(ar[key]).length, typeof en[key] === "string" ? 1 : 6, key);
    for (const text of [...forms(en[key]), ...forms(ar[key])]) assert.ok(text === text.trim() && text, key);
  }
});

test("every finding has a sentence", async () => {
  const codes = [...(await read("src/account/finding.rs")).matchAll(/^ {4}[A-Z_]+ (?:Error|Warning|Note) "([a-z-]+)"/gm)].map(([, code]) => code);
  assert.ok(codes.length > 70);
  assert.deepEqual(codes.filter((code) => !en[`is.${code}`]), []);
  assert.deepEqual(Object.keys(en).filter((key) => key.startsWith("is.") && !codes.includes(key.slice(3))), []);
});

test("every outcome of a validation has a sentence", async () => {
  const sources = await Promise.all(["www/server/twilio/validate-channel.js", "www/server/twilio/validate-ask.js", "www/server/twilio/senders.js"].map(read));
  const codes = new Set(sources.flatMap((text) => [...text.matchAll(/(?:code: |\? |: )"([a-z]+(?:-[a-z]+)+)"/g)].map(([, code]) => code)));
  for (const outcome of ["not-allowed", "not-reachable", "template-"]) codes.delete(outcome);
  assert.ok(codes.size > 25);
  assert.deepEqual([...codes].filter((code) => !en[`code.${code}`]), []);
});

test("every failure after which Twilio tries again has a name", async () => {
  const causes = [.../const CAUSES: .*?\[([^\]]*)\];/.exec(await read("src/account/outage.rs"))[1].matchAll(/"(\w+)"/g)].map(([, cause]) => cause);
  assert.ok(causes.length > 3);
  assert.deepEqual(Object.keys(en).filter((key) => key.startsWith("outage.after.")).sort(), causes.map((cause) => `outage.after.${cause}`).sort());
});

test("Arabic is fetched, other languages read as English", async () => {
  assert.equal((await channelMessages("ar-SA")).t("do.save"), ar["do.save"]);
  assert.equal((await channelMessages("ar")).dir, "rtl");
  assert.equal((await channelMessages("fr")).t("do.save"), en["do.save"]);
});

test("in Arabic no number stands in digits that the reader may not use, and no address without a direction of its own", () => {
  for (const [key, entry] of Object.entries(ar)) {
    for (const text of forms(entry)) assert.doesNotMatch(text.replace(/\{\w+\}|\u2066[^\u2069]+\u2069/g, ""), /\p{N}|:\/\//u, key);
  }
});

/** What the steps of the README set in bold and is no word of the form: Twilio's, the demo's, and words inside a sentence. */
const NOT_OF_THE_FORM = /^(Twilio's console|لوحة تحكم Twilio|Set up the channel|إعداد القناة|content SID|بمعرّف المحتوى|language|لغة|The sandbox|البيئة التجريبية)$/;

test("the README's steps name what stands on the form, in both languages", async () => {
  const [english, arabic] = (await read("www/elements/setup/README.md")).split(/^## إعداد القناة/m);
  for (const [steps, words] of [[english, en], [arabic, ar]]) {
    const bold = [...steps.matchAll(/\*\*([^*\n]+)\*\*/g)].map(([, name]) => name).filter((name) => !NOT_OF_THE_FORM.test(name));
    assert.ok(bold.length > 10, bold.join());
    const shown = Object.values(words).flatMap(forms).map((text) => text.replace(/ \((Account SID|Auth Token)\)$/, ""));
    assert.deepEqual(bold.filter((name) => !shown.includes(name)), []);
  }
  assert.equal(english.match(/^\d\. /gm).length, arabic.match(/^\d\. /gm).length);
});
