// Words: the same in both languages, complete for every code that the engine can say.

import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { test } from "node:test";
import { addWords, catalogues, createMessages, loadWords } from "../../www/i18n/messages.js";

const SOURCE = new URL("../../src/", import.meta.url);
const early = createMessages("ar");
await loadWords("ar-SA");
const { en, ar } = catalogues;
const SIX = ["zero", "one", "two", "few", "many", "other"];
const forms = (entry) => (typeof entry === "string" ? [entry] : Object.values(entry));
const slots = (entry) => new Set(forms(entry).flatMap((text) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1])));

test("both languages have the same messages with the same slots", () => {
  assert.deepEqual(Object.keys(ar).sort(), Object.keys(en).sort());
  for (const key of Object.keys(en)) {
    assert.deepEqual([...slots(ar[key])].sort(), [...slots(en[key])].sort(), key);
    assert.equal(typeof ar[key], typeof en[key], key);
    for (const text of [...forms(en[key]), ...forms(ar[key])]) assert.ok(text.trim() === text && text, key);
  }
});

test("words that are not there yet read as English, and are fetched once", async () => {
  assert.deepEqual([early.tag, early.dir, early.t("send")], ["en", "ltr", en.send]);
  assert.equal(loadWords("ar"), undefined);
  assert.equal(loadWords("en-GB"), undefined);
  assert.equal(loadWords("fr"), undefined);
});

test("a host may hand in a language of its own", () => {
  addWords("fa", { ...en, send: "فرستادن" });
  const m = createMessages("fa-IR");
  delete catalogues.fa;
  assert.deepEqual([m.t("send"), m.dir, m.number(47)], ["فرستادن", "rtl", "۴۷"]);
});

test("a host may hand in a few words: the others read as English, and those that were there stay", () => {
  const before = catalogues.en;
  addWords("fr", { send: "Envoyer" });
  addWords("en", { send: "Go" });
  const [french, english] = [createMessages("fr"), createMessages("en")];
  delete catalogues.fr;
  catalogues.en = before;
  assert.deepEqual([french.t("send"), french.t("state.closed"), french.duration(3 * 3_600_000)], ["Envoyer", "Closed", "3 h"]);
  assert.deepEqual([english.t("send"), english.t("state.closed")], ["Go", "Closed"]);
});

test("a language that runs from right to left does so here as in the engine's templates", async () => {
  const [, list] = /RIGHT_TO_LEFT: &\[&str\] =\s*&\[([^\]]*)\]/.exec(await readFile(new URL("template/language.rs", SOURCE), "utf8"));
  const tags = [...list.matchAll(/"(\w+)"/g)].map(([, tag]) => tag);
  assert.ok(tags.includes("ckb"), tags.join());
  for (const tag of tags) {
    const { language } = new Intl.Locale(tag);
    const before = catalogues[language];
    addWords(language, {});
    assert.equal(createMessages(tag).dir, "rtl", tag);
    if (before) catalogues[language] = before;
    else delete catalogues[language];
  }
});

test("each set of words is there in the same languages, fetched where it is wanted, and can be imported by name", async () => {
  const root = new URL("../../", import.meta.url);
  const languagesIn = async (folder) => (await readdir(new URL(folder, root))).flatMap((name) => /^([a-z]{2,3})\.js$/.exec(name)?.[1] ?? []).sort();
  const languages = await languagesIn("www/i18n/");
  assert.ok(languages.includes("ar") && languages.includes("en"), languages.join());
  const files = (await readdir(new URL("www/i18n/", root), { recursive: true })).map((name) => `www/i18n/${name.replaceAll("\\", "/")}`);
  const sets = ["www/engine/provider-errors/", ...files.flatMap((name) => /^(.*\/)en\.js$/.exec(name)?.[1] ?? [])];
  assert.ok(sets.length > 3, sets.join());
  for (const folder of sets) assert.deepEqual(await languagesIn(folder), languages, folder);
  const { exports } = JSON.parse(await readFile(new URL("package.json", root), "utf8"));
  const texts = await Promise.all(files.filter((name) => name.endsWith(".js")).map(async (name) => [name, await readFile(new URL(name, root), "utf8")]));
  const loaders = texts.flatMap(([name, text]) => [...text.matchAll(/fetched = (\{[^;]*\});/g)].map(([, loads]) => [name, loads]));
  assert.ok(loaders.length > 2, loaders.join());
  for (const language of languages.filter((one) => one !== "en")) {
    assert.ok(exports[`./i18n/${language}`], `package.json has no entry for ${language}`);
    for (const [name, loads] of loaders) assert.match(loads, new RegExp(`\\b${language}: async`), `${name} does not fetch ${language}`);
  }
});

