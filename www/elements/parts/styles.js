// @ts-check
/**
 * The look: Fluent 2 light and dark, following the color scheme of the host. Logical properties only.
 * Custom properties of the host: --rw-font --rw-radius --rw-gap --rw-bg --rw-fg --rw-muted --rw-border --rw-accent
 * --rw-on-accent --rw-warn-bg --rw-warn-fg --rw-error-bg --rw-error-fg --rw-ok-bg --rw-ok-fg --rw-focus
 */
const CSS = `
:host{display:block;container-type:inline-size;
--font:var(--rw-font,"Segoe UI Variable","Segoe UI",system-ui,-apple-system,"Noto Sans","Noto Sans Arabic",sans-serif);
--r:var(--rw-radius,.5rem);--g:var(--rw-gap,.75rem);
--bg:var(--rw-bg,light-dark(#fff,#292929));--fg:var(--rw-fg,light-dark(#242424,#fff));
--muted:var(--rw-muted,light-dark(#616161,#bdbdbd));--line:var(--rw-border,light-dark(#d1d1d1,#525252));
--edge:light-dark(#767676,#adadad);--soft:light-dark(#f5f5f5,#333);
--accent:var(--rw-accent,light-dark(#0f6cbd,#479ef5));--on:var(--rw-on-accent,light-dark(#fff,#0a1e33));
--pick:light-dark(#ebf3fc,#082338);
--warn-bg:var(--rw-warn-bg,light-dark(#fff8e1,#3d2e05));--warn:var(--rw-warn-fg,light-dark(#7a4300,#fcd782));
--bad-bg:var(--rw-error-bg,light-dark(#fdf3f4,#3b1517));--bad:var(--rw-error-fg,light-dark(#a80f1d,#ffb3ba));
--ok-bg:var(--rw-ok-bg,light-dark(#f1faf1,#0e2a0e));--ok:var(--rw-ok-fg,light-dark(#0b5a0b,#9fd89f));
--focus:var(--rw-focus,light-dark(#000,#fff))}
:host([hidden]),[hidden]{display:none!important}
:host([theme=light]){color-scheme:light}
:host([theme=dark]){color-scheme:dark}
*,:before,:after{box-sizing:border-box}
p,dl,dd,ul{margin:0;padding:0}
button,input,textarea{font:inherit;color:inherit;letter-spacing:inherit}
.window{--tone:var(--ok);--tint:var(--bg);overflow:hidden;font:400 .875rem/1.45 var(--font);color:var(--fg);background:var(--bg);border:1px solid var(--line);border-radius:var(--r);overflow-wrap:anywhere}
[data-phase=closing]{--tone:var(--warn);--tint:var(--warn-bg)}
[data-phase=closed]{--tone:var(--bad);--tint:var(--bad-bg)}
[data-phase=unknown]{--tone:light-dark(#424242,#d6d6d6);--tint:var(--soft)}
.sr{position:absolute;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.icon{inline-size:1.25em;block-size:1.25em;flex:none}
.icon,.ring{fill:none;stroke:currentColor;stroke-width:1.5;stroke-linecap:round;stroke-linejoin:round}
[dir=rtl] .flip{transform:scaleX(-1)}
:focus-visible{outline:2px solid var(--focus);outline-offset:1px}
.actions{align-self:start}
.row,.line,.actions,.field,.foot,.notice,.chips{display:flex;flex-wrap:wrap;align-items:center;gap:.25rem .5rem}
.row{justify-content:space-between}
.muted,.closes,.meta,.hint,.count,.group,.first,.empty,dt{color:var(--muted)}

.banner{display:grid;grid-template-columns:auto 1fr auto;gap:.125rem var(--g);padding:.625rem var(--g);background:var(--tint);border-inline-start:.25rem solid var(--tone)}
.banner:focus-visible{outline-offset:-3px}
.badge{display:block;color:var(--tone);block-size:1.5rem}
.ring{inline-size:1.5rem;block-size:1.5rem;overflow:visible}
.ring .track{opacity:.3}
.ring .rest{stroke-width:2}
.ring .rest[stroke-dasharray^="0 "]{display:none}
.line{gap:0 .75rem;min-block-size:1.5rem}
.word{color:var(--tone);font-weight:600}
.timer{font-weight:600;font-variant-numeric:tabular-nums;white-space:nowrap}
.closes{white-space:nowrap}
.why{margin-block-start:.125rem;max-inline-size:65ch}
.known{font-size:.8125rem;margin-block-start:.125rem}
summary{display:inline-flex;align-items:center;gap:.25rem;color:var(--muted);cursor:pointer;border-radius:.25rem;list-style:none}
summary:hover{color:var(--fg)}
.facts{margin-block:.25rem;display:grid;gap:.125rem}
.facts div{display:grid;grid-template-columns:minmax(5rem,9rem) 1fr;gap:.75rem}
bdi[dir=ltr]{white-space:nowrap}
.limits{padding:.5rem var(--g);background:var(--warn-bg);color:var(--warn);font-size:.8125rem}

button{display:inline-flex;align-items:center;justify-content:center;gap:.375rem;min-block-size:2rem;padding:.1875rem .75rem;border:1px solid var(--edge);border-radius:calc(var(--r)/2);background:var(--bg);cursor:pointer;text-align:center}
button:hover{background:var(--soft)}
.quiet{font-weight:600}
.bare{border-color:#0000;background:none;padding:.1875rem;min-inline-size:2rem}
.primary{background:var(--accent);color:var(--on);border-color:#0000;font-weight:600;min-inline-size:9rem}
.primary:hover{background:color-mix(in srgb,var(--accent),#000 12%)}
[aria-disabled=true].primary{background:var(--soft);color:var(--muted);cursor:progress}
.chip{min-block-size:1.75rem;padding:0 .625rem;border-color:var(--line);border-radius:2rem;font-size:.8125rem;max-inline-size:100%}
.term{color:var(--muted)}

.panel{border-block-start:1px solid var(--line)}
.notice{justify-content:space-between;padding:.5rem var(--g);background:var(--ok-bg);color:var(--ok);border-block-end:1px solid var(--line)}
.draft{padding:.5rem var(--g) .625rem;border-block-end:1px solid var(--line)}
.draft .row{flex-wrap:nowrap}
.draft .text{max-block-size:4.5em;overflow:auto;white-space:pre-wrap;border-inline-start:2px solid var(--line);padding-inline-start:.625rem;color:var(--muted)}

.chooser{display:grid;gap:.5rem;padding:var(--g)}
.field{position:relative;flex-wrap:nowrap}
.field>.icon{position:absolute;inset-inline-start:.625rem;color:var(--muted);pointer-events:none}
input,textarea{inline-size:100%;min-inline-size:0;padding:.3125rem .625rem;background:var(--bg);border:1px solid var(--edge);border-radius:calc(var(--r)/2)}
input{padding-inline-start:2.25rem;min-block-size:2.25rem}
::placeholder{color:var(--muted);opacity:1}
input:focus-visible,textarea:focus-visible{outline:2px solid var(--accent);outline-offset:-1px}
.count{white-space:nowrap;font-size:.8125rem}
.list{max-block-size:min(20rem,50vh);overflow:auto;border:1px solid var(--line);border-radius:calc(var(--r)/2);scroll-padding-block:2rem}
.group{position:sticky;inset-block-start:0;padding:.25rem .75rem;font-size:.75rem;font-weight:600;background:var(--soft);border-block-end:1px solid var(--line)}
.option{padding:.5rem .75rem;cursor:pointer;border-block-end:1px solid var(--line)}
.option:hover{background:var(--soft)}
.option[aria-selected=true]{background:var(--pick);outline:2px solid var(--accent);outline-offset:-2px}
.option[aria-disabled]{cursor:not-allowed}
.option[aria-disabled] .name{font-weight:400;color:var(--muted)}
.name{font-weight:600}
.meta{display:inline-flex;flex-wrap:wrap;align-items:center;gap:.5rem;font-size:.8125rem}
.tag{padding:0 .375rem;border:1px solid var(--line);border-radius:.25rem;font-size:.75rem}
.first{white-space:nowrap;overflow:hidden;text-overflow:ellipsis;text-align:match-parent}
.remark{display:flex;gap:.375rem;margin-block-start:.125rem;font-size:.8125rem;color:var(--muted)}
.bad{color:var(--bad)}
.more{justify-self:center}
.empty{padding:1rem;text-align:center}

.form{display:grid;gap:var(--g);padding:var(--g)}
.form>.head{display:flex;gap:.5rem}
.form>.head .row{flex:1}
.sides{display:grid;gap:var(--g);align-items:start}
.fields{display:grid;gap:var(--g)}
.variable{display:grid;gap:.25rem}
label{font-weight:600}
.hint{font-size:.8125rem}
textarea{field-sizing:content;resize:none;min-block-size:2.25rem;max-block-size:9rem}
textarea[aria-invalid]{border-color:var(--bad)}
.problem{display:grid;grid-template-columns:auto 1fr;align-items:center;gap:.25rem .375rem;color:var(--bad);font-size:.8125rem;list-style:none}
.problem .icon{align-self:start}
.problem .chip,.problem li{grid-column:1/-1;justify-self:start}
.problem .chip{color:var(--fg)}
.fault{display:flex;gap:.5rem;padding:.5rem .75rem;color:var(--bad);background:var(--bad-bg);border:1px solid;border-radius:calc(var(--r)/2)}
.form>.foot{justify-content:flex-end}

.preview{padding:.875rem;background:light-dark(#efeae2,#0b141a);border-radius:calc(var(--r)/2)}
.bubble{max-inline-size:22rem;overflow:hidden;color:light-dark(#111b21,#e9edef);background:light-dark(#fff,#202c33);border-radius:.625rem;border-start-start-radius:0;box-shadow:0 1px 1px #0003;text-align:start}
.bubble p{padding-inline:.625rem;white-space:pre-wrap;unicode-bidi:plaintext;text-align:start}
.bubble p:first-child{padding-block-start:.5rem}
.bubble p:last-of-type{padding-block-end:.5rem}
.bubble .head{font-weight:600}
.bubble .foot{font-size:.8125rem;color:light-dark(#5b6970,#9aa7ae)}
mark{padding:0 .125rem;border-radius:.1875rem;color:inherit;background:light-dark(#d7ecff,#0d4a75)}
mark.missing{color:light-dark(#8a0f1b,#ffb3ba);background:none;border:1px dashed;padding:0 .375rem}
mark.here{outline:2px solid light-dark(#0f6cbd,#7ab8f5)}
.media{display:grid;justify-items:center;gap:.125rem;padding:1.25rem .75rem;margin:.25rem;border-radius:.5rem;color:light-dark(#54656f,#aebac1);background:light-dark(#f0f2f5,#111b21);font-size:.8125rem}
.media .icon{inline-size:2rem;block-size:2rem}
.address{font-size:.75rem;white-space:normal!important;color:light-dark(#54656f,#aebac1)}
.shape{display:grid;justify-items:center;padding:.5rem;border-block-start:1px solid light-dark(#e9edef,#37474f);color:light-dark(#00608f,#53bdeb);font-weight:500;text-align:center}
.shape>span{display:inline-flex;align-items:center;gap:.375rem}
.cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(9rem,1fr));gap:.5rem;padding:.5rem}
.card{border:1px solid light-dark(#e9edef,#37474f);border-radius:.5rem;overflow:hidden}

.spin{inline-size:1em;block-size:1em;border:2px solid;border-inline-end-color:#0000;border-radius:50%;animation:spin 1s linear infinite}
@keyframes spin{to{transform:rotate(1turn)}}
@container (min-width:38rem){.sides:has(.fields:not([hidden])){grid-template-columns:1fr minmax(0,22rem)}}
@container (max-width:26rem){.actions{grid-column:1/-1}.actions button{flex:1;margin-block-start:.375rem}.banner{grid-template-columns:auto 1fr}.primary{inline-size:100%}.facts div{grid-template-columns:1fr;gap:0}.count{display:none}}
:host([compact]) :is(.closes,.known){display:none}
:host([compact]) .banner{padding-block:.25rem}
@media (prefers-reduced-motion:reduce){.spin{animation:none}}
@media (forced-colors:active){
.ring .track{display:none}
.option[aria-selected=true]{outline:3px solid Highlight}
.option[aria-disabled]{color:GrayText}
.bubble,.media,.primary{border:1px solid}
mark{forced-color-adjust:none;background:Mark;color:MarkText}
mark.missing{background:Canvas;color:CanvasText}
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
