// @ts-check
import { TABLES } from "./tables.js";

/** A stand-in for Dataverse's Web API: the part of OData that a conversation's data is asked with, and its refusals. */

/** @import { Row, Source } from "./tables.js" */
/** @typedef {"missing" | "forbidden" | "busy" | "busy-time" | "busy-at-once" | "broken"} FaultName */

/** @type {Record<FaultName, { status: number, code: string, message: string, headers?: Record<string, string> }>} */
const FAULTS = {
  missing: { status: 404, code: "0x80060888", message: "Resource not found for the segment." },
  forbidden: { status: 403, code: "0x80040220", message: "Principal user is missing a privilege." },
  busy: { status: 429, code: "0x80072322", message: "Number of requests exceeded the limit of 6000 over the time window of 300 seconds.", headers: { "retry-after": "30" } },
  "busy-time": { status: 429, code: "0x80072321", message: "Combined execution time of incoming requests exceeded the limit.", headers: { "retry-after": "30" } },
  "busy-at-once": { status: 429, code: "0x80072326", message: "Number of concurrent requests exceeded the limit of 52.", headers: { "retry-after": "30" } },
  broken: { status: 500, code: "0x80040216", message: "An unexpected error occurred." },
};

/** @param {FaultName} name */
const refusal = (name) => {
  const { status, code, message, headers = {} } = FAULTS[name];
  return Response.json({ error: { code, message } }, { status, headers });
};

/** @type {Record<string, (a: any, b: any) => boolean>} */
const COMPARE = { eq: (a, b) => a === b, ne: (a, b) => a !== b, ge: (a, b) => a >= b, gt: (a, b) => a > b, le: (a, b) => a <= b, lt: (a, b) => a < b };

/** @param {string} text */
const literal = (text) => {
  if (text.startsWith("'")) return text.slice(1, -1).replaceAll("''", "'");
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text === "null" ? null : text;
};

/** Comparisons that are joined by `and`; dates compare as the texts they are. @param {string} filter @returns {(row: Row) => boolean} */
const matcher = (filter) => {
  const terms = [...filter.matchAll(/(\w+) (eq|ne|ge|gt|le|lt) ('(?:[^']|'')*'|[^ ]+)(?: and |$)/g)];
  if (terms.map(([whole]) => whole).join("") !== filter) throw new TypeError(`the stand-in does not read ${filter}`);
  return (row) => terms.every(([, column = "", operator = "", value = ""]) => COMPARE[operator]?.(row[column] ?? null, literal(value)));
};

/** @param {Row[]} rows @param {URLSearchParams} query @returns {Row[]} */
const selected = (rows, query) => {
  const matches = matcher(query.get("$filter") ?? "");
  const [column = "", direction] = (query.get("$orderby") ?? "").split(" ");
  const sign = direction === "desc" ? -1 : 1;
  const found = rows.filter(matches).sort((a, b) => sign * String(a[column] ?? "").localeCompare(String(b[column] ?? "")));
  const columns = query.get("$select")?.split(",");
  return found.slice(0, Number(query.get("$top") ?? 5_000)).map((row) => (columns ? Object.fromEntries(columns.map((name) => [name, row[name] ?? null])) : row));
};

const METADATA = `<?xml version="1.0" encoding="utf-8"?><edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices><Schema Namespace="Microsoft.Dynamics.CRM" Alias="mscrm" xmlns="http://docs.oasis-open.org/odata/ns/edm"><Action Name="msdyn_InvokeOutboundAPI"><Parameter Name="OutboundSettingsRecord" Type="mscrm.msdyn_ocoutboundconfiguration" Nullable="false"/><Parameter Name="ContactSettings" Type="Edm.String" Nullable="false"/></Action></Schema></edmx:DataServices></edmx:Edmx>`;

/** What the table of a request's path is asked for. @param {string} path after the version */
const placeOf = (path) => {
  const [, set = "", id] = /^(\w+|\$metadata)(?:\(([^)]*)\))?$/.exec(path) ?? [];
  return { set, id };
};

/** @param {Source & { log?: (entry: Record<string, unknown>) => void }} source */
export const createDataverse = (source) => {
  /** @type {Map<string, FaultName>} */
  const faults = new Map();
  /** @type {{ table: string, query: string }[]} */
  const requests = [];
  /** @param {Request} request @param {URL} url @returns {Promise<Response>} */
  const answer = async (request, url) => {
    const { set, id } = placeOf(decodeURIComponent(url.pathname.replace(/^\/api\/data\/v[\d.]+\//, "")));
    requests.push({ table: set, query: decodeURIComponent(url.search) });
    const fault = faults.get(set) ?? faults.get("*");
    if (fault) return refusal(fault);
    if (set === "$metadata") return new Response(METADATA, { headers: { "content-type": "application/xml" } });
    if (set === "msdyn_InvokeOutboundAPI" && request.method === "POST") {
      source.log?.({ kind: "outbound-request", body: await request.json() });
      return new Response(null, { status: 204 });
    }
    const table = TABLES[set];
    if (!table || request.method !== "GET") return refusal("missing");
    const rows = table.rows(source);
    if (id === undefined) return Response.json({ value: selected(rows, url.searchParams) });
    const [row] = rows.filter((one) => Object.values(one)[0] === id.toLowerCase());
    return row ? Response.json(selected([row], url.searchParams)[0]) : refusal("missing");
  };
  return {
    faults,
    requests,
    /** @param {Request} request @returns {Promise<Response | undefined>} undefined: not Dataverse's */
    async fetch(request) {
      const url = new URL(request.url);
      return url.pathname.startsWith("/api/data/") ? answer(request, url) : undefined;
    },
  };
};
