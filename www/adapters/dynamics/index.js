// @ts-check
/**
 * Dynamics 365 (Customer Service, Contact Center): the conversation control's box, Dynamics' own objects, and Dataverse. See
 * `www/dynamics/` for the script that joins them to the reply window.
 *
 * @module
 */
export { DynamicsComposer } from "./composer.js";
export { OutboundConfigurations } from "./configurations.js";
export { Dataverse, DataverseError } from "./dataverse.js";
export { inTime } from "./in-time.js";
export { focusedConversation, guardSends, onSessions } from "./omnichannel.js";
export { DynamicsOutbound } from "./outbound.js";
export { Reader } from "./reader.js";
export { onReleased, take, workspaceOf } from "./workspace.js";
