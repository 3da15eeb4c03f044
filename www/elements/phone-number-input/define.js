// @ts-check
import { PhoneNumberInputElement } from "./phone-number-input.js";

export { PhoneNumberInputElement };

PhoneNumberInputElement.define();
