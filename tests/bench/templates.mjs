// What a key stroke costs among 6,000 templates, in Node: `npm run bench:templates`.

import { templateIndex } from "../../www/index.js";
import { STROKES, manyTemplates, summary } from "../support/many.mjs";

const COUNT = 6000;
const timed = (/** @type {() => unknown} */ work) => {
  const begun = performance.now();
  work();
  return performance.now() - begun;
};

const templates = manyTemplates(COUNT);
const index = templateIndex(templates);
const begun = performance.now();
await index.build();
console.log(`an index of ${COUNT} templates, a little at a time: ${(performance.now() - begun).toFixed(0)} ms`);
const context = { windowOpen: false, now: Date.UTC(2026, 10, 23), customer: { phone: "+491701234567" } };
const need = { locale: "pt-BR", defaultLocale: "en", context, favourites: ["HX40"], recent: ["HX41", "HX42"], limit: 60 };
const times = Array.from({ length: 20 }, () => STROKES.map((query) => timed(() => index.search({ ...need, query })))).flat();
console.log(summary(times).text);
