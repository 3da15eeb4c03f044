// @ts-check
/** What the desktop's own function answers to a send: read once, since it may be anything. */

/** Longest id of a message, in characters. */
const MAX_ID = 256;

/** @param {unknown} answer @param {string} name @returns {unknown} nothing where reading it throws */
export function read(answer, name) {
  try {
    return /** @type {any} */ (answer)?.[name];
  } catch {
    return undefined;
  }
}

/** The provider's id of a message that was sent, where the answer names one; Twilio's own message has it as `sid`. @param {unknown} answer @returns {string | undefined} */
export function messageIdOf(answer) {
  const id = typeof answer === "object" ? read(answer, "id") ?? read(answer, "sid") : undefined;
  return typeof id === "string" && id !== "" && id.length <= MAX_ID ? id : undefined;
}
