// @ts-check
// The page of the report for supervisors: its words are the same in both languages and complete, its figures add up.

import assert from "node:assert/strict";
import { test } from "node:test";
import { ar } from "../../www/i18n/report/ar.js";
import { en } from "../../www/i18n/report/en.js";
import { reportMessages } from "../../www/i18n/report/index.js";
import { BUCKETS, BY_DAY, TOTALS, figuresOf } from "../../www/report/figures.js";
import { SCHEMAS } from "../../www/service/schemas.js";
import { bucketOf } from "../../www/service/tallies.js";

const forms = (/** @type {string | Record<string, string>} */ entry) => (typeof entry === "string" ? [entry] : Object.values(entry));
const slots = (/** @type {any} */ entry) => [...new Set(forms(entry).flatMap((text) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)))].sort();

test("both languages have the same words with the same slots", () => {
  assert.deepEqual(Object.keys(ar).sort(), Object.keys(en).sort());
  for (const key of Object.keys(en)) assert.deepEqual(slots(ar[key]), slots(en[key]), key);
  for (const text of Object.values(ar).flatMap((entry) => forms(/** @type {any} */ (entry)))) assert.doesNotMatch(text.replace(/\{\w+\}/g, ""), /\p{N}/u);
});

test("every kind that the service tells, and every group of minutes, has words in both languages", () => {
  const kinds = /** @type {any} */ (SCHEMAS).Tallies.properties.tallies.items.properties.kind.enum;
  assert.deepEqual([...TOTALS].sort(), [...kinds].sort());
  assert.deepEqual([...new Set([0, 5, 15, 60, 240, 720, 1440].map(bucketOf))], [...BUCKETS]);
  for (const words of [en, ar]) for (const key of [...TOTALS.map((kind) => `kind.${kind}`), ...BUCKETS.map((bucket) => `left.${bucket}`)]) assert.ok(words[key], key);
});

test("numbers, days and languages are told in the reader's language; what is no language of ours reads as English", () => {
  assert.deepEqual(["en", "ar", "ar-SA", "ar_EG", "fr", "no such"].map((tag) => [reportMessages(tag).tag, reportMessages(tag).dir]), [["en", "ltr"], ["ar", "rtl"], ["ar", "rtl"], ["ar", "rtl"], ["en", "ltr"], ["en", "ltr"]]);
  const [english, arabic] = [reportMessages("en"), reportMessages("ar")];
  assert.deepEqual([english.day("2026-11-30"), english.number(1800), english.language("pt_BR"), english.t("days", { n: 30 })], ["Nov 30", "1,800", "Brazilian Portuguese", "Last 30 days"]);
  assert.deepEqual([arabic.day("2026-11-30"), arabic.number(1800), arabic.t("days", { n: 7 }), arabic.t("days", { n: 30 }), arabic.t("left.5-15")], ["30 نوفمبر", "1,800", "آخر 7 أيام", "آخر 30 يومًا", "من 5 إلى 15 د"]);
});

test("days without counts are days, labels add up, and many languages are twelve and the rest", () => {
  const told = (/** @type {string} */ day, /** @type {string} */ kind, /** @type {number} */ count, /** @type {string} */ label = "") => ({ day, kind, count, ...(label && { label }) });
  const { totals, days, minutes, languages } = figuresOf({ fromDay: "2026-02-27", untilDay: "2026-03-02", tallies: [
    told("2026-02-27", "send-blocked", 2), told("2026-03-02", "send-blocked", 3), told("2026-03-02", "refused-while-open", 1), told("2026-02-28", "answered", 4, "5-15"), told("2026-03-01", "answered", 5, "5-15"),
    ...Array.from({ length: 15 }, (_, place) => told("2026-03-01", "template-sent", 1 + place, `l${place}`)),
  ] });
  assert.deepEqual(days.map(({ day, counts }) => [day, ...counts]), [["2026-02-27", 2, 0, 0], ["2026-02-28", 0, 0, 0], ["2026-03-01", 0, 0, 0], ["2026-03-02", 3, 0, 1]]);
  assert.deepEqual(BY_DAY, ["send-blocked", "draft-rescued", "refused-while-open"]);
  assert.deepEqual(totals.map(({ count }) => count), [5, 0, 1, 9, 120]);
  assert.deepEqual(minutes.filter(({ count }) => count > 0), [{ bucket: "5-15", count: 9 }]);
  assert.deepEqual([languages.length, languages[0], languages.at(-1)], [13, { language: "l14", count: 15 }, { language: undefined, count: 1 + 2 + 3 }]);
});
