// @ts-check
import { PALETTE, sheetOf } from "../parts/shared-styles.js";

/** The look of the set-up form: the colours and custom properties of `<reply-window>`. Logical properties only. */
const CSS = `${PALETTE}p,ul,ol{margin:0;padding:0}
ul,ol{list-style:none}
button,input{font:inherit;color:inherit}
:focus-visible{outline:2px solid var(--focus);outline-offset:1px}
.sr{position:absolute;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%)}
.setup{display:grid;text-align:start;gap:1.25rem;font:400 .875rem/1.45 var(--font);color:var(--fg);overflow-wrap:anywhere}
fieldset{min-inline-size:0;margin:0;padding:1rem;border:1px solid var(--line);border-radius:var(--r);background:var(--bg);display:grid;gap:1rem}
legend{float:inline-start;inline-size:100%;padding:0;font-weight:600;font-size:1rem}
legend+*{clear:both}
.number{gap:.75rem;background:var(--soft)}
.number legend{font-size:.875rem}
.numbers,.templates{display:grid;gap:1rem}
.numbers:empty{display:none}
.pair{display:grid;gap:.75rem 1rem;align-items:start}
.template{display:grid;gap:.5rem 1rem;align-items:start;padding-block-start:.75rem;border-block-start:1px solid var(--line)}
.item{display:grid;gap:.25rem;min-inline-size:0}
label{font-weight:600}
.hint,.none{color:var(--muted);font-size:.8125rem}
.none{padding:.75rem;border:1px dashed var(--edge);border-radius:calc(var(--r)/2);text-align:center}
.beside{display:flex;flex-wrap:wrap;gap:.5rem}
input{flex:1 1 12rem;min-inline-size:0;inline-size:100%;min-block-size:2.25rem;padding:.3125rem .625rem;background:var(--bg);border:1px solid var(--edge);border-radius:calc(var(--r)/2)}
input:focus-visible{outline:2px solid var(--accent);outline-offset:-1px}
[dir=rtl] input{text-align:right}
input[aria-invalid]{border-color:var(--bad);border-inline-start-width:.25rem}
button{display:inline-flex;align-items:center;justify-content:center;min-block-size:2.25rem;padding:.1875rem .875rem;border:1px solid var(--edge);border-radius:calc(var(--r)/2);background:var(--bg);cursor:pointer;justify-self:start}
button:hover{background:var(--soft)}
.primary{background:var(--accent);color:var(--on);border-color:#0000;font-weight:600}
.primary:hover{background:color-mix(in srgb,var(--accent),#000 12%)}
.buttons{display:flex;flex-wrap:wrap;gap:.5rem;align-items:center}
.buttons .gap{flex:1}
.findings{display:grid;gap:.375rem;margin-block-start:.125rem}
.findings li{--tone:var(--bad);padding-inline-start:.625rem;border-inline-start:.1875rem solid var(--tone);font-size:.8125rem}
[data-severity=warning]{--tone:var(--warn)!important}
[data-severity=note]{--tone:var(--muted)!important}
.severity{color:var(--tone);font-weight:600}
.severity:after{content:":"}
.echo{display:block;margin-block-start:.125rem;font:.8125rem/1.5 ui-monospace,"Cascadia Mono","Noto Sans Mono",monospace;color:var(--muted)}
[dir=rtl] .echo{text-align:right}
mark{padding-inline:.125rem;border-radius:.1875rem;color:var(--tone);background:color-mix(in srgb,var(--tone) 14%,#0000);text-decoration:underline wavy 1px}
mark.gap{text-decoration:none;border:1px dashed}
.char{display:inline-block;margin-inline:.125rem;padding-inline:.25rem;border:1px solid;border-radius:.1875rem;font:.6875rem/1.3 var(--font);text-decoration:none}
.findings .chip{display:flex}
.chip{min-block-size:1.75rem;padding:.125rem .75rem;border-radius:.875rem;font-size:.8125rem;margin-block-start:.25rem;max-inline-size:100%;text-align:start}
.signed{font-size:.8125rem;color:var(--muted)}
.status{min-block-size:1.45em;color:var(--muted)}
.validation{display:grid;gap:.75rem;padding:1rem;border:1px solid var(--line);border-radius:var(--r);background:var(--bg)}
.heading{font-size:1rem;font-weight:600}
.steps{display:grid;gap:.5rem}
.steps li{--tone:var(--muted);display:grid;grid-template-columns:1.5rem 1fr;gap:0 .5rem}
.steps .sign{color:var(--tone);font-weight:700;text-align:center}
.steps strong{color:var(--tone)}
.steps .why{grid-column:2;color:var(--muted)}
[data-outcome=ok],[data-outcome=passed]{--tone:var(--ok)!important}
[data-outcome=wrong],[data-outcome=failed]{--tone:var(--bad)!important}
[data-outcome=not-allowed],[data-outcome=not-reachable],[data-outcome=incomplete],[data-outcome=unavailable]{--tone:var(--warn)!important}
.verdict{font-weight:600;color:var(--tone)}
@container (min-width:34rem){.pair{grid-template-columns:1fr 1fr}.template{grid-template-columns:minmax(0,3fr) minmax(0,2fr) auto}.template>.side{margin-block-start:1.4375rem}}
@media (forced-colors:active){mark{forced-color-adjust:none;background:Mark;color:MarkText}.primary{border:1px solid}}
`;

export const styles = sheetOf(CSS);
