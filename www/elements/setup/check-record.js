// @ts-check
/**
 * What the engine says of a record, also where there is more of it than the engine takes: then that is the finding.
 *
 * @import { ChannelCheck, ChannelRecord, Finding, OtherChannel } from "../../../src/wire/types.d.ts"
 * @import { Messages } from "../../i18n/messages.js"
 */
import { checkChannel } from "../../engine/channel.js";
import { ReplyWindowError } from "../../engine/errors.js";

/** @param {Finding["severity"]} severity @param {string} message @returns {Finding} beside the list of numbers */
const tooMuch = (severity, message) => ({ code: "input-too-large", severity, field: "numbers", start: 0, end: 0, marks: [], message });

/**
 * @param {ChannelRecord} record
 * @param {{ others: OtherChannel[], shownUrl: string | undefined }} host
 * @param {Messages} m
 * @returns {ChannelCheck}
 */
export function checkRecord(record, { others, shownUrl }, m) {
  try {
    return checkChannel(record, { others, ...(shownUrl ? { shownUrl } : {}) });
  } catch (error) {
    if (!(error instanceof ReplyWindowError) || error.code !== "input-too-large") throw error;
    if (!error.field.startsWith("others")) return { findings: [tooMuch("error", m.t("check.too-many"))] };
    const { findings, ...more } = checkRecord(record, { others: [], shownUrl }, m);
    return { ...more, findings: [...findings, tooMuch("warning", m.t("check.too-many-others"))] };
  }
}
