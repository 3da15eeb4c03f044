// @ts-check
/** All that the controller needs once there are templates: see `fetch-choosing.js`. */
import { chooser } from "../engine/modules/chooser.js";

export { fillTemplate, readAnswer, templatePrompts } from "../engine/template.js";
export { outgoing, refreshAvailable } from "./available-templates.js";
export { TemplateSearch } from "./template-search.js";

export const ready = () => chooser.ready();
