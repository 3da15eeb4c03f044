// @ts-check
/**
 * Asks Dataverse through `Xrm.WebApi`, gently: after a refusal for too many requests nobody asks for a while, a table that is missing or
 * forbidden is left alone for longer. The text of a message is never selected.
 */

import { inTime } from "./in-time.js";

/** @import { DataverseRow } from "../../../src/wire/types.d.ts" */
/** @typedef {"dataverse-busy" | "dataverse-forbidden" | "dataverse-table-missing" | "dataverse-offline" | "dataverse-failed" | "dataverse-absent"} DataverseCode */

/** The numbers of `errorCode`, documented with the service protection limits and the Web API. @type {Record<number, DataverseCode>} */
const CODES = {
  0x80072322: "dataverse-busy", 0x80072321: "dataverse-busy", 0x80072326: "dataverse-busy",
  0x80040220: "dataverse-forbidden",
  0x80060888: "dataverse-table-missing", 0x80040217: "dataverse-table-missing",
};
/** After each refusal for too many requests twice as long. */
const BACK_OFF_MS = [30_000, 60_000, 120_000, 300_000];
/** What is missing or forbidden is asked for again after this: an administrator may have mended it. */
const ABSENT_MS = 600_000;
/** What is not answered by then has failed: whoever waits for it reads nothing else. */
const ANSWER_LIMIT_MS = 30_000;

export class DataverseError extends Error {
  /** @param {DataverseCode} code @param {string} table */
  constructor(code, table) {
    super(`${table}: ${code}`);
    this.name = "DataverseError";
    this.code = code;
    this.table = table;
  }
}

/** @param {any} cause what `Xrm.WebApi` rejected with @returns {DataverseCode} */
export function codeOf(cause) {
  // Some versions give the number as negative, or in the error's text alone.
  const [text] = /0x8[0-9a-f]{7}/i.exec(String(cause?.message ?? "")) ?? [];
  const known = CODES[Number(cause?.errorCode) >>> 0] ?? (text && CODES[Number(text)]);
  if (known) return known;
  return globalThis.navigator?.onLine === false ? "dataverse-offline" : "dataverse-failed";
}

/** @param {string} text as OData writes it between quotes */
export const quoted = (text) => `'${text.replaceAll("'", "''")}'`;

export class Dataverse {
  #api;
  #now;
  #busy = 0;
  #pausedUntil = -Infinity;
  /** @type {Map<string, { until: number, code: DataverseCode }>} */
  #absent = new Map();

  /** @param {() => any} api `Xrm.WebApi`, which may come later @param {() => number} now monotonic, in milliseconds */
  constructor(api, now) {
    this.#api = api;
    this.#now = now;
  }

  /**
   * @param {string} table logical name, in the singular
   * @param {{ select: readonly string[], filter: string, orderby?: string, top: number }} query
   * @returns {Promise<DataverseRow[]>}
   * @throws {DataverseError}
   */
  async rows(table, { select, filter, orderby, top }) {
    const parts = { $select: select.join(), $filter: filter, $orderby: orderby, $top: String(top) };
    const options = Object.entries(parts).flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`])).join("&");
    const { entities } = await this.#ask(table, (api) => api.retrieveMultipleRecords(table, `?${options}`, top));
    return Array.isArray(entities) ? entities : [];
  }

  /**
   * @param {string} table
   * @param {string} id
   * @param {readonly string[]} select
   * @returns {Promise<DataverseRow>}
   * @throws {DataverseError}
   */
  row(table, id, select) {
    return this.#ask(table, (api) => api.retrieveRecord(table, id, `?$select=${select.join()}`));
  }

  /** @param {string} table @param {(api: any) => any} work */
  async #ask(table, work) {
    const api = this.#api();
    if (!api) throw new DataverseError("dataverse-absent", table);
    if (this.#now() < this.#pausedUntil) throw new DataverseError("dataverse-busy", table);
    const absent = this.#absent.get(table);
    if (absent && this.#now() < absent.until) throw new DataverseError(absent.code, table);
    try {
      const answer = await inTime(work(api), ANSWER_LIMIT_MS);
      this.#busy = 0;
      this.#absent.delete(table);
      return answer;
    } catch (cause) {
      throw this.#refused(table, codeOf(cause));
    }
  }

  /** @param {string} table @param {DataverseCode} code */
  #refused(table, code) {
    // Refusals of requests that were on their way together are one.
    if (code === "dataverse-busy" && this.#now() >= this.#pausedUntil) {
      this.#pausedUntil = this.#now() + (BACK_OFF_MS[Math.min(this.#busy, BACK_OFF_MS.length - 1)] ?? 0);
      this.#busy += 1;
    }
    if (code === "dataverse-forbidden" || code === "dataverse-table-missing") this.#absent.set(table, { until: this.#now() + ABSENT_MS, code });
    return new DataverseError(code, table);
  }
}
