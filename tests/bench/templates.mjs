// What a key stroke costs among 6,000 templates: `npm run bench:templates`.

import { STROKES, manyTemplates } from "./corpora/templates.mjs";
import { each, empty, report } from "./measure.mjs";
import { compared, packages } from "./packages.mjs";

const COUNT = 6_000;
const ours = await packages("reply-window", () => import("reply-window"));
const templates = manyTemplates(COUNT);
const context = { windowOpen: false, now: Date.UTC(2026, 10, 23), customer: { phone: "+491701234567" } };
const need = { locale: "pt-BR", defaultLocale: "en", context, favourites: ["HX40"], recent: ["HX41", "HX42"], limit: 60 };

/** What a few lines do without an index: neither ranked nor judged, and Arabic only as it is written. */
const texts = templates.map(({ id, name, body }) => ({ id, text: `${name.replaceAll("_", " ")} ${body.text}`.toLowerCase() }));
const plainly = (/** @type {string} */ query) => {
  const words = query.toLowerCase().split(" ").filter(Boolean);
  return texts.filter(({ text }) => words.every((word) => text.includes(word))).slice(0, 60);
};

const searches = ours.map(({ name, of }) => {
  const index = of.templateIndex(templates);
  return each(`${name}: search, ranked and judged`, STROKES, (query) => index.search({ ...need, query }));
});
compared(await report(`A key stroke among ${COUNT} templates`, [...searches, each("a filter over the texts, unranked", STROKES, plainly), empty(STROKES)]));

const builds = ours.map(({ name, of }) => ({
  name: `${name}: templateIndex and the first search`,
  run: () => {
    const index = of.templateIndex(templates);
    index.search({ ...need, query: "" });
    index.drop();
  },
}));
compared(await report(`An index of ${COUNT} templates built`, builds));
