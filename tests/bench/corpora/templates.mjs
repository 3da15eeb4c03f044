// Thousands of templates, and what agents type: those of the tests.

export { STROKES, manyTemplates } from "../../support/many.mjs";
