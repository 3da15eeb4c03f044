// The ways into the engine say the same, for texts of every kind; what is right, the vectors say.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import * as api from "../../www/index.js";
import { initSync } from "../../www/pkg/numbers.js";

const FORMATS = /** @type {const} */ (["e164", "national", "international", "rfc3966"]);
const { cases } = JSON.parse(readFileSync(new URL("../vectors/numbers.json", import.meta.url), "utf8"));
/** @type {string[]} */
const known = cases.map((/** @type {any} */ { input }) => input.text ?? input.digits ?? input.a).filter(Boolean);
const strange = [
  "", "+", "++1", "0", "\0", "\ud800", "+1\ud800", "+１２３", "٠٢٠", "+1", "+12", "+123", "+4", "+44", "+442", "+44\n20 7031 3000",
  "+".repeat(400), "1".repeat(1 << 20), "+" + "1".repeat(249), "+" + "1".repeat(250), "😀".repeat(250), "😀".repeat(251), "+0012345678",
  "+44 20 7031 3000 ext. 12", "tel:+44-20-7031-3000;ext=7", "+390236618300", "+3900236618300", "+540111523456789", "+5411123456789",
];
/** Every number of the vectors, cut short, made longer, and with each digit changed. */
const varied = known.filter((text) => /^\+\d{7,15}$/.test(text)).flatMap((text) => [
  text, text.slice(0, -1), `${text}0`, `${text}1234`, ...Array.from(text, (_, at) => at && text.slice(0, at) + (Number(text[at]) + 1) % 10 + text.slice(at + 1)),
]).filter(Boolean).map(String);
const texts = [...known, ...strange, ...varied];

test(`${texts.length} texts, and those that begin like prefixes, are judged the same by digits and when they are read`, () => {
  const prefixed = ["54911", "541511", "5490", "5590", "15", "521", "523", "8180", "3750", "78", "6118", "3902"]
    .flatMap((start) => Array.from({ length: 11 }, (_, length) => `+${start}${"2345678901".slice(0, length)}`));
  for (const text of [...texts, ...prefixed]) {
    const long = api.parseNumber(text);
    assert.equal(api.isValidNumber(text), long.kind === "number" && long.valid, JSON.stringify(text.slice(0, 40)));
  }
  assert.ok(texts.filter(api.isValidNumber).length > 50);
});

test("what stands between the digits changes no verdict that reading would not change", () => {
  const between = [" ", "-", ".", "(", ")", "  ", " (", ") ", "--", ".-", "/", "*", ",", "+", "x", ";", "\u00a0", "\u2010", "\uff0d", "~", "#", "[", "ext.", "a", "\t"];
  let valid = 0;
  for (const [which, text] of varied.entries()) {
    for (const [place, one] of between.entries()) {
      const at = 1 + (which * 7 + place * 3) % text.length;
      const spaced = text.slice(0, at) + one + text.slice(at);
      for (const given of [spaced, spaced.slice(0, 5) + between[(which + place) % 5] + spaced.slice(5), one + text, text + one, text + one + one]) {
        const long = api.parseNumber(given);
        const expected = long.kind === "number" && long.valid;
        if (expected) valid += 1;
        assert.equal(api.isValidNumber(given), expected, JSON.stringify(given));
      }
    }
  }
  assert.ok(valid > 1_000, `${valid}`);
});

test("a number is written the same with others and alone, and its parts fit together", () => {
  let valid = 0;
  for (const text of texts) {
    for (const region of [undefined, "GB", "AR", "US"]) {
      const { formats, ...whole } = /** @type {any} */ (api.parseNumber(text, { defaultRegion: region, formats: FORMATS }));
      const about = JSON.stringify([text.slice(0, 40), region]);
      assert.deepEqual(api.parseNumber(text, { defaultRegion: region }), whole, about);
      // Another reading is of the text without a plus; what is written has one.
      const { alternative: _, ...answer } = whole;
      for (const format of FORMATS) {
        const alone = api.formatNumber(text, { defaultRegion: region, format });
        assert.deepEqual(alone, answer.kind === "refused" ? answer : { kind: "formatted", text: formats[format] }, about);
      }
      if (answer.kind === "refused") continue;
      assert.equal(answer.e164, `+${answer.callingCode}${answer.nationalNumber}`);
      assert.equal(formats.e164, answer.e164);
      assert.equal(answer.valid, "type" in answer);
      if (!answer.valid) continue;
      valid += 1;
      // What is written is read again, extension and all.
      for (const format of /** @type {const} */ (["international", "rfc3966"])) assert.deepEqual(api.parseNumber(formats[format]), answer, about);
    }
  }
  assert.ok(valid > 200);
});

