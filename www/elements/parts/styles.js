// @ts-check
/**
 * The banner stays in view where there is room for it: by the size that text has now, which a media query does not know.
 *
 * The look: Fluent 2 light and dark, following the color scheme of the host. Logical properties only.
 * Custom properties of the host: --rw-font --rw-radius --rw-gap --rw-bg --rw-fg --rw-muted --rw-border --rw-accent
 * --rw-on-accent --rw-warn-bg --rw-warn-fg --rw-error-bg --rw-error-fg --rw-ok-bg --rw-ok-fg --rw-focus
 */
import { sheetOf } from "./shared-styles.js";

const CSS = `
:host{display:block;text-align:start;container-type:inline-size;
--font:var(--rw-font,"Segoe UI Variable","Segoe UI",system-ui,sans-serif);
--r:var(--rw-radius,.5rem);--g:var(--rw-gap,.75rem);
--bg:var(--rw-bg,light-dark(#fff,#292929));--fg:var(--rw-fg,light-dark(#242424,#fff));
--muted:var(--rw-muted,light-dark(#616161,#bdbdbd));--line:var(--rw-border,light-dark(#d1d1d1,#525252));
--edge:light-dark(#8a8886,#8f8f8f);--soft:light-dark(#f5f5f5,#333);
--accent:var(--rw-accent,light-dark(#0f6cbd,#479ef5));--on:var(--rw-on-accent,light-dark(#fff,#0a1e33));
--warn-bg:var(--rw-warn-bg,light-dark(#fff8e1,#3d2e05));--warn:var(--rw-warn-fg,light-dark(#7a4300,#fcd782));
--bad-bg:var(--rw-error-bg,light-dark(#fdf3f4,#3b1517));--bad:var(--rw-error-fg,light-dark(#a80f1d,#ffb3ba));
--ok-bg:var(--rw-ok-bg,light-dark(#f1faf1,#0e2a0e));--ok:var(--rw-ok-fg,light-dark(#0b5a0b,#9fd89f));
--focus:var(--rw-focus,var(--accent))}
:host([hidden]),[hidden],:host([compact]) :is(.closes,.known,[aria-controls=known]){display:none!important}
:host([theme=light]){color-scheme:light}
:host([theme=dark]){color-scheme:dark}
*{box-sizing:border-box}
p,dl,dd,ul{margin:0;padding:0}
button,input,select,textarea{font:inherit;color:inherit;letter-spacing:inherit;background:var(--bg);border:1px solid var(--line);border-radius:var(--r)}
:focus-visible{outline:2px solid var(--focus);outline-offset:1px}

.window{--tone:var(--ok);--tint:var(--bg);overflow:clip;font:400 .875rem/1.45 var(--font);color:var(--fg);background:var(--bg);border:1px solid var(--line);border-radius:var(--r);overflow-wrap:anywhere}
[data-phase=closing]{--tone:var(--warn);--tint:var(--warn-bg)}
[data-phase=closed]{--tone:var(--bad);--tint:var(--bad-bg)}
[data-phase=unknown]{--tone:var(--fg);--tint:var(--soft)}
.sr{position:absolute;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.icon{inline-size:1.25em;block-size:1.25em;flex:none}
.icon,.ring{fill:none;stroke:currentColor;stroke-width:1.5;stroke-linecap:round;stroke-linejoin:round}
[dir=rtl] .flip{transform:scaleX(-1)}
.line,.actions,.limits,.question,.wait,.chips,button{display:flex;flex-wrap:wrap;align-items:center;gap:.25rem .5rem}
.limits,.question{justify-content:space-between;background:var(--warn-bg);color:var(--warn)}
.good{background:var(--ok-bg);color:var(--ok)}
.closes,.text,.wait,.actions .bare{color:var(--muted)}
.limits{font-size:.8125rem}
.word,.timer,.quiet{font-weight:600}
.timer,.closes,bdi[dir=ltr]{white-space:nowrap}
.limits,.question,.draft{padding:.5rem var(--g)}
.banner{padding:.375rem var(--g)}
.panel,.question{border-block-start:1px solid var(--line)}
.draft{display:grid;gap:.5rem;border-block-end:1px solid var(--line)}

.banner{display:grid;grid-template-columns:auto 1fr auto;align-items:start;gap:0 .625rem;background:var(--tint);border-inline-start:.25rem solid var(--tone)}
:is(.banner,.question):focus-visible{outline-offset:-3px}
.banner{position:sticky;inset-block-start:min(0px,(100vh - 30rem)*999);z-index:2}
.badge,.word,.timer{color:var(--tone)}
.ring{display:block;inline-size:1.25rem;block-size:1.25rem;margin-block:.375rem;overflow:visible}
.track{opacity:.3}
.rest{stroke-width:2}
.rest[stroke-dasharray^="0 "]{display:none}
.line{min-block-size:2rem}
.timer,.length{font-variant-numeric:tabular-nums}
.why{max-inline-size:65ch}
.actions{flex-wrap:nowrap}
.bare{border-color:#0000;background:none;padding:0 .375rem}

button{justify-content:center;min-block-size:2rem;padding:.125rem .75rem;cursor:pointer;text-align:center}
button:hover{background:var(--soft)}

.limits button,.question button{color:var(--fg)}
.text{max-block-size:50vh;overflow:auto;white-space:pre-wrap;border-inline-start:2px solid var(--line);padding-inline-start:.5rem}
.wait{justify-content:center;padding:1rem}
.bad{color:var(--bad)}

.spin{inline-size:1em;block-size:1em;border:2px solid;border-inline-end-color:#0000;border-radius:50%;animation:spin 1s linear infinite}
@keyframes spin{to{rotate:1turn}}
@container (max-width:26rem){.actions:has(.notice:not([hidden])){grid-column:1/-1;justify-content:end}.actions>.quiet{font-size:0;gap:0;padding:0 .5rem}.actions>.quiet .icon{inline-size:1.25rem;block-size:1.25rem}}
@media (prefers-reduced-motion:reduce){.spin{animation:none}}
@media (forced-colors:active){.track{display:none}}
`;

export const styles = sheetOf(CSS);
