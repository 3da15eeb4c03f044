// @ts-check
/**
 * The look: Fluent 2 light and dark, following the color scheme of the host. Logical properties only.
 * Custom properties of the host: --rw-font --rw-radius --rw-gap --rw-bg --rw-fg --rw-muted --rw-border --rw-accent
 * --rw-on-accent --rw-warn-bg --rw-warn-fg --rw-error-bg --rw-error-fg --rw-ok-bg --rw-ok-fg --rw-focus
 */
const CSS = `
:host{display:block;container-type:inline-size;
--font:var(--rw-font,"Segoe UI Variable","Segoe UI",system-ui,sans-serif);
--r:var(--rw-radius,.5rem);--g:var(--rw-gap,.75rem);
--bg:var(--rw-bg,light-dark(#fff,#292929));--fg:var(--rw-fg,light-dark(#242424,#fff));
--muted:var(--rw-muted,light-dark(#616161,#bdbdbd));--line:var(--rw-border,light-dark(#d1d1d1,#525252));
--edge:light-dark(#767676,#adadad);--soft:light-dark(#f5f5f5,#333);
--accent:var(--rw-accent,light-dark(#0f6cbd,#479ef5));--on:var(--rw-on-accent,light-dark(#fff,#0a1e33));
--pick:light-dark(#dcebfa,#0b3a5e);
--warn-bg:var(--rw-warn-bg,light-dark(#fff8e1,#3d2e05));--warn:var(--rw-warn-fg,light-dark(#7a4300,#fcd782));
--bad-bg:var(--rw-error-bg,light-dark(#fdf3f4,#3b1517));--bad:var(--rw-error-fg,light-dark(#a80f1d,#ffb3ba));
--ok-bg:var(--rw-ok-bg,light-dark(#f1faf1,#0e2a0e));--ok:var(--rw-ok-fg,light-dark(#0b5a0b,#9fd89f));
--focus:var(--rw-focus,light-dark(#000,#fff))}
:host([hidden]),[hidden],:host([compact]) :is(.closes,.known){display:none!important}
:host([theme=light]){color-scheme:light}
:host([theme=dark]){color-scheme:dark}
*{box-sizing:border-box}
p,dl,dd,ul{margin:0;padding:0}
button,input,textarea{font:inherit;color:inherit;letter-spacing:inherit;background:var(--bg);border:1px solid var(--edge);border-radius:var(--r)}
:focus-visible{outline:2px solid var(--focus);outline-offset:1px}

.window{--tone:var(--ok);--tint:var(--bg);overflow:hidden;font:400 .875rem/1.45 var(--font);color:var(--fg);background:var(--bg);border:1px solid var(--line);border-radius:var(--r);overflow-wrap:anywhere}
[data-phase=closing]{--tone:var(--warn);--tint:var(--warn-bg)}
[data-phase=closed]{--tone:var(--bad);--tint:var(--bad-bg)}
[data-phase=unknown]{--tone:var(--fg);--tint:var(--soft)}
.sr{position:absolute;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.icon{inline-size:1.25em;block-size:1.25em;flex:none}
.icon,.ring{fill:none;stroke:currentColor;stroke-width:1.5;stroke-linecap:round;stroke-linejoin:round}
[dir=rtl] .flip{transform:scaleX(-1)}
.row,.line,.actions,.field,.foot,.notice,.chips,.head,.meta,.remark,summary,button{display:flex;flex-wrap:wrap;align-items:center;gap:.25rem .5rem}
.row,.notice{justify-content:space-between}
.closes,.meta,.hint,.count,.group,.first,.empty,.remark,.term,.address,.media,dt,summary,.text,.field>.icon,::placeholder,.bubble .foot{color:var(--muted)}
.known,.limits,.chip,.count,.group,.meta,.remark,.hint,.problem,.foot,.media,.address{font-size:.8125rem}
.word,.timer,.quiet,.primary,.group,.name,label,.shape,.bubble .head{font-weight:600}
.timer,.closes,.count,.first,bdi[dir=ltr]{white-space:nowrap}
.chooser,.form,.draft,.sides,.fields,.variable,.problem,.media,.shape,.cards{display:grid;gap:.5rem}
.chooser,.form{padding:var(--g)}
.banner,.limits,.notice,.draft,.fault,.option{padding:.5rem var(--g)}
.panel{border-block-start:1px solid var(--line)}
.notice,.draft,.group,.option{border-block-end:1px solid var(--line)}

.banner{display:grid;grid-template-columns:auto 1fr auto;gap:0 var(--g);background:var(--tint);border-inline-start:.25rem solid var(--tone)}
.banner:focus-visible{outline-offset:-3px}
.badge,.word{color:var(--tone)}
.ring{inline-size:1.5rem;block-size:1.5rem;overflow:visible}
.track{opacity:.3}
.rest{stroke-width:2}
.rest[stroke-dasharray^="0 "]{display:none}
.line{min-block-size:1.5rem}
.timer,.length{font-variant-numeric:tabular-nums}
.why{max-inline-size:65ch}
.actions{align-self:start}
summary{display:inline-flex;cursor:pointer}
.facts div{display:grid;grid-template-columns:minmax(5rem,9rem) 1fr;gap:var(--g)}
.limits{background:var(--warn-bg);color:var(--warn)}

button{justify-content:center;min-block-size:2rem;padding:.125rem .75rem;cursor:pointer;text-align:center}
button:hover,.option:hover{background:var(--soft)}
[aria-pressed=true] .icon{fill:currentColor;color:var(--accent)}
.bare{border-color:#0000;background:none;padding:0 .375rem}
.primary{background:var(--accent);color:var(--on);min-inline-size:9rem}
.primary:hover{background:color-mix(in srgb,var(--accent),#000 12%)}
.primary[aria-disabled]{background:var(--soft);color:var(--muted);cursor:progress}
.chip{min-block-size:1.75rem;padding:0 .5rem;border-color:var(--line);border-radius:2rem}

.notice{background:var(--ok-bg);color:var(--ok)}
.notice button{color:var(--fg)}
.text{max-block-size:4.5em;overflow:auto;white-space:pre-wrap;border-inline-start:2px solid var(--line);padding-inline-start:.5rem}

.field{position:relative;flex-wrap:nowrap}
.field>.icon{position:absolute;inset-inline-start:.5rem;pointer-events:none}
input,textarea{inline-size:100%;min-inline-size:0;min-block-size:2.25rem;padding:.25rem .5rem}
input{padding-inline:2.25rem}
:placeholder-shown{direction:inherit}
::placeholder{opacity:1}
.list{max-block-size:min(20rem,50vh);overflow:auto;border:1px solid var(--line);border-radius:var(--r);scroll-padding-block:2rem}
.group{position:sticky;inset-block-start:0;padding:.125rem var(--g);background:var(--soft)}
.option{cursor:pointer}
.option[aria-selected=true]{background:var(--pick);outline:2px solid var(--accent);outline-offset:-2px}
.option[aria-disabled]{cursor:not-allowed}
.option[aria-disabled] .name{font-weight:400;color:var(--muted)}
.tag{padding:0 .25rem;border:1px solid var(--line);border-radius:var(--r)}
.first{overflow:hidden;text-overflow:ellipsis;text-align:match-parent}
.more{justify-self:center}
.empty{padding:1rem;text-align:center}

.form>.head .row{flex:1}
.sides{align-items:start;gap:var(--g)}
textarea{field-sizing:content;resize:none;max-block-size:9rem}
.bad,.problem,.fault{color:var(--bad)}
[aria-invalid]{border-color:var(--bad)}
.problem{grid-template-columns:auto 1fr;list-style:none}
.problem .chip,.problem li{grid-column:1/-1;justify-self:start}
.problem .chip{color:var(--fg)}
.fault{display:flex;gap:.5rem;background:var(--bad-bg);border:1px solid;border-radius:var(--r)}
.form>.foot{justify-content:end}

.preview{padding:var(--g);background:light-dark(#efeae2,#0b141a);border-radius:var(--r)}
.bubble{max-inline-size:22rem;overflow:hidden;background:var(--bg);border-radius:var(--r);border-start-start-radius:0;box-shadow:0 1px 1px #0003;text-align:start}
.bubble p{display:block;padding:.25rem .5rem;white-space:pre-wrap;unicode-bidi:plaintext;text-align:start}
mark{padding:0 .125rem;border-radius:.25rem;color:inherit;background:var(--pick)}
.missing{color:var(--bad);background:none;border:1px dashed}
.here{outline:2px solid var(--accent)}
.media{justify-items:center;gap:0;padding:1rem;background:var(--soft)}
.media .icon{inline-size:2rem;block-size:2rem}
.bubble .address{white-space:normal;font-weight:400}
.shape{justify-items:center;gap:0;padding:.5rem;border-block-start:1px solid var(--line);color:var(--accent);text-align:center}
.shape .icon{margin-inline-end:.375rem;vertical-align:-.25em}
.cards{grid-template-columns:repeat(auto-fit,minmax(9rem,1fr));padding:.5rem}
.card{border:1px solid var(--line);border-radius:var(--r);overflow:hidden}

.spin{inline-size:1em;block-size:1em;border:2px solid;border-inline-end-color:#0000;border-radius:50%;animation:spin 1s linear infinite}
@keyframes spin{to{rotate:1turn}}
@container (min-width:38rem){.sides:has(.fields:not([hidden])){grid-template-columns:1fr minmax(0,22rem)}}
@container (max-width:26rem){.actions{grid-column:1/-1}.actions button{flex:1}.banner{grid-template-columns:auto 1fr}.primary{inline-size:100%}.facts div{grid-template-columns:1fr;gap:0}.count{display:none}}
@media (prefers-reduced-motion:reduce){.spin{animation:none}}
@media (forced-colors:active){
.track{display:none}
.option[aria-selected=true]{outline:3px solid Highlight}
.option[aria-disabled]{color:GrayText}
.bubble,.media,.primary{border:1px solid}
mark{forced-color-adjust:none;background:Mark;color:MarkText}
.missing{background:Canvas;color:CanvasText}
}
`;

/** @type {CSSStyleSheet | undefined} */
let sheet;

/** One sheet for all elements of a page. */
export function styles() {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(CSS);
  }
  return sheet;
}
