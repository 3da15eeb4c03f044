// @ts-check
/** What the elements have in common. */

/** For the administrators' elements: the colours and custom properties of `<reply-window>`. */
export const PALETTE = `
:host{display:block;container-type:inline-size;
--font:var(--rw-font,"Segoe UI Variable","Segoe UI",system-ui,-apple-system,"Noto Sans","Noto Sans Arabic",sans-serif);
--r:var(--rw-radius,.5rem);--bg:var(--rw-bg,light-dark(#fff,#292929));--fg:var(--rw-fg,light-dark(#242424,#fff));
--muted:var(--rw-muted,light-dark(#5c5c5c,#bdbdbd));--line:var(--rw-border,light-dark(#d1d1d1,#525252));
--edge:light-dark(#8a8886,#8f8f8f);--soft:light-dark(#f5f5f5,#333);
--accent:var(--rw-accent,light-dark(#0f6cbd,#479ef5));--on:var(--rw-on-accent,light-dark(#fff,#0a1e33));
--warn:var(--rw-warn-fg,light-dark(#7a4300,#fcd782));
--bad-bg:var(--rw-error-bg,light-dark(#fdf3f4,#3b1517));--bad:var(--rw-error-fg,light-dark(#a80f1d,#ffb3ba));
--ok-bg:var(--rw-ok-bg,light-dark(#f1faf1,#0e2a0e));--ok:var(--rw-ok-fg,light-dark(#0b5a0b,#9fd89f));
--focus:var(--rw-focus,var(--accent))}
:host([hidden]),[hidden]{display:none!important}
:host([theme=light]){color-scheme:light}
:host([theme=dark]){color-scheme:dark}
*{box-sizing:border-box}
`;

/** Makes the sheet of a document. @typedef {(document?: Document) => CSSStyleSheet} SheetMaker */

/**
 * One sheet for all elements of a document, made when the first one is shown there, in that document's own realm: a sheet of another
 * document is refused.
 *
 * @param {string} css
 * @returns {SheetMaker}
 */
export function sheetOf(css) {
  /** @type {WeakMap<Document, CSSStyleSheet>} */
  const sheets = new WeakMap();
  return (page = document) => {
    const known = sheets.get(page);
    if (known) return known;
    const { CSSStyleSheet: Sheet } = /** @type {typeof globalThis} */ (/** @type {unknown} */ (page.defaultView ?? globalThis));
    const sheet = new Sheet();
    // A page that is played in Node has no looks.
    sheet.replaceSync?.(css);
    sheets.set(page, sheet);
    return sheet;
  };
}
