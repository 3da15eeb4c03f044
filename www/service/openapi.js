// @ts-check
/** The OpenAPI document of the service, as it is served under `/openapi.json`. */
import { SCHEMAS, ref } from "./schemas.js";

/** @typedef {Record<string, unknown>} Node */

/** @param {string} description @param {string} [schema] @param {string} [type] @returns {Node} */
const content = (description, schema, type = "application/json") => ({
  description, content: { [type]: { schema: schema === undefined ? { type: "string" } : ref(schema) } },
});

/** @param {string} name @returns {Node} */
const body = (name) => ({ required: true, content: { "application/json": { schema: ref(name) } } });

/** What any question may be answered besides. @type {Record<string, string>} */
const PROBLEMS = {
  400: "something in the request is wrong; `field` names it", 401: "no known credential", 403: "this caller may not do this, or not with this address of ours",
  408: "the body did not come in time", 413: "the body is too large", 415: "the body is no JSON", 429: "too many streams are open",
  500: "a fault of the service", 503: "the store did not answer, or the process is ending",
};

/** @param {readonly number[]} codes @returns {Node} */
const problems = (...codes) => Object.fromEntries(codes.map((code) => [code, content(String(PROBLEMS[code]), "Problem")]));

const ASKED = [400, 401, 403, 408, 413, 415, 500, 503];

/** @param {string} summary @param {string} question @param {string} answers @returns {Node} */
const question = (summary, question, answers) => ({
  summary, security: [{ bearer: [] }], requestBody: body(question), responses: { 200: content("the answer", answers), ...problems(...ASKED) },
});

/** @param {string} name @param {Node} schema @param {boolean} required @param {string} description */
const inQuery = (name, schema, required, description) => ({ name, in: "query", required, schema, description });

const CLOSING = {
  summary: "Windows that close within a span, the first to close first",
  security: [{ bearer: [] }],
  parameters: [
    inQuery("within", { type: "integer", minimum: 1, maximum: 604_800_000 }, true, "milliseconds from now"),
    inQuery("limit", { type: "integer", minimum: 1, maximum: 1_000 }, false, "windows of a page; 100"),
    inQuery("after", { type: "string" }, false, "`next` of the page before"),
  ],
  responses: { 200: content("a page", "Closing"), ...problems(400, 401, 403, 500, 503) },
};

const STREAM = {
  summary: "What changes, as an event stream",
  description: "Events: `window` (StreamWindow), `reset` (StreamReset: something was missed, ask by query), `now` (StreamNow), `reminder` (StreamReminder).",
  security: [{ bearer: [] }],
  parameters: [{ name: "last-event-id", in: "header", required: false, schema: { type: "string" }, description: "the id of the last event that was read, or the `cursor` of a query" }],
  responses: { 200: content("the stream", undefined, "text/event-stream"), ...problems(401, 403, 429, 500, 503) },
};

/** @param {string} summary @returns {Node} */
const webhook = (summary) => ({
  summary,
  responses: {
    200: content("it was recorded", undefined, "text/xml"), 403: content("the signature is not right", undefined, "text/plain"),
    ...Object.fromEntries([400, 408, 413, 414].map((code) => [code, content("it cannot be read", undefined, "text/plain")])),
    ...problems(503),
  },
});

const TWILIO = { post: webhook("A webhook of Twilio, by POST"), get: { ...webhook("A webhook of Twilio, by GET"), responses: { ...webhook("").responses ?? {}, 405: content("nobody signed it", undefined, "text/plain") } } };

/** With `RELAY=sync` the answer is the target's, whatever it is. @param {Node} operation @returns {Node} */
const relayed = (operation) => ({
  ...operation, responses: { .../** @type {Node} */ (operation.responses), default: { description: "what the target of the relay answered", content: { "*/*": { schema: { type: "string" } } } } },
});

const META = {
  post: webhook("A webhook of Meta"),
  get: { summary: "Meta's handshake", responses: { 200: content("the challenge", undefined, "text/plain"), ...problems(403) } },
};

