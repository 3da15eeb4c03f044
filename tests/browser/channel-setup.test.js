// The set-up form under a strict policy: every vector, everything that people paste, and where the token may be.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { faults, page, usePage } from "../support/page.mjs";

const PAGE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Form</title><script type="module" src="/www/elements/setup/define.js"></script></head><body><channel-setup></channel-setup></body></html>`;
const TOKEN = "7b1e0c9d5a3f4e628190abcdef012345";
const SID = "AC4c122831efef10ac68b5223dccd6f614";
const { cases } = JSON.parse(readFileSync(new URL("../vectors/channel.json", import.meta.url), "utf8"));

usePage({ html: PAGE, isReady: () => document.querySelector("channel-setup")?.shadowRoot?.querySelector("form"), consoleFaults: /^(?![^]*404)/ });

const labelled = (label) => page.getByLabel(label, { exact: true });
const field = (label) => page.locator("channel-setup .item", { has: page.locator("label", { hasText: new RegExp(`^${label}$`) }) }).first();

test("every vector of a channel is told by the form as it is by the engine", async () => {
  // An input takes no line ends, and an empty address is none yet.
  const usable = cases.filter(({ call, expect, input }) => call === "checkChannel" && expect && input.channel.inboundUrl !== "" && !/\\n|\\r/.test(JSON.stringify(input)));
  const codesOf = (some) => [...new Set(some.flatMap(({ expect }) => expect?.findings?.map(({ code }) => code) ?? []))];
  const met = codesOf(usable);
  assert.deepEqual(codesOf(cases).filter((code) => !met.includes(code)), ["line-end"], "every other code can be met in the form");
  const told = await page.evaluate(async (all) => {
    const element = document.querySelector("channel-setup");
    const answers = [];
    for (const { input } of all) {
      element.others = input.others ?? [];
      element.shownUrl = input.shownUrl;
      element.record = { authToken: "", ...input.channel };
      element.check();
      answers.push([...element.shadowRoot.querySelectorAll("[data-code]:not([hidden])")].map((line) => line.dataset.code));
    }
    return answers;
  }, usable);
  for (const [index, vector] of usable.entries()) {
    assert.deepEqual(told[index].toSorted(), vector.expect.findings.map(({ code }) => code).toSorted(), vector.name);
  }
  assert.deepEqual(faults, []);
});

const PASTED = {
  nothing: "", "a megabyte": "x".repeat(1 << 20), NUL: "\0a\0", "zero width": "\u200b\u200d\ufeff", "direction marks": "\u202e\u2066+1\u2069",
  "full-width digits": "＋１５５５０１００２００", emoji: "😀👩‍💻", markup: "<img src=x onerror=alert(1)><script>alert(1)</script>{{7*7}}",
  curl: `curl -X GET "https://api.twilio.com/2010-04-01/Accounts/${SID}.json" -u ${SID}:${TOKEN}`,
  json: JSON.stringify({ accountSid: SID, authToken: TOKEN, numbers: [{ number: "+12025550142" }] }),
};
for (const [name, text] of Object.entries(PASTED)) {
  test(`pasted into every field: ${name}`, async () => {
    const codes = await page.evaluate(async (text) => {
      const element = document.querySelector("channel-setup");
      const template = { contentSid: text, language: text };
      element.record = { name: text, accountSid: text, authToken: text, inboundUrl: text, numbers: [{ name: text, account: text, number: text, workStream: text, templates: [template] }] };
      const sound = element.check();
      return { sound, codes: [...element.shadowRoot.querySelectorAll("[data-code]")].map((line) => line.dataset.code), made: element.shadowRoot.querySelectorAll("img,script").length };
    }, text);
    assert.equal(codes.sound, false);
    assert.ok(codes.codes.length > 4);
    assert.equal(codes.made, 0);
    assert.deepEqual(faults, []);
  });
}

/** Everything that a page holds, but for what is typed in inputs. */
const written = () => page.evaluate(() => {
  const texts = [document.documentElement.outerHTML, location.href, document.cookie, JSON.stringify(localStorage), JSON.stringify(sessionStorage), JSON.stringify(performance.getEntries())];
  const element = document.querySelector("channel-setup");
  texts.push(element.shadowRoot.innerHTML, JSON.stringify(element.findings), JSON.stringify(element.record));
  for (const input of element.shadowRoot.querySelectorAll("input")) if (input.type !== "password" && !input.matches("[data-token]")) texts.push(input.value);
  return texts.join("\n");
});

test("the token is masked, can be shown, and stands in its own field only", async () => {
  await labelled("Auth Token").fill(`${TOKEN}\u200b`);
  await labelled("Auth Token").blur();
  assert.equal(await labelled("Auth Token").getAttribute("type"), "password");
  assert.deepEqual(await field("Auth Token").locator("[data-code]").evaluateAll((lines) => lines.map((line) => line.dataset.code)), ["invisible-character"]);
  assert.ok(!(await written()).includes(TOKEN));
  await page.getByRole("button", { name: "Take out what does not belong" }).click();
  assert.equal(await labelled("Auth Token").inputValue(), TOKEN);
  await page.getByRole("button", { name: "Show the token" }).click();
  assert.equal(await labelled("Auth Token").getAttribute("type"), "text");
  await page.getByRole("button", { name: "Hide the token" }).click();
  await page.evaluate(() => document.querySelector("channel-setup").setAttribute("locale", "ar"));
  await page.getByRole("button", { name: "إظهار الرمز" }).waitFor();
  for (const secret of [TOKEN, btoa(TOKEN).slice(0, 40)]) assert.ok(!(await written()).includes(secret));
});

for (const [locale, label, ...names] of [
  ["en", "Auth Token", "Write it in lower case", "Take out what does not belong, and write it in lower case", "Take out what does not belong"],
  ["ar", "رمز المصادقة (Auth Token)", "اكتبه بحروف صغيرة", "أزل ما لا مكان له هنا واكتبه بحروف صغيرة", "أزل ما لا مكان له هنا"],
]) {
  test(`the repair of a token says what it does, ${locale}`, async () => {
    await page.evaluate((locale) => document.querySelector("channel-setup").setAttribute("locale", locale), locale);
    for (const [index, typed] of [TOKEN.toUpperCase(), ` ${TOKEN.toUpperCase()}\u200b`, `${TOKEN}\u200b`].entries()) {
      await labelled(label).fill(typed);
      await labelled(label).blur();
      await page.getByRole("button", { name: names[index], exact: true }).click();
      assert.equal(await labelled(label).inputValue(), TOKEN);
    }
  });
}

test("a token that was pasted into another field is not shown beside it, nor told", async () => {
  const pair = btoa(`${SID}:${TOKEN}`);
  const texts = [`${TOKEN}\u200b`, ` ${SID}:${TOKEN}`, `Authorization: Basic ${pair}\u200b`, PASTED.curl, ` ${PASTED.json}`, `http://hooks.example.com/in?t=${TOKEN}#x`, `(${TOKEN}) `];
  for (const own of [TOKEN, "", ...texts]) {
    const leaks = await page.evaluate(async ({ texts, own, secrets }) => {
      const element = document.querySelector("channel-setup");
      const found = [];
      for (const text of texts) {
        const template = { contentSid: text, language: text };
        element.record = { name: text, accountSid: text, authToken: own, inboundUrl: text, numbers: [{ name: text, account: text, number: text, workStream: text, templates: [template] }] };
        element.check();
        const told = element.shadowRoot.innerHTML + element.shadowRoot.textContent + JSON.stringify(element.findings);
        if (secrets.some((secret) => told.includes(secret))) found.push(text);
      }
      return found;
    }, { texts, own, secrets: [TOKEN, pair.slice(0, 60)] });
    assert.deepEqual(leaks, []);
  }
  assert.ok((await field("Account SID").locator("[data-code]").count()) > 0, "there is something to tell");
});

