// @ts-check
/**
 * The code of whatever was thrown, by anybody: only a code may reach a log or a count, since messages could quote what was sent.
 *
 * @param {unknown} error
 * @returns {string} `unexpected` where it has none
 */
export const codeOf = (error) => {
  const code = error && typeof error === "object" && "code" in error ? String(error.code) : "";
  return /^[a-z][a-z0-9-]{0,63}$/.test(code) ? code : "unexpected";
};
