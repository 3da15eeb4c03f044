// @ts-check
import { checkChannel } from "../engine/channel.js";
import { validateChannel } from "../server/index.js";
import { isLocal, jsonBody } from "./local.js";
import { problem } from "./sending.js";

/**
 * The channel that the desktop works with: told to the set-up page without its token, asked about at Twilio, saved.
 * It is kept in memory, until the demo ends.
 *
 * @import { ChannelRecord } from "../../src/wire/types.d.ts"
 */

/**
 * @typedef {object} ChannelOptions
 * @property {() => string} shownUrl the inbound URL of this desktop
 * @property {{ baseUrl?: string, messagingUrl?: string, contentUrl?: string }} twilio where Twilio, or its stand-in, answers
 * @property {boolean} standIn
 * @property {(record: ChannelRecord) => Promise<void>} use makes the desktop work with this record
 * @property {ChannelRecord} [record] the one that is in use from the start
 * @property {(line: string) => void} [log]
 */

/** @param {unknown} body */
const answer = (body) => Response.json(body, { headers: { "cache-control": "no-store" } });

/** @param {Record<string, any>} body @returns {ChannelRecord} */
const recordOf = ({ record }) => (record !== null && typeof record === "object" ? record : {});

/** Each step on a line of its own, as it happens; the last line is the result. @param {ChannelRecord} record @param {ChannelOptions} options @param {AbortSignal} signal */
const validation = (record, { twilio, shownUrl, log }, signal) => {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async start(lines) {
      const tell = (/** @type {object} */ line) => lines.enqueue(encoder.encode(`${JSON.stringify(line)}\n`));
      try {
        const result = await validateChannel(record, { ...twilio, shownUrl: shownUrl(), signal, onStep: (step) => tell({ step }), ...(log ? { log } : {}) });
        tell({ result });
      } catch {
        tell({ error: "record-invalid" });
      }
      lines.close();
    },
  });
};

/** @param {ChannelOptions} options */
export const createChannelApi = (options) => {
  /** @type {ChannelRecord | undefined} */
  let current = options.record;

  /** @param {ChannelRecord} record */
  const save = async (record) => {
    const { findings } = checkChannel(record, { shownUrl: options.shownUrl() });
    const errors = findings.filter(({ severity, field }) => severity === "error" || field === "numbers").map(({ code, field }) => ({ code, field }));
    if (errors.length > 0) return problem(422, "channel-invalid", "the channel is not complete", { errors });
    await options.use(record);
    current = record;
    return answer({ saved: true });
  };

  /** @param {Request} request @returns {Promise<Response | undefined>} undefined: not ours */
  return async (request) => {
    const { pathname } = new URL(request.url);
    if (!/^\/api\/channel(\/validate)?$/.test(pathname)) return undefined;
    if (!isLocal(request)) return problem(403, "not-local", "only for pages of this machine");
    if (request.method === "GET" && pathname === "/api/channel") {
      const { authToken: _, ...record } = current ?? {};
      return answer({ saved: current !== undefined, record, shownUrl: options.shownUrl(), standIn: options.standIn });
    }
    const body = request.method === "POST" ? await jsonBody(request) : undefined;
    if (!body) return problem(400, "body-invalid", "a JSON object is needed");
    if (pathname.endsWith("/validate")) {
      return new Response(validation(recordOf(body), options, request.signal), { headers: { "content-type": "application/x-ndjson", "cache-control": "no-store" } });
    }
    return save(recordOf(body)).catch(() => problem(400, "record-invalid", "this is no record of a channel"));
  };
};