test("nothing is said before a field is left; then while typing; the repair puts it right", async () => {
  const sid = labelled("Account SID");
  await sid.pressSequentially("SK");
  assert.equal(await field("Account SID").locator("[data-code]").count(), 0);
  await sid.fill(` ${SID}`);
  await sid.blur();
  assert.equal(await field("Account SID").locator("[data-code=white-space] mark").textContent(), "blank");
  assert.equal(await sid.getAttribute("aria-invalid"), "true");
  await field("Account SID").getByRole("button").click();
  assert.equal(await sid.inputValue(), SID);
  assert.equal(await sid.getAttribute("aria-invalid"), null);
  await sid.fill(SID.slice(0, -1));
  assert.equal(await field("Account SID").locator("[data-code=too-short]").count(), 1);
});

test("export and import leave the token out", async () => {
  await labelled("Auth Token").fill(TOKEN);
  await labelled("Account SID").fill(SID);
  await page.getByRole("button", { name: "Add a number" }).click();
  await labelled("WhatsApp number").fill("+12025550142");
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Export" }).click()]);
  const text = readFileSync(await download.path(), "utf8");
  assert.ok(!text.includes(TOKEN) && text.includes(SID));
  await labelled("Auth Token").fill("");
  const record = { ...JSON.parse(text), authToken: "0".repeat(32), name: "Read", __proto__: { evil: 1 } };
  await page.locator("channel-setup input[type=file]").setInputFiles({ name: "a.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(record)) });
  await page.waitForFunction(() => document.querySelector("channel-setup").record.name === "Read");
  assert.equal(await labelled("Auth Token").inputValue(), "");
  assert.equal(await labelled("WhatsApp number").inputValue(), "+12025550142");
  await page.locator("channel-setup input[type=file]").setInputFiles({ name: "b.json", mimeType: "application/json", buffer: Buffer.from("[1") });
  await page.getByText("This is not the record of a channel.").waitFor();
});

test("numbers: the account follows the channel's name, removing one moves the focus to the next", async () => {
  await labelled("Name").first().fill("Support");
  for (const _ of [0, 1]) await page.getByRole("button", { name: "Add a number" }).click();
  assert.deepEqual(await labelled("WhatsApp account").evaluateAll((inputs) => inputs.map(({ value }) => value)), ["Support", "Support"]);
  await labelled("WhatsApp account").nth(1).fill("Sales");
  await labelled("Name").first().fill("Service");
  assert.deepEqual(await labelled("WhatsApp account").evaluateAll((inputs) => inputs.map(({ value }) => value)), ["Service", "Sales"]);
  await page.getByRole("button", { name: "Remove number 1" }).click();
  assert.equal(await labelled("WhatsApp account").inputValue(), "Sales");
  assert.equal(await page.evaluate(() => document.querySelector("channel-setup").shadowRoot.activeElement?.id), await labelled("Name").nth(1).getAttribute("id"));
});

test("one validation at a time, and a change of language ends it", async () => {
  const asked = await page.evaluate(async ([sid, token]) => {
    const element = document.querySelector("channel-setup");
    element.record = { name: "Support", accountSid: sid, authToken: token, numbers: [{ name: "Line", account: "Support", number: "+12025550142", workStream: "All" }] };
    const signals = [];
    element.validate = (_record, { signal }) => (signals.push(signal), new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason))));
    void element.startValidation();
    void element.startValidation();
    const before = signals.map(({ aborted }) => aborted);
    element.setAttribute("locale", "ar");
    await element.ready;
    return { before, after: signals.map(({ aborted }) => aborted) };
  }, [SID, TOKEN]);
  assert.deepEqual(asked, { before: [false], after: [true] });
  assert.deepEqual(faults, []);
});

