// @ts-check
import { PALETTE, sheetOf } from "../parts/shared-styles.js";

/** The look of the inspector: the colours and custom properties of `<reply-window>`. Logical properties only. */
const CSS = `${PALETTE}:host{color-scheme:light dark;text-align:start}
.inspector{display:grid;gap:1rem;padding:1rem;font:400 .875rem/1.45 var(--font);color:var(--fg);background:var(--bg);border:1px solid var(--line);border-radius:var(--r);overflow-wrap:anywhere}
h2,h3,h4,p,ul,dl,dd{margin:0;padding:0}
h2{font-size:1.25rem;font-weight:600}
h3,h4{font-size:.875rem;font-weight:600}
.muted,.hint,dt{color:var(--muted)}
.fields{display:grid;gap:.75rem}
.field{display:grid;align-content:start;gap:.25rem;min-inline-size:0}
label{font-weight:600}
.hint{font-size:.8125rem}
input,textarea,button{font:inherit;color:inherit}
input,textarea{inline-size:100%;padding:.4375rem .625rem;background:var(--bg);border:1px solid var(--edge);border-radius:.25rem;text-align:left;font-family:ui-monospace,"Cascadia Mono",Consolas,monospace;font-size:.8125rem}
textarea{min-block-size:5.5rem;resize:vertical}
.secret{display:grid;grid-template-columns:1fr auto;gap:.375rem}
button{padding:.375rem .875rem;background:var(--bg);border:1px solid var(--edge);border-radius:.25rem;font-weight:600;cursor:pointer}
button.main{color:var(--on);background:var(--accent);border-color:var(--accent)}
.actions{display:flex;flex-wrap:wrap;gap:.5rem}
:focus-visible{outline:2px solid var(--focus);outline-offset:2px}
.verdict{display:grid;gap:.75rem;padding:.75rem 1rem;border-inline-start:.25rem solid var(--tone);background:var(--tint);border-radius:.25rem}
.verdict h3{color:var(--tone);font-size:1rem}
.good{--tone:var(--ok);--tint:var(--ok-bg)}
.bad,.wrong{--tone:var(--bad);--tint:var(--bad-bg)}
ul{display:grid;gap:.375rem;padding-inline-start:1.25rem}
dl{display:grid;gap:.125rem .75rem}
dd{margin-block-end:.375rem}
.scroll{overflow:auto;max-block-size:20rem}
table{inline-size:100%;border-collapse:collapse;font-size:.8125rem}
th,td{padding:.25rem .5rem .25rem 0;text-align:start;vertical-align:top;border-block-end:1px solid var(--line)}
th{color:var(--muted);font-weight:600}
@container (min-width:44rem){.fields{grid-template-columns:1fr 1fr}.wide{grid-column:1/-1}}
@media (forced-colors:active){.verdict{border:1px solid}}
`;

export const styles = sheetOf(CSS);
