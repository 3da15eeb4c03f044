// @ts-check
/** Dynamics 365: what the rows of Dataverse say. */
/** @import { DataverseEvidence, DataverseOutbound, DataverseParties, DataverseRow, WindowState } from "../../src/wire/types.d.ts" */
import { assertString, options } from "./check.js";
import { dynamics } from "./modules/dynamics.js";
import { plainList, plainObject } from "./plain.js";

/**
 * What the rows say of a window, to be folded into it.
 *
 * @param {{ transcript?: readonly DataverseRow[], blocks?: readonly DataverseRow[], state?: WindowState, messageTypes?: readonly string[] }} given
 * @returns {DataverseEvidence}
 * @throws {import("./errors.js").ReplyWindowError} a `ReadingErrorCode`, with the path; of the state as `foldEvents`
 * @example
 * controller.record(dataverseEvidence({ transcript, blocks }).events);
 */
export function dataverseEvidence(given) {
  const { transcript = [], blocks = [], state, messageTypes = [] } = options(given, ["transcript", "blocks", "state", "messageTypes"]);
  return dynamics.call("dataverseEvidence", {
    transcript: plainList(transcript, "transcript"), blocks: plainList(blocks, "blocks"), messageTypes: plainList(messageTypes, "messageTypes"),
    ...(state === undefined ? {} : { state: plainObject(state, "state") }),
  });
}

/**
 * Whom a conversation is with, and through which number of ours.
 *
 * @param {{ conversation?: DataverseRow | undefined, contexts?: readonly DataverseRow[], items?: readonly DataverseRow[], business?: string | undefined }} given
 * @returns {DataverseParties}
 * @throws {import("./errors.js").ReplyWindowError} as {@link dataverseEvidence}
 * @example
 * const parties = dataverseParties({ conversation, contexts, items });
 */
export function dataverseParties(given) {
  const { conversation, contexts = [], items = [], business } = options(given, ["conversation", "contexts", "items", "business"]);
  return dynamics.call("dataverseParties", {
    contexts: plainList(contexts, "contexts"), items: plainList(items, "items"),
    ...(conversation === undefined ? {} : { conversation: plainObject(conversation, "conversation") }),
    ...(business === undefined ? {} : { business: assertString(business, "business") }),
  });
}

/**
 * What an organisation can send by its own outbound messages: which configuration sends which template, and the templates whose text is there.
 *
 * @param {{ configurations?: readonly DataverseRow[], messages?: readonly DataverseRow[] }} given rows of `msdyn_ocoutboundconfiguration`
 *   and of `msdyn_ocsystemmessage`
 * @returns {DataverseOutbound}
 * @throws {import("./errors.js").ReplyWindowError} as {@link dataverseEvidence}
 * @example
 * const { configurations, templates } = dataverseOutbound({ configurations: rows, messages });
 */
export function dataverseOutbound(given) {
  const { configurations = [], messages = [] } = options(given, ["configurations", "messages"]);
  return dynamics.call("dataverseOutbound", { configurations: plainList(configurations, "configurations"), messages: plainList(messages, "messages") });
}

/**
 * A GUID as Dataverse compares it.
 *
 * @param {string} text
 * @returns {string | undefined} in lower case, without braces
 * @throws {import("./errors.js").ReplyWindowError} `wrong-type`
 * @example
 * dataverseGuid("{0F8FAD5B-D9CB-469F-A165-70867728950E}");
 */
export function dataverseGuid(text) {
  return dynamics.call("dataverseGuid", { text: assertString(text, "text") }).guid;
}

/**
 * Whether a window was judged by a message that need not be the customer's latest: then it closed at the latest *known* message.
 *
 * @param {{ decidedBy?: { id: string } | undefined }} status
 * @returns {boolean}
 * @example
 * if (status.kind === "closed" && isLowerBound(status)) tell("closed at the latest known message");
 */
export function isLowerBound({ decidedBy }) {
  return decidedBy !== undefined && dynamics.call("dataverseLowerBound", { id: decidedBy.id }).isLowerBound;
}