test("more numbers than can be checked are told, not thrown, and none is lost", async () => {
  const number = (at) => ({ name: `Line ${at}`, account: "Support", number: `+1202555${String(at).padStart(4, "0")}`, workStream: "All" });
  const recordOf = (count) => ({ name: "Support", accountSid: SID, numbers: Array.from({ length: count }, (_, at) => number(at)) });
  const read = (name, record) => page.locator("channel-setup input[type=file]").setInputFiles({ name, mimeType: "application/json", buffer: Buffer.from(JSON.stringify(record)) });
  const count = () => page.evaluate(() => document.querySelector("channel-setup").record.numbers.length);
  const tooMany = page.locator("channel-setup [data-code=input-too-large]");
  await page.evaluate((token) => {
    const element = document.querySelector("channel-setup");
    element.save = async (record) => void (globalThis.saved = record);
    element.record = { authToken: token };
  }, TOKEN);

  await read("201.json", recordOf(201));
  await page.getByText("more than 200 numbers, or more than 200 templates of one number. Nothing was read.").waitFor();
  assert.equal(await count(), 0);
  await page.evaluate(() => {
    const { text } = Blob.prototype;
    globalThis.filesRead = 0;
    Blob.prototype.text = async function () {
      const whole = await text.call(this);
      // Behind whoever waited for it.
      setTimeout(() => (globalThis.filesRead += 1));
      return whole;
    };
  });
  await read("templates.json", { ...recordOf(1), numbers: [{ ...number(0), templates: Array(201).fill({ contentSid: "HX", language: "en" }) }] });
  await page.waitForFunction(() => globalThis.filesRead === 1);
  assert.equal(await count(), 0);

  await read("200.json", recordOf(200));
  await page.getByText("The record was read.").waitFor();
  assert.equal(await count(), 200);
  assert.equal(await tooMany.count(), 0);
  await page.getByRole("button", { name: "Add a number" }).click();
  assert.match(await tooMany.textContent(), /At most 200 numbers/);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  assert.equal(await page.evaluate(() => globalThis.saved), undefined);
  assert.equal(await count(), 201);
  await page.getByRole("button", { name: "Remove number 201" }).click();
  assert.equal(await tooMany.count(), 0);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  assert.equal(await page.evaluate(() => globalThis.saved?.numbers.length), 200);

  // What the host sets: such a record, and other channels, in Arabic too.
  await page.evaluate(async (record) => {
    const element = document.querySelector("channel-setup");
    element.record = record;
    element.setAttribute("locale", "ar");
    await element.ready;
  }, recordOf(201));
  assert.match(await tooMany.textContent(), /200 رقم/);
  assert.equal(await page.evaluate(() => document.querySelector("channel-setup").check()), false);
  const told = await page.evaluate(async (record) => {
    const element = document.querySelector("channel-setup");
    element.setAttribute("locale", "en");
    await element.ready;
    element.record = record;
    element.others = Array.from({ length: 201 }, (_, at) => ({ name: `Channel ${at}`, numbers: [] }));
    return [element.check(), ...element.findings.map(({ code, severity }) => `${code} ${severity}`)];
  }, { ...recordOf(1), accountSid: "SK", authToken: TOKEN });
  assert.ok(told.includes("not-a-sid error") && told.includes("input-too-large warning"), told.join());
  assert.match(await tooMany.textContent(), /compared with 200 other channels/);
  assert.deepEqual(faults, []);
});
