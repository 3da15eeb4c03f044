// A form: is it a telephone number?
import { isValidNumber } from "reply-window";

globalThis.valid = isValidNumber;
