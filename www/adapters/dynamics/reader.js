// @ts-check
/** Fetches the rows that say whose a conversation is, and when its customer wrote. What they mean is the engine's to say. */
import { dataverseEvidence, dataverseGuid, dataverseParties } from "../../engine/dataverse.js";
import { DataverseError, quoted } from "./dataverse.js";

/** @import { DataverseEvidence, DataverseParties, DataverseRow, WindowState } from "../../../src/wire/types.d.ts" */
/** @import { Dataverse } from "./dataverse.js" */
/** @typedef {{ table: string, code: string }} Problem */
/** @typedef {{ since: string, until: string | undefined }} Span ISO 8601 */
/** @typedef {DataverseParties & { id: string, name?: string, contact?: string, number?: string, problems: Problem[] }} Found `number`: as the context writes it */

/** Rows of one table that are looked at: the latest. */
const MAX_ROWS = 50;
/** Conversations of one customer. */
const MAX_CONVERSATIONS = 20;

const text = (/** @type {unknown} */ value) => (typeof value === "string" && value ? value : undefined);

export class Reader {
  #dataverse;
  #settings;
  /** Our number in each conversation; that does not change. @type {Map<string, string>} */
  #businesses = new Map();

  /** @param {Dataverse} dataverse @param {{ business?: string | undefined, messageTypes?: readonly string[] | undefined }} settings */
  constructor(dataverse, settings) {
    this.#dataverse = dataverse;
    this.#settings = settings;
  }

