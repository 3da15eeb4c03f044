// Thousands of templates as an account may hold them, the same each time.

const WORDS = "parcel late order case update invoice number delivery address confirm appointment reminder payment support ticket".split(" ");
const LANGUAGES = ["en", "ar", "pt_BR", "de", "en_GB", "fil"];
const BODIES = {
  ar: (/** @type {string} */ word, /** @type {number} */ n) => `مرحبًا {{1}}، طلبك رقم ${n} (${word}) قيد المراجعة الآن. سنكتب إليك عند وجود جديد: {{2}}.`,
  pt_BR: (/** @type {string} */ word, /** @type {number} */ n) => `Olá {{1}}, seu pedido ${n} (${word}) está em análise. Escreveremos quando houver novidades: {{2}}.`,
};

/** @param {number} count @returns {any[]} */
export const manyTemplates = (count) => Array.from({ length: count }, (_, n) => {
  const [a, b, c] = [n, n * 7, n * 11].map((at) => /** @type {string} */ (WORDS[at % WORDS.length]));
  const language = /** @type {string} */ (LANGUAGES[n % LANGUAGES.length]);
  const body = BODIES[/** @type {keyof typeof BODIES} */ (language)] ?? ((word, n) => `Hello {{1}}, your ${word} ${n} is now being reviewed. We will write again when there is news: {{2}}.`);
  return {
    id: `HX${n}`, source: "twilio", name: `${a}_${b}_${n}`, language, category: n % 3 ? "utility" : "marketing", status: n % 7 ? "approved" : "paused",
    type: "twilio/text", types: ["twilio/text"], body: { text: body(/** @type {string} */ (c), n), placeholders: [] }, buttons: [], cards: [], variables: [{ name: "1" }, { name: "2" }],
  };
});

/** What somebody types, key by key: common words, a rare number, Arabic without its marks, and back again. */
export const STROKES = ["parcel late", "update 59", "مرحبا", "pedido", "e"].flatMap((query) => [
  ...Array.from(query, (_, n) => query.slice(0, n + 1)), "",
]);