test("every plural message has its forms, and Arabic uses all six of them", () => {
  const plural = Object.keys(en).filter((key) => typeof en[key] === "object");
  assert.ok(plural.length > 5);
  for (const key of plural) {
    assert.deepEqual(Object.keys(en[key]), ["one", "other"], key);
    assert.deepEqual(Object.keys(ar[key]), SIX, key);
  }
  // One number of each class, from the plural rules of the Unicode CLDR for Arabic.
  const m = createMessages("ar");
  const told = [0, 1, 2, 3, 11, 100].map((n) => m.t("results", { n }));
  assert.deepEqual(told, ["لا قوالب", "قالب واحد", "قالبان", "3 قوالب", "11 قالبًا", "100 قالب"]);
});

test("no message names a number in digits that the reader may not use", () => {
  for (const [language, catalogue] of Object.entries(catalogues)) {
    for (const [key, entry] of Object.entries(catalogue)) {
      for (const text of forms(entry)) assert.doesNotMatch(text.replace(/\{\w+\}/g, ""), /\p{N}/u, `${language} ${key}`);
    }
  }
  assert.equal(createMessages("ar-SA").t("is.too-long"), "طويل جدًا: ١٬٦٠٠ حرف على الأكثر.");
});

test("numbering systems are pinned: by the attribute, by the region, and Western digits for bare Arabic", () => {
  const digits = (tag, options) => createMessages(tag, options).number(47);
  assert.equal(digits("en"), "47");
  assert.equal(digits("ar"), "47");
  assert.equal(digits("ar-SA"), "٤٧");
  assert.equal(digits("ar-EG"), "٤٧");
  assert.equal(digits("ar-AE"), "47");
  assert.equal(digits("ar-MA"), "47");
  assert.equal(digits("ar-SA", { numberingSystem: "latn" }), "47");
  assert.equal(digits("ar", { numberingSystem: "arab" }), "٤٧");
  assert.equal(digits("ar-SA", { numberingSystem: "nonsense!" }), "47");
});

test("locales that are unknown or malformed read as English", () => {
  for (const tag of ["fr", "xx-", "", undefined, "pt_BR"]) {
    const m = createMessages(tag);
    assert.equal(m.tag, "en");
    assert.equal(m.dir, "ltr");
  }
  assert.equal(createMessages("ar_SA").dir, "rtl");
});

test("the time left is rounded down and never negative", () => {
  const m = createMessages("en");
  const MIN = 60_000;
  assert.equal(m.duration(192 * MIN + 59_999), "3 h 12 min");
  assert.equal(m.duration(60 * MIN), "1 h");
  assert.equal(m.duration(60 * MIN - 1), "59 min");
  assert.equal(m.duration(MIN), "1 min");
  assert.equal(m.duration(MIN - 1), "less than a minute");
  assert.equal(m.duration(MIN - 1, true), "59 s");
  assert.equal(m.duration(-5, true), "0 s");
  assert.equal(createMessages("ar-SA").duration(131 * MIN), "ساعتان و١١ دقيقة");
});

