// @ts-check
import { pageOf } from "./content.js";
import { failure, json, rfc2822 } from "./replies.js";

/** @import { Account, Message } from "./account.js" */

/** @param {Message} message @param {string} accountSid */
export const messageResource = (message, accountSid) => {
  const uri = `/2010-04-01/Accounts/${accountSid}/Messages/${message.sid}`;
  return {
    account_sid: accountSid,
    api_version: "2010-04-01",
    body: message.body,
    date_created: rfc2822(message.createdAtMs),
    date_sent: message.status === "queued" ? null : rfc2822(message.createdAtMs),
    date_updated: rfc2822(message.updatedAtMs),
    direction: message.direction,
    error_code: message.errorCode ?? null,
    error_message: null,
    from: message.from,
    messaging_service_sid: null,
    num_media: String(message.numMedia),
    num_segments: "1",
    price: null,
    price_unit: null,
    sid: message.sid,
    status: message.status,
    subresource_uris: { media: `${uri}/Media.json` },
    to: message.to,
    uri: `${uri}.json`,
  };
};

/** A date (a whole UTC day) or an instant. @param {string} text */
const instant = (text) => Date.parse(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00Z` : text);

/** Twilio's filters: `To`, `From`, `DateSent`, `DateSent>`, `DateSent<`. @param {URLSearchParams} query */
const filterOf = (query) => {
  const [to, from, on, after, before] = ["To", "From", "DateSent", "DateSent>", "DateSent<"].map((name) => query.get(name));
  /** @param {Message} message */
  return (message) => {
    const second = Math.floor(message.createdAtMs / 1000) * 1000;
    if ((to && message.to !== to) || (from && message.from !== from)) return false;
    if (on && new Date(second).toISOString().slice(0, 10) !== on.slice(0, 10)) return false;
    return !(after && second < instant(after)) && !(before && second > instant(before));
  };
};

/**
 * A list in the shape of the 2010 API: relative links, newest first.
 *
 * @param {URL} url @param {Account} account
 */
export const listMessages = (url, account) => {
  const found = account.messages.filter(filterOf(url.searchParams)).sort((a, b) => b.createdAtMs - a.createdAtMs);
  const { size, page } = pageOf(url.searchParams, 1000);
  /** @param {number} number */
  const link = (number) => {
    const query = new URLSearchParams(url.searchParams);
    query.set("PageSize", String(size));
    query.set("Page", String(number));
    return `${url.pathname}?${query}`;
  };
  const items = found.slice(page * size, (page + 1) * size);
  return json({
    end: page * size + items.length - 1,
    first_page_uri: link(0),
    messages: items.map((message) => messageResource(message, account.accountSid)),
    next_page_uri: (page + 1) * size < found.length ? link(page + 1) : null,
    page,
    page_size: size,
    previous_page_uri: page > 0 ? link(page - 1) : null,
    start: page * size,
    uri: `${url.pathname}${url.search}`,
  });
};

/** @param {string} messageSid @param {Account} account */
export const fetchMessage = (messageSid, account) => {
  const message = account.messages.find((candidate) => candidate.sid === messageSid);
  return message ? json(messageResource(message, account.accountSid)) : failure(20404, 404);
};
