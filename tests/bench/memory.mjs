// What the engine's modules keep of linear memory over a million calls of each kind: `npm run bench:memory`. Every memory
// that a module brings is seen, by listening to what the platform instantiates; module names do not matter.

/** @type {{ name: string, memory: WebAssembly.Memory }[]} */
const memories = [];
/** The function whose first call brings a module. */
let asking = "loading";
const { Instance } = WebAssembly;
WebAssembly.Instance = /** @type {any} */ (new Proxy(Instance, {
  construct(target, given) {
    const instance = Reflect.construct(target, given);
    const memory = instance.exports["memory"];
    if (memory) memories.push({ name: asking, memory });
    return instance;
  },
}));

const { NOW, event } = await import("./corpora/windows.mjs");
const { KEYS, forms } = await import("./corpora/webhooks.mjs").then(({ TOKEN, forms }) => ({ KEYS: [TOKEN], forms }));
const { numbers } = await import("./corpora/numbers.mjs");
const { foldEvents, isValidNumber, judge, parseNumber, verifyWebhook, windowBook, windowStatus } = await import("reply-window");

const CALLS = 1_000_000;
const state = foldEvents(undefined, [event(0, 0), event(0, 1), event(0, 2)]);
const book = windowBook();
// What is kept of a window is bounded: it is full when the calls that count begin.
for (let n = 0; n < 200_000; n++) book.record([{ key: `w${n % 100}`, events: [event(0, n)] }], NOW);
/** @type {[string, (n: number) => unknown][]} */
const CASES = [
  ["windowStatus", (n) => windowStatus(state, { now: NOW + n })],
  ["judge", (n) => judge(state, { kind: "text" }, { now: NOW + n })],
  ["foldEvents", (n) => foldEvents(state, [event(0, n)])],
  ["windowBook", (n) => {
    book.record([{ key: `w${n % 100}`, events: [event(0, n)] }], NOW);
    return book.statuses(book.changes(NOW + n).changed, NOW + n);
  }],
  ["isValidNumber", (n) => isValidNumber(String(numbers.spaced[n % numbers.spaced.length]))],
  ["parseNumber", (n) => parseNumber(String(numbers.mixed[n % numbers.mixed.length]), { formats: ["national"] })],
  ["verifyWebhook", (n) => {
    const { url, headers, body } = /** @type {typeof forms[number]} */ (forms[n % forms.length]);
    return verifyWebhook({ url, headers, body }, { keys: KEYS });
  }],
];

const total = () => memories.reduce((sum, { memory }) => sum + memory.buffer.byteLength, 0);
console.log(`Linear memory of all modules that were loaded, KiB; ${CALLS.toLocaleString("en")} calls of each`);
for (const [name, call] of CASES) {
  asking = name;
  for (let n = 0; n < 1_000; n++) call(n);
  const before = total();
  for (let n = 0; n < CALLS; n++) call(n);
  console.log(`  ${name.padEnd(16)} ${String(before / 1024).padStart(7)} before, ${String(total() / 1024).padStart(7)} after${total() === before ? "" : "   GREW"}`);
}
for (const { name, memory } of memories) console.log(`  the module that came with ${name}: ${memory.buffer.byteLength / 1024} KiB`);