test("every reason to refuse, and the place of a character, come through", () => {
  const reasons = {
    "": "empty", ["1".repeat(251)]: "text-too-long", "+": "not-a-number", "20 7031 3000": "no-region", "+999 123": "no-such-calling-code",
    "+441": "too-short", ["+44" + "2".repeat(18)]: "too-long",
  };
  for (const [text, reason] of Object.entries(reasons)) assert.deepEqual(api.parseNumber(text), { kind: "refused", reason }, text);
  const short = api.parseNumber("0044", { defaultRegion: "GB" });
  assert.deepEqual(short, { kind: "refused", reason: "too-short-after-prefix" });
  assert.deepEqual(api.parseNumber("😀".repeat(100) + "e1"), { kind: "refused", reason: "not-a-number", position: 0 });
  assert.deepEqual(api.parseNumber(" ".repeat(249) + "é"), { kind: "refused", reason: "not-a-number", position: 249 });
});

test("only the formats that are asked for are written", () => {
  const { formats } = api.parseNumber("+442070313000", { formats: ["rfc3966", "national"] });
  assert.deepEqual(formats, { national: "020 7031 3000", rfc3966: "tel:+44-20-7031-3000" });
  assert.equal("formats" in api.parseNumber("+442070313000"), false);
});

test("what nobody knows is refused by name", () => {
  for (const region of ["XX", "gb", "", "001", "00", "GBR", "\u0100B"]) {
    const fault = { name: "ReplyWindowError", code: "unknown-region", field: "defaultRegion" };
    assert.throws(() => api.parseNumber("020", { defaultRegion: region }), fault, region);
    assert.throws(() => api.formatNumber("020", { defaultRegion: region }), fault, region);
    assert.throws(() => api.asYouType("020", { defaultRegion: region }), fault, region);
    assert.throws(() => api.asYouType("", { defaultRegion: region }), fault, region);
  }
  for (const region of [undefined, "GB"]) assert.equal(api.asYouType("none", { defaultRegion: region }), "");
  assert.throws(() => api.formatNumber("020", { format: /** @type {any} */ ("short") }), { code: "unknown-name", field: "format" });
  assert.throws(() => api.parseNumber("020", { formats: /** @type {any} */ (["e164", "short"]) }), { code: "unknown-name", field: "formats[1]" });
});

test("a megabyte is refused, however often", () => {
  const text = "+1".repeat(1 << 19);
  for (let round = 0; round < 20; round++) {
    assert.equal(api.isValidNumber(text), false);
    assert.deepEqual(api.parseNumber(text), { kind: "refused", reason: "text-too-long" });
    assert.deepEqual(api.identifyCustomer(text), { kind: "unknown", reason: "too-long" });
    assert.deepEqual(api.sameCustomer(text, text), { kind: "maybe", reason: "unreadable" });
    assert.equal(api.asYouType(text), text);
  }
});

test("a long text loses no digit while it is typed", () => {
  for (const length of [249, 250, 251, 500, 501, 502, 1000]) {
    for (const text of ["1".repeat(length), "😀".repeat(length)]) {
      const digits = length <= 250 && text[0] !== "1" ? "" : text;
      assert.equal(api.asYouType(text, { defaultRegion: "GB" }), digits, String(length));
    }
  }
});

test("linear memory stays as it is over a hundred thousand numbers", () => {
  const memory = () => initSync({ module: new Uint8Array() }).memory.buffer.byteLength;
  const round = () => {
    for (let at = 0; at < 50_000; at++) {
      api.isValidNumber("+442070313000");
      if (at % 10 === 0) api.parseNumber("020 7031 3000", { defaultRegion: "GB", formats: FORMATS });
    }
  };
  round();
  const before = memory();
  round();
  assert.equal(memory(), before);
});

test("an argument that is no text is told by its name", () => {
  const none = /** @type {any} */ (5);
  /** @type {[string, () => unknown][]} */
  const calls = [
    ["number", () => api.parseNumber(none)], ["number", () => api.formatNumber(none)], ["number", () => api.isValidNumber(none)], ["number", () => api.checkNumberText(none)],
    ["digits", () => api.asYouType(none)], ["id", () => api.identifyCustomer(none)], ["id", () => api.lookupCandidates(none)],
    ["address", () => api.parseAddress(none)], ["b", () => api.sameCustomer("+491701234567", none)],
  ];
  for (const [field, call] of calls) assert.throws(call, { code: "wrong-type", field });
});
