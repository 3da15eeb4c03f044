/** Dynamics 365: what the rows of Dataverse say of a window. Rows are as Dataverse answers them; what they hold besides is passed over. */
import type { Template } from "./template.d.ts";
import type { Identity, RecordLog, WindowRecord, WindowState } from "./session.d.ts";

/** A row with its columns. */
export type DataverseRow = Record<string, unknown>;

/**
 * Why a row does not count: it has no id, no time, or a time without a zone; a better source tells of the same message; the
 * transcript has a message of the customer at the time of a block or later; the transcript contradicts a block.
 */
export type IgnoredRowCode = "row-without-id" | "row-without-time" | "time-without-zone" | "better-source" | "known-exactly" | "blocks-contradicted";

export interface DataverseEvidence {
  /** To be folded into the customer's window. Times are receipts: Microsoft's server's word. */
  events: (WindowRecord & { log: RecordLog })[];
  ignored: { id: string; code: IgnoredRowCode }[];
  /** Then no block counts: what the table is documented to hold is not what it holds here. */
  blocksContradicted: boolean;
}

/** Whose conversation it is. `unknown`: a conversation on WhatsApp of which that cannot be said. */
export type DataverseParties =
  | { kind: "whatsapp"; business: string; customer: Identity }
  | { kind: "other-channel" }
  | { kind: "unknown"; code: "customer-without-number" | "number-not-international" | "numbers-disagree" | "business-number-missing" };

/**
 * Why an outbound configuration gives no template: it has no id; its message template is not among the rows; that names no Content SID, or
 * one that an earlier row names; its text is not in Dynamics, or has Dynamics' own slugs. Those of the last two can be sent all the same.
 */
export type IgnoredConfigurationCode = "row-without-id" | "message-missing" | "content-sid-missing" | "duplicate-content-sid" | "text-missing" | "text-with-slugs";

export interface DataverseOutbound {
  /** Id of the outbound configuration, by Content SID. */
  configurations: { contentSid: string; id: string }[];
  /** An active configuration is the administrator's word that its template may be sent: `status` is `approved`. No language is known (`und`). */
  templates: Template[];
  ignored: { id: string; code: IgnoredConfigurationCode }[];
}

export interface DataverseFunctions {
  /** `state`: what is known of the window from better sources. `messageTypes`: names of `msdyn_messagetype` that are messages, too. */
  dataverseEvidence(input: { transcript?: DataverseRow[]; blocks?: DataverseRow[]; state?: WindowState; messageTypes?: string[] }): DataverseEvidence;
  /** `business`: our number where the conversation names none. */
  dataverseParties(input: { conversation?: DataverseRow; contexts?: DataverseRow[]; items?: DataverseRow[]; business?: string }): DataverseParties;
  /** Rows of `msdyn_ocoutboundconfiguration` and `msdyn_ocsystemmessage`. */
  dataverseOutbound(input: { configurations?: DataverseRow[]; messages?: DataverseRow[] }): DataverseOutbound;
  /** In lower case, without braces; nothing for what is no GUID. */
  dataverseGuid(input: { text: string }): { guid?: string };
  /** Whether a record of this id is only the latest message that is known: then `closed` is not certain. */
  dataverseLowerBound(input: { id: string }): { isLowerBound: boolean };
}
