// @ts-check
import { SignatureInspectorElement } from "../../elements/inspector/signature-inspector.js";
import { common } from "./common-words.js";

const language = new URLSearchParams(location.search).get("lang") === "ar" ? "ar" : "en";
document.documentElement.lang = language;
document.documentElement.dir = language === "ar" ? "rtl" : "ltr";
const words = common[language];
document.title = words.inspector;
for (const [selector, text] of [["h1", words.inspector], ["#back", words.desktop]]) {
  const element = document.querySelector(selector);
  if (element) element.textContent = text;
}
for (const link of document.querySelectorAll("#languages a")) if (link.getAttribute("hreflang") === language) link.setAttribute("aria-current", "true");
document.querySelector("#back")?.setAttribute("href", `/?lang=${language}`);
SignatureInspectorElement.define();
