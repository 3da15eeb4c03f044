// @ts-check
/** Keys that an input method uses itself. */

/** What browsers give for a key that an input method has taken. */
const TAKEN = 229;

/**
 * Whether a key belongs to an input method and not to the page: Enter that accepts a word must not submit. Safari ends the
 * composition before it tells of the key, so that `isComposing` is false there already; the key's code still says it
 * (<https://bugs.webkit.org/show_bug.cgi?id=165004>).
 *
 * @param {KeyboardEvent} event
 */
export const isComposing = (event) => event.isComposing || event.keyCode === TAKEN;
