import { chromium } from "playwright-core";
import { serve } from "./serve.js";
const out=process.argv[2];
const server = await serve({ "/www/controller/controller.js": "/tests/browser/fake-controller.js" });
const b = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium", args: ["--headless","--no-sandbox","--disable-gpu"] });
for (const [n,o,loc] of [["light",{colorScheme:"light"},"en"],["dark",{colorScheme:"dark"},"en"],["ar",{colorScheme:"light"},"ar-SA"]]) {
  const c = await b.newContext({viewport:{width:760,height:1700},...o}); const page = await c.newPage();
  await page.goto(`${server.url}/tests/browser/page.html`); await page.waitForFunction(()=>globalThis.pageReady);
  await page.evaluate(async (loc)=>{
    const place=document.querySelector("#place"); const kept=[];
    for (const [kind,opt] of [["open",{left:5e6}],["closing",{left:5e5}],["unknown",{}],["closed",{draft:"A kept draft that is here"}]]) {
      await show(kind,opt,{locale:loc}); const e=element; kept.push(e); place.replaceChildren(...kept); 
    }
    await show("closed",{draft:"x"},{locale:loc}); kept.push(element); place.replaceChildren(...kept);
    await new Promise(r=>setTimeout(r,50));
    const s=element.shadowRoot.querySelector("#search"); s.value="track"; s.dispatchEvent(new Event("input")); s.dispatchEvent(new KeyboardEvent("keydown",{key:"Enter",bubbles:true}));
    const v=element.shadowRoot.querySelector("#value-0"); v.value="Amina"; v.dispatchEvent(new Event("input"));
    element.shadowRoot.querySelector("[part=send]").click();
  },loc);
  await page.waitForTimeout(150);
  await page.screenshot({path:`/tmp/slim/shots/${out}-${n}.png`,fullPage:true}); await c.close();
}
await b.close(); server.close();
