// A form: what number is it, and how is it written?
import { parseNumber } from "reply-window";

globalThis.read = (text, defaultRegion) => parseNumber(text, { defaultRegion, formats: ["international"] });
