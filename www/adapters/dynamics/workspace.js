// @ts-check
// The page around everything: found from wherever the script was loaded, and marked, so that a second copy stands back.

const MARK = Symbol.for("reply-window.dynamics");
const RELEASED = "reply-window-released";

/** @typedef {{ owner: Window, version: number }} Mark */

/**
 * The outermost window of our origin that has Dynamics' objects; scripts of forms run in a frame of their own.
 *
 * @param {Window} view
 * @returns {Window}
 */
export function workspaceOf(view) {
  let found = view;
  try {
    for (let outer = view; ; outer = outer.parent) {
      if (outer.document && ("Xrm" in outer || "Microsoft" in outer)) found = outer;
      if (outer === outer.parent) return found;
    }
  } catch {
    return found; // of another origin from here on
  }
}

/**
 * Takes the page for this copy of the script, unless another one is at work there: two would answer each other for ever. A copy whose
 * own frame is gone has ended.
 *
 * @param {Window} page
 * @param {Window} owner
 * @returns {(() => void) | undefined} gives it back; nothing where another copy has it
 */
export function take(page, owner) {
  const marked = /** @type {Record<symbol, Mark | undefined>} */ (/** @type {unknown} */ (page));
  const other = marked[MARK];
  if (other && !other.owner.closed) return undefined;
  const mark = { owner, version: 1 };
  marked[MARK] = mark;
  return () => {
    if (marked[MARK] !== mark) return;
    delete marked[MARK];
    page.dispatchEvent(new Event(RELEASED));
  };
}

/** Tells whoever waits for the page as soon as it is free. @param {Window} page @param {() => void} heard @returns {() => void} no more */
export function onReleased(page, heard) {
  page.addEventListener(RELEASED, heard);
  return () => page.removeEventListener(RELEASED, heard);
}
