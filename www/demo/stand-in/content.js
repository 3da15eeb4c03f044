// @ts-check
import { readFileSync } from "node:fs";
import { failure, json } from "./replies.js";

/** @import { Content } from "./rules.js" */

/** The Content resources of the demo's account. @returns {Content[]} */
export const demoContents = () => JSON.parse(readFileSync(new URL("./content.json", import.meta.url), "utf8")).contents;

/** @param {URLSearchParams} query @param {number} most */
export const pageOf = (query, most) => ({
  size: Math.min(most, Math.max(1, Number.parseInt(query.get("PageSize") ?? "50", 10) || 50)),
  page: Math.max(0, Number.parseInt(query.get("Page") ?? "0", 10) || 0),
});

/**
 * A list in the shape of Twilio's newer APIs: absolute links.
 *
 * @param {URL} url @param {unknown[]} items @param {string} key
 */
export const listed = (url, items, key) => {
  const { size, page } = pageOf(url.searchParams, 1000);
  /** @param {number} number */
  const link = (number) => {
    const query = new URLSearchParams(url.searchParams);
    query.delete("PageToken");
    query.set("PageSize", String(size));
    query.set("Page", String(number));
    return `${url.origin}${url.pathname}?${query}`;
  };
  const last = (page + 1) * size >= items.length;
  return json({
    [key]: items.slice(page * size, (page + 1) * size),
    meta: {
      page,
      page_size: size,
      first_page_url: link(0),
      previous_page_url: page > 0 ? link(page - 1) : null,
      next_page_url: last ? null : `${link(page + 1)}&PageToken=DN${items.length}`,
      url: link(page),
      key,
    },
  });
};

/** @param {Content} content @param {string} accountSid @param {string} origin */
const resource = ({ approval_requests: _, ...content }, accountSid, origin) => {
  const url = `${origin}/v1/Content/${content.sid}`;
  return {
    ...content,
    account_sid: accountSid,
    url,
    links: { approval_create: `${url}/ApprovalRequests/whatsapp`, approval_fetch: `${url}/ApprovalRequests` },
  };
};

/** @param {Content} content @param {string} accountSid @param {string} origin */
const approval = (content, accountSid, origin) => ({
  sid: content.sid,
  account_sid: accountSid,
  whatsapp: { type: "whatsapp", ...content.approval_requests },
  url: `${origin}/v1/Content/${content.sid}/ApprovalRequests`,
});

/**
 * The Content pages: `/v1/Content`, `/v1/Content/{Sid}`, its approval, and `/v1/ContentAndApprovals`.
 *
 * @param {URL} url @param {{ accountSid: string, contents: Content[] }} account
 */
export const contentPages = (url, { accountSid, contents }) => {
  const [, , collection, contentSid, part] = url.pathname.split("/");
  if (collection === "ContentAndApprovals" && contentSid === undefined) {
    return listed(url, contents.map((content) => ({ ...content, account_sid: accountSid })), "contents");
  }
  if (collection !== "Content") return failure(20404, 404);
  if (contentSid === undefined) return listed(url, contents.map((content) => resource(content, accountSid, url.origin)), "contents");
  const content = contents.find((candidate) => candidate.sid === contentSid);
  if (!content) return failure(20404, 404);
  if (part === undefined) return json(resource(content, accountSid, url.origin));
  return part === "ApprovalRequests" ? json(approval(content, accountSid, url.origin)) : failure(20404, 404);
};
