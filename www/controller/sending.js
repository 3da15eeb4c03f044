// @ts-check
/** Sending a template: judged again at that instant, reported to the conversation for which it was started. */
/** @import { Draft, Template, Verdict } from "../../src/wire/types.d.ts" */
/** @import { OutgoingTemplate, Receipt } from "./port.js" */
/** @import { Room } from "./conversations.js" */
import { ReplyWindowError } from "../engine/errors.js";
import { outgoing } from "./template-list.js";
import { learn } from "./refusal.js";
import { complain, providerCodeOf, troubleOf } from "./error-info.js";

/**
 * What sending needs of the controller.
 *
 * @typedef {object} Sender
 * @property {() => number} now
 * @property {(draft: Draft) => Verdict} judge of the room, at this instant
 * @property {(message: OutgoingTemplate) => Promise<Receipt> | Receipt} send
 * @property {(receipt: Receipt, handedOverAtMs: number) => void} sent
 * @property {(atMs: number) => void} closed the provider said that the window is closed
 * @property {() => void} changed
 */

/**
 * @param {Room} room
 * @param {Template} template
 * @param {Readonly<Record<string, string>>} values
 * @param {Sender} sender
 * @returns {Promise<Receipt>}
 * @throws {ReplyWindowError} `send-in-progress`, `template-not-allowed`, `template-not-sendable`,
 *   `template-incomplete`, `send-refused` (by the provider, with a code), `send-failed`
 */
export async function sendTemplate(room, template, values, sender) {
  if (room.sending) throw new ReplyWindowError("send-in-progress", "a template is being sent already");
  room.error = undefined;
  room.notice = undefined;
  try {
    const message = judged(room, template, values, sender);
    room.sending = true;
    sender.changed();
    const handedOverAtMs = sender.now();
    const receipt = await sender.send(message);
    accepted(receipt, handedOverAtMs, sender);
    return receipt;
  } catch (error) {
    throw failed(room, template, error, sender);
  } finally {
    room.sending = false;
    sender.changed();
  }
}

/**
 * @param {Room} room
 * @param {Template} template
 * @param {Readonly<Record<string, string>>} values
 * @param {Sender} sender
 */
function judged(room, template, values, sender) {
  const { kind, reason } = sender.judge({ kind: "template" });
  if (kind !== "allowed" && kind !== "paid") {
    throw new ReplyWindowError("template-not-allowed", `a template may not be sent now: ${reason}`);
  }
  return outgoing(room, template, values, sender.now());
}

/**
 * The message is on its way: whatever fails from here on must not look as if it were not.
 *
 * @param {Receipt} receipt
 * @param {number} handedOverAtMs
 * @param {Sender} sender
 */
function accepted(receipt, handedOverAtMs, sender) {
  try {
    sender.sent(receipt, handedOverAtMs);
  } catch (error) {
    complain(error);
  }
}

/**
 * @param {Room} room
 * @param {Template} template
 * @param {unknown} error
 * @param {Sender} sender
 */
function failed(room, template, error, sender) {
  const code = providerCodeOf(error);
  const atMs = sender.now();
  if (code !== undefined && learn(room, { code, templateId: template.id, atMs })) sender.closed(atMs);
  room.error = troubleOf(error, code === undefined ? "send-failed" : "send-refused");
  if (error instanceof ReplyWindowError) return error;
  return new ReplyWindowError(room.error.code, room.error.message, { cause: error });
}
