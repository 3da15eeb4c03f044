// @ts-check
/** The look of the chooser and the form; it stands on that of the element (`styles.js`). */
import { sheetOf } from "./shared-styles.js";

const CSS = `
:host{--pick:light-dark(#dcebfa,#0b3a5e);}
kbd{font:400 .75rem var(--font);color:var(--muted);border:1px solid var(--line);border-radius:.25rem;padding:0 .25rem}
.row,.field,.foot,.head,.meta,.remark,.ends{display:flex;flex-wrap:wrap;align-items:center;gap:.25rem .5rem}
.meta,.hint,.count,.group,.first,.remark,.term,.address,.media,.empty,.field>.icon,::placeholder,.bubble .foot,.clock,.option .name,.titles .name{color:var(--muted)}
.chip,.count,.group,.meta,.remark,.hint,.problem,.foot,.media,.address{font-size:.8125rem}
.primary,.group,.title,label,.shape,.bubble .head{font-weight:600}
.option .name,.titles .name{font-size:.75rem}
.count,.first{white-space:nowrap}
.chooser,.results,.form,.sides,.fields,.variable,.problem,.media,.shape,.cards{display:grid;gap:.5rem}
.chooser,.form{padding:var(--g)}
.fault,.option{padding:.5rem var(--g)}
.row{justify-content:space-between}
.text:not(.whole){max-block-size:calc(3lh + .25em);overflow:hidden}
.cut{mask-image:linear-gradient(#000 60%,#0003)}
.group,.option{border-block-end:1px solid var(--line)}

[aria-pressed=true] .icon{fill:currentColor;color:var(--accent)}
.primary{background:var(--accent);color:var(--on);min-inline-size:9rem}
.primary:hover{background:color-mix(in srgb,var(--accent),#000 12%)}
.primary[aria-disabled]{background:var(--soft);color:var(--muted);cursor:progress}
.results{align-content:start}
.chooser,.results{grid-template-columns:minmax(0,1fr)}
.chip{min-block-size:1.75rem;padding:0 .5rem;border-radius:2rem}

.field{position:relative;flex-wrap:nowrap}
.field>.icon{position:absolute;inset-inline-start:.5rem;pointer-events:none}
input,textarea{inline-size:100%;min-inline-size:0;min-block-size:2.25rem;padding:.25rem .5rem}
input{padding-inline:2.25rem}
select{max-inline-size:11rem;min-block-size:2.25rem;padding:.25rem}
input,textarea,select{border-block-end-color:var(--edge)}
input:focus-visible,textarea:focus-visible{outline:1px solid var(--focus);outline-offset:-1px;border-color:var(--focus)}
:placeholder-shown{direction:inherit;unicode-bidi:isolate}
::placeholder{opacity:1}
.list{max-block-size:min(20rem,50vh);overflow:auto;border:1px solid var(--line);border-radius:var(--r);scroll-padding-block:2rem}
.group{position:sticky;inset-block-start:0;padding:.125rem var(--g);background:var(--soft)}
.option:hover{background:var(--soft)}
.option{cursor:pointer}
.option[aria-selected=true]{background:var(--pick);outline:2px solid var(--accent);outline-offset:-2px}
.option[aria-disabled]{cursor:not-allowed}
.option[aria-disabled] .title{font-weight:400;color:var(--muted)}
.tag{border:1px solid var(--line);border-radius:var(--r);padding:0 .25rem}
.first{overflow:hidden;text-overflow:ellipsis;text-align:left}
[dir=rtl] .first{text-align:right}
.remark{flex-wrap:nowrap;align-items:start}
.more{justify-self:center}
.empty{padding:1rem;text-align:center}

.titles{flex:1;display:flex;flex-wrap:wrap;gap:0 .5rem;justify-content:space-between;align-items:baseline}
.sides{align-items:start;gap:var(--g)}
.variable *{scroll-margin-block:max(2.5rem,min(5rem,(100vh - 30rem)*999)) 3.5rem}
textarea{field-sizing:content;resize:none;max-block-size:9rem}
.problem,.fault{color:var(--bad)}
[aria-invalid]{border-color:var(--bad)}
.problem{grid-template-columns:auto 1fr;list-style:none}
.problem .chip,.problem li{grid-column:1/-1;justify-self:start}
.problem .chip{color:var(--fg)}
.fault{display:flex;gap:.5rem;background:var(--bad-bg);border:1px solid;border-radius:var(--r)}
.form>.foot{justify-content:end}
.form>.foot{position:sticky;inset-block-end:min(0px,(100vh - 24rem)*999);margin:0 calc(var(--g)*-1) calc(var(--g)*-1);padding:.5rem var(--g);background:var(--bg);border-block-start:1px solid var(--line);z-index:1}

.preview{padding:var(--g);background:light-dark(#efeae2,#0b141a);border-radius:var(--r)}
.bubble{position:relative;max-inline-size:22rem;margin-inline-start:.5rem;background:var(--bg);border-radius:var(--r);border-start-start-radius:0;box-shadow:0 1px 1px #0003;text-align:start}
.bubble::before{content:"";position:absolute;inset-block-start:0;inset-inline-end:100%;border:.25rem solid #0000;border-block-start-color:var(--bg);border-inline-end-color:var(--bg)}
.ends{flex-wrap:nowrap;justify-content:space-between;align-items:end;padding:0 .5rem .25rem}
.bubble .ends .foot{padding:0}
.clock{margin-inline-start:auto;font-size:.6875rem}
.bubble p{display:block;padding:.25rem .5rem;white-space:pre-wrap;unicode-bidi:plaintext}
.bubble[dir=ltr] .flip{transform:none}
mark{padding:0 .125rem;border-radius:.25rem;color:inherit;background:var(--pick)}
.missing{padding:0 .875rem;white-space:nowrap;color:var(--bad);background:none;border:1px dashed}
.named{display:inline-block;max-inline-size:100%;padding:0 .25rem;overflow:hidden;text-overflow:ellipsis;vertical-align:bottom}
.here{outline:2px solid var(--accent);outline-offset:-2px}
.media{justify-items:center;gap:0;padding:1rem;background:var(--soft)}
.media .icon{inline-size:2rem;block-size:2rem}
.bubble .address{white-space:normal;font-weight:400}
.shape{justify-items:center;gap:0;padding:.5rem;border-block-start:1px solid var(--line);color:var(--accent);text-align:center}
.shape .icon{margin-inline-end:.375rem;vertical-align:-.25em}
.cards{grid-template-columns:repeat(auto-fit,minmax(9rem,1fr));padding:.5rem}
.card{border:1px solid var(--line);border-radius:var(--r);overflow:hidden}

:host([fitted]) .window{display:flex;flex-direction:column;max-block-size:var(--rw-room,none)}
:host([fitted]) .panel{min-block-size:0;overflow:auto}
:host([fitted]) .list{max-block-size:none;overflow:visible;overflow-x:clip}
:host([fitted]) .form{grid-template-columns:minmax(0,1fr)}
:host([fitted]) .chooser>.field{position:sticky;inset-block-start:0;z-index:2;background:var(--bg)}
:host([fitted]) .group{position:static}
:host([fitted]) .form>.foot{position:sticky;inset-block-end:0;margin:0 calc(var(--g)*-1) calc(var(--g)*-1);padding:.5rem var(--g);background:var(--bg);border-block-start:1px solid var(--line);z-index:1}
:host([fitted]) .window:has(.panel:not([hidden])) :is(.why,.closes){display:none}
:host([fitted]) .panel:has(.form:not([hidden])){scroll-padding-block-end:3.5rem}
:host([fitted]) .panel:has(.form:not([hidden])) .draft .ways{display:none}
:host([fitted]) .panel:has(.form:not([hidden])) .draft .text:not(.whole){max-block-size:1lh}
@container (min-width:38rem){.sides:has(.fields:not([hidden])){grid-template-columns:1fr minmax(0,22rem)}}
@container (max-width:26rem){.chooser>.field{display:grid;grid-template-columns:1fr auto;column-gap:0}.chooser>.field>.icon{grid-area:1/1/2/2;align-self:center}select{grid-area:2/1/auto/-1;max-inline-size:none}.primary{inline-size:100%}.count,.window:has(.form:not([hidden])) .why{display:none}}
@media (forced-colors:active){
.option[aria-selected=true]{outline:3px solid Highlight}
.option[aria-disabled]{color:GrayText}
.bubble,.media,.primary{border:1px solid}
mark{forced-color-adjust:none;background:Mark;color:MarkText}
.missing{background:Canvas;color:CanvasText}
}
`;

export const panelStyles = sheetOf(CSS);
