// @ts-check
/**
 * Names as people read them: of templates, and of the values that a template asks for.
 *
 * @import { Template, TemplatePrompt } from "../../../src/wire/types.d.ts"
 * @import { ErrorInfo, Snapshot } from "../../controller/types.js"
 * @import { Messages } from "../../i18n/messages.js"
 */

/** `case_update-text` reads "Case update text". @param {Messages} m @param {string} name */
export function readable(m, name) {
  const words = name.replaceAll(/[_-]+/g, " ").trim() || name;
  return words.charAt(0).toLocaleUpperCase(m.tag) + words.slice(1);
}

/** What a template was filled with that was taken and refused later. @param {Snapshot} snapshot @param {Pick<Template, "id">} template */
export const undelivered = ({ undelivered: all = [] }, { id }) => all.find(({ templateId }) => templateId === id);

/**
 * What is told of a failure, and what to do. That the window is closed stands in the banner already.
 *
 * @param {Messages} m
 * @param {ErrorInfo} error
 */
export function failureText(m, { code, outcome, reason, sentence }) {
  const otherwise = outcome ? "error.open" : reason?.startsWith("window-") ? "blocked" : sentence ? `provider.${sentence}` : "error.unknown";
  return m.say(`error.${code}`, m.say(otherwise, m.t("error.refused")));
}

/**
 * The name of a value: a number is told as one, `case_no` reads "Case no". Meta's places count from 0, and name what they stand
 * in: `button.0.code` reads "Button 1: Code".
 *
 * @param {Messages} m
 * @param {string} name
 */
function named(m, name) {
  const places = name.split(/\.(?!\d+\.)/);
  return places.map((place) => {
    const [code = "", at] = place.split(".");
    if (/^\d*$/.test(code)) return m.t("variable", { name: code && Number(code) });
    const own = readable(m, code);
    return places[1] ? m.say(`slot.${code}`, m.say(`media.${code}`, own), { n: Number(at) + 1 }) : own;
  }).join(": ");
}

/**
 * What a value is asked for by: its own name, or the words around it, which are the customer's to read later.
 *
 * @param {Messages} m
 * @param {{ variable: string } & Partial<TemplatePrompt>} prompt
 */
export const labelOf = (m, { variable, before, after }) => (before ? `${readable(m, before)} …` : after ? `… ${after}` : named(m, variable));

/** @typedef {import("../../controller/types.js").Snapshot["queue"]} Queue */

/** Whether the text that waited goes out by itself, unless something happens. @param {Queue} queue */
export const countsDown = (queue) => queue === "ready" || queue === "due";

/** Whether the customer has answered, and it is for the agent to say what becomes of the text that waited. @param {Queue} queue */
export const wantsWord = (queue) => queue === "ask" || countsDown(queue);
