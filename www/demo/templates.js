// @ts-check
import { importTemplates } from "../engine/template.js";

/**
 * All templates of the account with their approvals, read page by page and kept for a while.
 *
 * @import { Import, Template } from "../../src/wire/types.d.ts"
 * @import { TwilioClient } from "../server/twilio/client.js"
 */

const FRESH_MS = 60_000;

/** @param {{ client: Pick<TwilioClient, "contentAndApprovals">, now: () => number, pageSize?: number }} options */
export const createTemplates = ({ client, now, pageSize = 500 }) => {
  /** @type {{ atMs: number, list: Promise<Pick<Import, "templates" | "problems">> } | undefined} */
  let kept;

  const read = async () => {
    /** @type {Pick<Import, "templates" | "problems">} */
    const all = { templates: [], problems: [] };
    for await (const page of client.contentAndApprovals({ pageSize })) {
      const { templates, problems } = importTemplates(page);
      all.templates.push(...templates);
      all.problems.push(...problems);
    }
    return all;
  };

  const list = ({ fresh = false } = {}) => {
    if (fresh || !kept || now() - kept.atMs > FRESH_MS) {
      const reading = { atMs: now(), list: read() };
      kept = reading;
      reading.list.catch(() => {
        if (kept === reading) kept = undefined; // a failure is not kept
      });
    }
    return kept.list;
  };

  return {
    list,
    /** @param {string} id @returns {Promise<Template | undefined>} */
    find: async (id) => (await list()).templates.find((template) => template.id === id),
  };
};

/** @typedef {ReturnType<typeof createTemplates>} Templates */