  /** @template T @param {Promise<T>} work @param {Problem[]} problems @param {T} otherwise @returns {Promise<T>} */
  async #or(work, problems, otherwise) {
    try {
      return await work;
    } catch (error) {
      if (!(error instanceof DataverseError)) throw error;
      problems.push({ table: error.table, code: error.code });
      return otherwise;
    }
  }

  /**
   * Whose conversation it is. What cannot be read is named in `problems`.
   *
   * @param {string} conversation GUID, with or without braces
   * @returns {Promise<Found | undefined>} nothing for what is no GUID
   */
  async parties(conversation) {
    const id = dataverseGuid(conversation);
    if (id === undefined) return undefined;
    /** @type {Problem[]} */
    const problems = [];
    const api = this.#dataverse;
    const [row, contexts, items] = await Promise.all([
      this.#or(/** @type {Promise<DataverseRow | undefined>} */ (api.row("msdyn_ocliveworkitem", id, ["msdyn_channel", "_msdyn_customer_value", "msdyn_title", "msdyn_startedon", "statecode"])), problems, undefined),
      this.#or(api.rows("msdyn_whatsappengagementctx", { select: ["msdyn_customerphonenumber", "msdyn_customername"], filter: `_msdyn_liveworkitemid_value eq ${id}`, top: 5 }), problems, []),
      this.#or(api.rows("msdyn_ocliveworkitemcontextitem", { select: ["msdyn_name", "msdyn_value"], filter: `_msdyn_ocliveworkitemid_value eq ${id}`, top: 50 }), problems, []),
    ]);
    const { business } = this.#settings;
    const found = dataverseParties({ ...row && { conversation: { msdyn_channel: row.msdyn_channel } }, contexts, items, ...(business === undefined ? {} : { business }) });
    const [context] = contexts;
    const [name, contact, number] = [text(context?.msdyn_customername) ?? text(row?.msdyn_title), text(row?._msdyn_customer_value), text(context?.msdyn_customerphonenumber)];
    return { ...found, id, problems, ...(name ? { name } : {}), ...(contact ? { contact } : {}), ...(number ? { number } : {}) };
  }

  /**
   * When the customer wrote, in every conversation of this customer.
   *
   * @param {Found} found
   * @param {{ sinceAtMs: number, untilAtMs?: number | undefined, state?: WindowState | undefined }} known `untilAtMs`: what is younger a better
   *   source tells; `state`: of better sources
   * @returns {Promise<DataverseEvidence & { problems: Problem[] }>} what could not be read is named in `problems`
   */
  async evidence(found, { sinceAtMs, untilAtMs, state }) {
    /** @type {Problem[]} */
    const problems = [];
    const span = { since: new Date(sinceAtMs).toISOString(), until: untilAtMs === undefined ? undefined : new Date(untilAtMs).toISOString() };
    const conversations = await this.#conversationsOf(found, problems);
    const read = await Promise.all(conversations.map((id) => Promise.all([
      this.#or(this.#transcript(id, span), problems, []),
      this.#or(this.#blocks(id, span), problems, []),
    ])));
    const { messageTypes } = this.#settings;
    const told = dataverseEvidence({
      transcript: read.flatMap(([transcript]) => transcript), blocks: read.flatMap(([, blocks]) => blocks),
      ...(state === undefined ? {} : { state }), ...(messageTypes === undefined ? {} : { messageTypes }),
    });
    return { ...told, problems: problems.filter(({ table }, place) => problems.findIndex((other) => other.table === table) === place) };
  }

  /** Another conversation of the same customer with the same number of ours opens the window too. @param {Found} found @param {Problem[]} problems @returns {Promise<string[]>} */
  async #conversationsOf(found, problems) {
    const { id, number } = found;
    if (!number || found.kind !== "whatsapp") return [id];
    const rows = await this.#or(this.#dataverse.rows("msdyn_whatsappengagementctx", {
      select: ["_msdyn_liveworkitemid_value"], filter: `msdyn_customerphonenumber eq ${quoted(number)}`, orderby: "createdon desc", top: MAX_CONVERSATIONS,
    }), problems, []);
    const others = rows.flatMap(({ _msdyn_liveworkitemid_value: other }) => (typeof other === "string" ? [dataverseGuid(other)] : []));
    const same = await Promise.all([...new Set(others.filter((other) => other !== undefined && other !== id))].map(async (other) => ((await this.#isOfBusiness(String(other), number, found.business, problems)) ? [String(other)] : [])));
    return [id, ...same.flat()];
  }

  /**
   * Whether a conversation is with this number of ours. Where none is named, as with Azure Communication Services, nobody can tell, and there
   * is one; what could not be read opens nothing.
   *
   * @param {string} id @param {string} number the customer's @param {string} business @param {Problem[]} problems
   */
  async #isOfBusiness(id, number, business, problems) {
    let known = this.#businesses.get(id);
    if (known === undefined) {
      const items = await this.#or(this.#dataverse.rows("msdyn_ocliveworkitemcontextitem", { select: ["msdyn_name", "msdyn_value"], filter: `_msdyn_ocliveworkitemid_value eq ${id}`, top: 50 }), problems, undefined);
      if (!items) return false;
      const parties = dataverseParties({ contexts: [{ msdyn_customerphonenumber: number }], items, business });
      known = parties.kind === "whatsapp" ? parties.business : "";
      this.#businesses.set(id, known);
    }
    return known === business;
  }

  /** @param {string} id @param {Span} span */
  #transcript(id, { since, until }) {
    return this.#dataverse.rows("msdyn_commontranscriptmessage", {
      select: ["msdyn_conversationid", "msdyn_messagetimestamp", "msdyn_role", "msdyn_messagetype", "msdyn_sourcemessageid"],
      // The partition, or the server looks through all of them.
      filter: `partitionid eq ${quoted(id)} and msdyn_messagetimestamp ge ${since}${until ? ` and msdyn_messagetimestamp le ${until}` : ""}`, orderby: "msdyn_messagetimestamp desc", top: MAX_ROWS,
    });
  }

  /** @param {string} id @param {Span} span */
  #blocks(id, { until }) {
    return this.#dataverse.rows("msdyn_conversationmessageblock", {
      select: ["msdyn_conversationmessageblockid", "msdyn_customermessagetimestamp", "_msdyn_ocliveworkitemid_value"],
      filter: `_msdyn_ocliveworkitemid_value eq ${id}${until ? ` and msdyn_customermessagetimestamp le ${until}` : ""}`, orderby: "msdyn_customermessagetimestamp desc", top: MAX_ROWS,
    });
  }
}