/** @type {Record<string, Node>} */
const PATHS = {
  "/windows/query": { post: question("How up to 1,000 windows stand", "Query", "Windows") },
  "/verdict": { post: question("Whether a message may go out now", "VerdictQuestion", "VerdictAnswer") },
  "/closing": { get: CLOSING },
  "/stream": { get: STREAM },
  "/sends": { post: question("A message of ours was handed over", "Send", "Recorded") },
  "/customers": { delete: question("Forget a customer", "Erasure", "Erased") },
  "/metrics": { get: { summary: "Counters for Prometheus", security: [{ bearer: [] }], responses: { 200: content("the counters", undefined, "text/plain"), ...problems(401, 403, 500, 503) } } },
  "/livez": { get: { summary: "The process runs", responses: { 200: content("it does", "State") } } },
  "/readyz": { get: { summary: "The store answers", responses: { 200: content("it does", "State"), ...problems(503) } } },
  "/openapi.json": { get: { summary: "This document", responses: { 200: { description: "it", content: { "application/json": { schema: { type: "object" } } } } } } },
};

/** @type {Record<string, Node>} */
const RELAY = {
  "/relay/dead-letters": { get: {
    summary: "Webhooks that could not be handed on; nothing of their text", security: [{ bearer: [] }],
    parameters: [inQuery("limit", { type: "integer", minimum: 1, maximum: 1_000 }, false, "of a page; 100"), inQuery("after", { type: "string" }, false, "`next` of the page before")],
    responses: { 200: content("a page", "DeadLetters"), ...problems(400, 401, 403, 500, 503) },
  } },
  "/relay/replay": { post: question("Hand dead letters on once more", "Replay", "Replayed") },
};

const DAYS = [
  inQuery("from", { type: "string", format: "date" }, false, "the first day, of UTC; 30 days in all. At most 400"),
  inQuery("until", { type: "string", format: "date" }, false, "the last day; today"),
];

/** @param {string} summary @param {string} type @returns {Node} */
const page = (summary, type) => ({ get: { summary, responses: { 200: content("it", undefined, type), ...problems(500) } } });

/** @type {Record<string, Node>} */
const REPORT = {
  "/tallies": {
    post: question("What a desktop counted: without text, and without anybody in it", "TallyReport", "TallyAnswer"),
    get: { summary: "Counts by day", security: [{ bearer: [] }], parameters: DAYS, responses: { 200: content("the counts", "Tallies"), ...problems(400, 401, 403, 500, 503) } },
  },
  "/tallies.csv": { get: { summary: "The same as CSV", security: [{ bearer: [] }], parameters: DAYS, responses: { 200: content("day, kind, label, count", undefined, "text/csv"), ...problems(400, 401, 403, 500, 503) } } },
  "/report": page("The report for supervisors: a page that asks for a token, and shows nothing without one", "text/html"),
  "/report/page.js": page("Its script", "text/javascript"), "/report/page.css": page("Its style", "text/css"),
};

/** @param {{ twilio: boolean, meta: boolean, relay?: boolean, report?: boolean }} parts */
export const openApi = ({ twilio, meta, relay = false, report = false }) => ({
  openapi: "3.1.0",
  info: { title: "reply-window: the window service", version: "1", license: { name: "MIT OR Apache-2.0", identifier: "MIT OR Apache-2.0" } },
  paths: {
    ...PATHS,
    ...(twilio && { "/twilio/inbound": TWILIO, "/twilio/status": TWILIO, "/twilio/conversations": TWILIO, "/twilio/events": TWILIO }),
    ...(meta && { "/meta": META }),
    ...(report && REPORT),
    ...(relay && { ...RELAY, "/twilio/inbound": { post: relayed(TWILIO.post), get: relayed(TWILIO.get) } }),
  },
  components: { schemas: SCHEMAS, securitySchemes: { bearer: { type: "http", scheme: "bearer" } } },
});
