// @ts-check
/** All that the controller needs once there are templates, or a text is to wait for the customer: see `fetch-choosing.js`. */
import { chooser } from "../engine/modules/chooser.js";

export { fillTemplate, readAnswer, templatePrompts } from "../engine/template.js";
export { shownTo } from "./audiences.js";
export { refreshAvailable } from "./available-templates.js";
export { GRACE_MS, bringsMore, isDue, queueOf, releaseQueued, untilDueMs } from "./queue.js";
export { TemplateSearch } from "./template-search.js";
export { TemplateSends } from "./template-sends.js";
export { returnTemplate } from "./undelivered.js";
export { unreadOf } from "./unread-template.js";

export const ready = () => chooser.ready();
