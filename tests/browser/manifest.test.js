// The custom-elements manifest tells the truth: what it lists is what the running elements have, and nothing is missing.

import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { test } from "node:test";
import { at } from "../../www/build/run.mjs";
import { choose, open, page, settled, show, useBrowser } from "./harness.js";

const manifest = JSON.parse(await readFile(at("www", "elements", "custom-elements.json"), "utf8"));
/** @type {Record<string, any>} */
const declared = Object.fromEntries(manifest.modules.flatMap(({ declarations }) => declarations).map((one) => [one.tagName, one]));
const FOLDERS = { "reply-window": "parts", "phone-number-input": "phone-number-input", "channel-setup": "setup", "signature-inspector": "inspector" };
/** Attributes that no callback hears: CSS reads them, the element writes them, or they are the form's. */
const UNHEARD = { "reply-window": ["theme", "compact", "fitted", "phase"], "phone-number-input": ["name"], "channel-setup": ["theme"], "signature-inspector": ["theme"] };

const names = (/** @type {{ name: string }[]} */ list = []) => list.map(({ name }) => name).sort();
const sorted = (/** @type {Iterable<string>} */ list) => [...new Set(list)].sort();
/** @param {string} tag */
const sourcesOf = async (tag) => {
  const folder = at("www", "elements", FOLDERS[tag]);
  const files = (await readdir(folder)).filter((name) => name.endsWith(".js")).map((name) => at("www", "elements", FOLDERS[tag], name));
  return (await Promise.all([...files, ...(tag === "reply-window" ? [at("www", "elements", "reply-window.js")] : [])].map((file) => readFile(file, "utf8")))).join("\n");
};

useBrowser();

const load = () => page.evaluate(() => Promise.all(["", "phone-number-input/", "setup/", "inspector/"].map((folder) => import(`/www/elements/${folder}define.js`))));

test("the elements of the package, each from the file that registers it", async () => {
  await load();
  assert.deepEqual(Object.keys(declared).sort(), Object.keys(FOLDERS).sort());
  const { exports, customElements } = JSON.parse(await readFile(at("package.json"), "utf8"));
  assert.equal(customElements, exports["./custom-elements.json"]);
  const registering = Object.values(exports).map((entry) => entry.default).filter((path) => /\/define\.js$/.test(path)).map((path) => path.slice(2));
  assert.deepEqual(manifest.modules.map(({ path }) => path).sort(), registering.sort());
  for (const { path, declarations: [{ tagName, name }] } of manifest.modules) {
    assert.equal(await page.evaluate(async ([path, tagName, name]) => (await import(`/${path}`))[name] === customElements.get(tagName), [path, tagName, name]), true, tagName);
  }
});

test("attributes and properties are those of the classes", async () => {
  await load();
  for (const [tag, { attributes, members }] of Object.entries(declared)) {
    const found = await page.evaluate((tag) => {
      const Class = /** @type {any} */ (customElements.get(tag));
      const own = Object.entries(Object.getOwnPropertyDescriptors(Class.prototype)).filter(([name]) => name !== "constructor" && !/Callback$/.test(name));
      const statics = Object.getOwnPropertyNames(Class).filter((name) => typeof Class[name] === "function");
      return {
        observed: Class.observedAttributes,
        // What an element holds of its own is set by it, and by nobody else.
        fields: [...Object.keys(document.createElement(tag)).map((name) => `${name} read only`), ...own.filter(([, { get }]) => get).map(([name, { set }]) => `${name}${set ? "" : " read only"}`)],
        methods: [...own.filter(([, { get }]) => !get).map(([name]) => name), ...statics],
      };
    }, tag);
    assert.deepEqual(names(attributes), sorted([...found.observed, ...UNHEARD[tag]]), `${tag}: attributes`);
    const fields = members.filter(({ kind }) => kind === "field").map(({ name, readonly }) => `${name}${readonly ? " read only" : ""}`);
    assert.deepEqual(sorted(fields), sorted(found.fields), `${tag}: properties`);
    assert.deepEqual(names(members.filter(({ kind, name }) => kind === "method" && name !== "define")), sorted(found.methods.filter((name) => name !== "define" && name !== "formAssociated")), `${tag}: methods`);
  }
});

test("parts, slots, custom properties and events are those of the sources", async () => {
  const all = await sourcesOf("reply-window");
  for (const [tag, { cssParts, slots, cssProperties, events }] of Object.entries(declared)) {
    const source = await sourcesOf(tag);
    const parts = [...source.matchAll(/\bpart: "([^"]+)"/g)].flatMap(([, told]) => told.split(" "));
    assert.deepEqual(names(cssParts), sorted(parts), `${tag}: parts`);
    assert.deepEqual(names(slots), sorted([...source.matchAll(/h\("slot", \{ name: "([^"]+)"/g)].map(([, name]) => name)), `${tag}: slots`);
    // Setup and inspector wear the sheet of the window; what is for a fitted window alone is not theirs.
    const read = [...(tag === "phone-number-input" ? source : all).matchAll(/var\((--rw-[a-z-]+)/g)].map(([, name]) => name);
    assert.deepEqual(names(cssProperties), sorted(read.filter((name) => tag === "reply-window" || name !== "--rw-room")), `${tag}: custom properties`);
    const told = [...source.matchAll(/(?:\bemit|ReplyWindowEvent|CustomEvent|new (?:Input)?Event)\("([a-z-]+)"/g)].map(([, name]) => name);
    assert.deepEqual(names(events).filter((name) => name !== "input"), sorted(told.filter((name) => name !== "input")), `${tag}: events`);
  }
});

test("what runs shows no part, and no state, that the manifest does not have", async () => {
  await open();
  const seen = new Set();
  const look = async () => {
    for (const part of await page.evaluate(() => [...root.querySelectorAll("[part]")].flatMap((node) => [...node.part]))) seen.add(part);
  };
  for (const kind of ["open", "closing", "unknown", "closed"]) {
    await show(kind, { draft: "a kept draft" });
    await look();
    assert.ok(names(declared["reply-window"].cssStates).includes(kind));
    assert.equal(await page.evaluate((kind) => element.matches(`:state(${kind})`), kind), true, kind);
  }
  await choose("track_parcel");
  await settled();
  await look();
  const known = names(declared["reply-window"].cssParts);
  assert.deepEqual([...seen].filter((part) => !known.includes(part)), []);
  for (const part of ["banner", "timer", "search", "list", "option", "variable", "preview", "send", "cancel"]) assert.ok(seen.has(part), part);
});
