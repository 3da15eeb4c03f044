// @ts-check
import { SignatureInspectorElement } from "../../elements/inspector/signature-inspector.js";

const language = new URLSearchParams(location.search).get("lang") === "ar" ? "ar" : "en";
document.documentElement.lang = language;
document.documentElement.dir = language === "ar" ? "rtl" : "ltr";
if (language === "ar") {
  document.title = "فاحص التوقيع";
  for (const [selector, text] of [["h1", "فاحص التوقيع"], ["#back", "مكتب الموظف"]]) {
    const element = document.querySelector(selector);
    if (element) element.textContent = text;
  }
}
for (const link of document.querySelectorAll("#languages a")) if (link.getAttribute("hreflang") === language) link.setAttribute("aria-current", "true");
document.querySelector("#back")?.setAttribute("href", `/?lang=${language}`);
SignatureInspectorElement.define();
