import { PhoneNumberInputElement } from "/www/elements/phone-number-input/phone-number-input.js";

/** Puts a field on the page. */
globalThis.show = (attributes = {}, properties = {}) => {
  const element = document.createElement("phone-number-input");
  // Before it is defined, the first time: frameworks do that.
  Object.assign(element, properties);
  for (const [name, value] of Object.entries({ locale: "en", label: "Phone", name: "phone", ...attributes })) element.setAttribute(name, value);
  globalThis.events = [];
  for (const type of ["input", "change"]) element.addEventListener(type, () => globalThis.events.push(type));
  document.querySelector("#place").replaceChildren(element);
  PhoneNumberInputElement.define();
  Object.assign(globalThis, { element, root: element.shadowRoot, field: element.shadowRoot.querySelector("input") });
};
document.querySelector("#form").addEventListener("submit", (event) => {
  event.preventDefault();
  globalThis.submitted = Object.fromEntries(new FormData(event.target));
});
globalThis.pageReady = true;