test("times are told by the wall clock of the agent's zone, across midnight and a change to summer time", () => {
  const riyadh = createMessages("en-GB", { timeZone: "Asia/Riyadh" });
  const now = Date.UTC(2026, 10, 23, 20, 50); // 23:50 in Riyadh
  assert.equal(riyadh.when(now, now), "today 23:50");
  assert.equal(riyadh.when(now + 10 * 60_000, now), "tomorrow 0:00");
  assert.equal(riyadh.when(now - 24 * 3_600_000, now), "yesterday 23:50");
  assert.equal(riyadh.when(now + 72 * 3_600_000, now), "26 Nov, 23:50");
  const berlin = createMessages("en-GB", { timeZone: "Europe/Berlin" });
  const spring = Date.UTC(2026, 2, 28, 22, 30); // 23:30, the day before clocks go forward
  assert.equal(berlin.when(Date.UTC(2026, 2, 29, 21, 59), spring), "tomorrow 23:59");
  assert.equal(berlin.when(Date.UTC(2026, 2, 29, 22, 0), spring), "30 Mar, 0:00");
  assert.equal(createMessages("en-GB", { timeZone: "No/Where" }).when(now, now).slice(0, 5), "today");
});

/** Every file below a folder of the engine, as one text. */
async function rust(folder) {
  const names = await readdir(new URL(folder, SOURCE), { recursive: true });
  const files = names.filter((name) => name.endsWith(".rs"));
  return (await Promise.all(files.map((name) => readFile(new URL(`${folder}/${name}`, SOURCE), "utf8")))).join("\n");
}

const covered = (keys) => {
  for (const key of keys) for (const [language, catalogue] of Object.entries(catalogues)) assert.ok(catalogue[key], `${language} lacks ${key}`);
};

test("every remark of the template module has a sentence", async (context) => {
  const codes = [...(await rust("template")).matchAll(/\bremark\(\s*"([a-z-]+)"/g)].map((match) => match[1]);
  if (!codes.length) return context.skip("the template module is not here");
  assert.ok(codes.length > 30);
  covered(codes.map((code) => `is.${code}`));
});

test("the contract's unions are those that the engine names", async () => {
  for (const [type, at, contract] of [
    ["VerdictKind", "session/verdict.rs", "session"], ["VerdictReason", "session/verdict.rs", "session"],
    ["Channel", "event.rs", "session"], ["Provider", "event.rs", "provider-error"],
  ]) {
    const names = async (/** @type {string} */ path, /** @type {RegExp} */ list) =>
      [...(list.exec(await readFile(new URL(path, SOURCE), "utf8"))?.[1] ?? "").matchAll(/"([a-z-]+)"/g)].map(([, name]) => name).sort();
    const named = await names(at, new RegExp(`names!\\(${type} \\{([^}]+)\\}`));
    assert.ok(named.length > 1, type);
    assert.deepEqual(await names(`wire/types/${contract}.d.ts`, new RegExp(`export type ${type} =([^;]+);`)), named, type);
  }
});

test("every verdict, status and category of the contract has a word", async () => {
  const types = (await Promise.all(["session", "template"].map((name) => readFile(new URL(`wire/types/${name}.d.ts`, SOURCE), "utf8")))).join("\n");
  const union = (name) => [...(new RegExp(`export type ${name} =([^;]+);`).exec(types)?.[1] ?? "").matchAll(/"([a-z-]+)"/g)].map((match) => match[1]);
  assert.ok(union("VerdictReason").length > 12);
  covered(union("VerdictReason").map((reason) => `verdict.${reason}`));
  assert.ok(union("TemplateStatus").length > 10);
  covered(union("TemplateStatus").map((status) => `is.status-${status}`));
  covered(union("TemplateCategory").map((category) => `category.${category}`));
  assert.ok(union("EligibilityAction").length > 5);
  covered(union("EligibilityAction").map((action) => `then.${action}`));
  covered(union("RecordLog").filter((log) => log !== "customer").map((log) => `did.${log}`));
  covered(["open", "closing", "closed", "unknown"].map((kind) => `state.${kind}`));
});

test("a host may replace single messages", () => {
  assert.equal(createMessages("en", { strings: { send: "Off it goes" } }).t("send"), "Off it goes");
});
