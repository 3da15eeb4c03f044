// @ts-check
/** All that the controller needs once there are templates: see `fetch-choosing.js`. */
import { chooser } from "../engine/modules/chooser.js";

export { fillTemplate, readAnswer, templatePrompts } from "../engine/template.js";
export { refreshAvailable } from "./available-templates.js";
export { TemplateSearch } from "./template-search.js";
export { TemplateSends } from "./template-sends.js";
export { unreadOf } from "./unread-template.js";

export const ready = () => chooser.ready();
