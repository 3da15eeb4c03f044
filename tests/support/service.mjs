// @ts-check
/** A window service for a test, asked as a caller asks it; each answer has to be what the OpenAPI document says. */
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { createService } from "../../www/service/service.js";
import { openApi } from "../../www/service/openapi.js";
import { memoryStore } from "../../www/stores/memory.js";
import { T0, TOKEN } from "./webhooks.mjs";

const require = createRequire(import.meta.url);
const { default: Ajv } = require("ajv/dist/2020");

export const PUBLIC = "https://windows.example.com";
export const READER = "reader-token-0000000000000000";
export const OTHER = "other-tenant-0000000000000000";
export const DESK = "desk-token-000000000000000000";
export const SUPERVISOR = "supervisor-token-00000000000";
export const WORKER = "worker-token-0000000000000000";
export const APP_SECRET = "5f1c0e9d8b7a6958473625140f1e2d3c";
export const VERIFY_TOKEN = "a word for the handshake";
export const OTHER_BUSINESS = "+15550100300";

/** @type {any} */
export const DOCUMENT = openApi({ twilio: true, meta: true });
const ajv = new Ajv({ strict: false, formats: { date: true } });
ajv.addSchema(DOCUMENT, "openapi");
/** What a service may have besides. @typedef {{ relay?: boolean, report?: boolean }} More */

/** The documents of services that have more, by name. @type {Map<string, any>} */
const documents = new Map([["openapi", DOCUMENT]]);

/** @param {More} more @returns {[document: any, name: string]} */
const documentOf = ({ relay = false, report = false }) => {
  const name = `openapi${relay ? "-relay" : ""}${report ? "-report" : ""}`;
  if (!documents.has(name)) {
    documents.set(name, openApi({ twilio: true, meta: true, relay, report }));
    ajv.addSchema(documents.get(name), name);
  }
  return [documents.get(name), name];
};

/** What was answered, by method, path and status. */
export const seen = new Set();

/** @param {string} pointer @param {string} [name] of the document */
const validator = (pointer, name = "openapi") => /** @type {import("ajv").ValidateFunction} */ (ajv.getSchema(`${name}#${pointer}`) ?? ajv.compile({ $ref: `${name}#${pointer}` }));

/** @param {string} text */
const escaped = (text) => text.replaceAll("~", "~0").replaceAll("/", "~1");

/** @param {string} schema @param {unknown} value */
export const assertShape = (schema, value) => {
  const check = validator(`/components/schemas/${schema}`);
  assert.ok(check(value), `${schema}: ${JSON.stringify(check.errors)} ${JSON.stringify(value)}`);
};

/** An answer has to stand in the document, with its status, type and shape. @param {string} method @param {string} path @param {Response} response @param {More} [more] */
export const assertDocumented = async (method, path, response, more = {}) => {
  const [document, name] = documentOf(more);
  const operation = document.paths[path]?.[method.toLowerCase()];
  assert.ok(operation, `${method} ${path} is not in the document`);
  const told = operation.responses[response.status] ?? operation.responses.default;
  assert.ok(told, `${method} ${path} answered ${response.status}, which is not in the document`);
  seen.add(`${method} ${path} ${response.status}`);
  const type = (response.headers.get("content-type") ?? "").split(";")[0] ?? "";
  assert.ok(told.content[type] ?? (operation.responses.default && type), `${method} ${path} ${response.status} answered ${type}`);
  if (type !== "application/json" || !operation.responses[response.status]?.content[type]) return;
  const check = validator(`/paths/${escaped(path)}/${method.toLowerCase()}/responses/${response.status}/content/${escaped(type)}/schema`, name);
  const body = await response.clone().json();
  assert.ok(check(body), `${method} ${path} ${response.status}: ${JSON.stringify(check.errors)}`);
};

/**
 * @param {Partial<import("../../www/service/parts.js").ServiceOptions>} [options]
 */
export const serviceFor = async (options = {}) => {
  /** @type {import("../../www/service/parts.js").LogEntry[]} */
  const logged = [];
  const store = options.store ?? memoryStore();
  const service = await createService({
    store, publicUrl: PUBLIC, now: () => T0, log: (entry) => logged.push(entry),
    twilio: { keys: [TOKEN] }, meta: { appSecrets: [APP_SECRET], verifyToken: VERIFY_TOKEN },
    ...(options.authorize ? {} : { tokens: [
      { token: READER }, { token: OTHER, may: ["read", "send", "erase"], businesses: [OTHER_BUSINESS] }, { token: WORKER, may: ["read", "send", "erase", "metrics"] },
      { token: DESK, may: ["read", "tally"] }, { token: SUPERVISOR, may: ["report"] },
    ] }),
    ...options,
  });
  /** @param {Request} request */
  const fetch = async (request) => {
    const response = await service.fetch(request);
    await assertDocumented(request.method, new URL(request.url).pathname, response, { relay: options.relay !== undefined, report: options.report === true });
    return response;
  };
  /**
   * @param {string} method @param {string} path @param {unknown} [body] @param {{ token?: string | null, headers?: Record<string, string> }} [more]
   * @returns {Promise<{ status: number, body: any, headers: Headers }>}
   */
  const ask = async (method, path, body, { token = WORKER, headers = {} } = {}) => {
    const response = await fetch(new Request(`http://10.0.0.7:8080${path}`, {
      method, headers: { ...(body === undefined ? {} : { "content-type": "application/json" }), ...(token === null ? {} : { authorization: `Bearer ${token}` }), ...headers },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    }));
    // A stream does not end by itself.
    if (response.headers.get("content-type")?.startsWith("text/event-stream")) {
      await response.body?.cancel();
      return { status: response.status, headers: response.headers, body: undefined };
    }
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: (response.headers.get("content-type") ?? "").startsWith("application/json") ? JSON.parse(text) : text };
  };
  return { store, service, fetch, ask, logged };
};

/** Events of a stream as they come. @param {Response} response */
export const eventsOf = (response) => {
  const reader = /** @type {ReadableStream<Uint8Array>} */ (response.body).getReader();
  const decoder = new TextDecoder();
  let text = "";
  return {
    /** The next one that is no comment; `undefined` at the end. @returns {Promise<{ event: string, id?: string, data: any } | undefined>} */
    async next() {
      for (;;) {
        const end = text.indexOf("\n\n");
        if (end >= 0) {
          const lines = text.slice(0, end).split("\n");
          text = text.slice(end + 2);
          const field = (/** @type {string} */ name) => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
          if (field("event") === undefined) continue;
          const [event, id, data] = [field("event"), field("id"), field("data")];
          return { event: String(event), ...(id === undefined ? {} : { id }), data: JSON.parse(String(data)) };
        }
        const { done, value } = await reader.read();
        if (done) return undefined;
        text += decoder.decode(value, { stream: true });
      }
    },
    cancel: () => reader.cancel(),
  };
};
