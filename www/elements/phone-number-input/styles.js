// @ts-check
/** The look of `<phone-number-input>`: it stands on the page's own background, so the page's colour scheme is its own. */
import { sheetOf } from "../parts/shared-styles.js";

const CSS = `
:host{display:block;text-align:start;--bad:var(--rw-error-fg,light-dark(#a80f1d,#ffb3ba));--warn:var(--rw-warn-fg,light-dark(#7a4300,#fcd782));--ok:var(--rw-ok-fg,light-dark(#0b5a0b,#9fd89f))}
:host([hidden]),[hidden]{display:none!important}
*{box-sizing:border-box}
.number{--tone:var(--rw-muted,light-dark(#616161,#bdbdbd));display:grid;gap:.25rem;max-inline-size:24rem;font:400 .875rem/1.45 var(--rw-font,"Segoe UI Variable","Segoe UI",system-ui,sans-serif);color:var(--rw-fg,light-dark(#242424,#fff))}
[data-verdict=valid]{--tone:var(--ok)}
:is([data-verdict=legacy],[data-verdict=possible]){--tone:var(--warn)}
[data-verdict=invalid]{--tone:var(--bad)}
label{font-weight:600}
.field{position:relative;display:grid}
input{inline-size:100%;min-block-size:2.25rem;padding:.25rem 2rem .25rem .625rem;font:inherit;font-variant-numeric:tabular-nums;color:inherit;background:var(--rw-bg,light-dark(#fff,#292929));border:1px solid light-dark(#767676,#adadad);border-radius:calc(var(--rw-radius,.5rem)/2)}
[dir=rtl] input{text-align:right;padding:.25rem .625rem .25rem 2rem}
[data-verdict=invalid] input{border-color:var(--bad)}
input:focus-visible{outline:2px solid var(--rw-focus,light-dark(#000,#fff));outline-offset:1px}
input:read-only:enabled{background:transparent;border-style:dashed}
input:disabled{opacity:.6;cursor:not-allowed}
.mark{position:absolute;inset-block:0;inset-inline-end:.5rem;margin-block:auto;inline-size:1.25rem;block-size:1.25rem;fill:none;stroke:var(--tone);stroke-width:2;stroke-linecap:round;stroke-linejoin:round;pointer-events:none}
.verdict{margin:0;min-block-size:1.45em;color:var(--tone);overflow-wrap:anywhere}
.sr{position:absolute;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap;margin:0}
@media (forced-colors:active){.mark{stroke:CanvasText}input:disabled{opacity:1}}
`;

export const numberStyles = sheetOf(CSS);
