// @ts-check
/**
 * What a supervisor is told: counts by day, without text, and without anybody in them. Desktops tell what only they know; a refusal that our
 * clock had allowed is counted where its webhook arrives.
 */
import { assertString, options } from "../engine/check.js";
import { fault } from "../engine/fault.js";
import { textDigest } from "../engine/on-server.js";
import { codeOf } from "../server/code-of.js";
import { dayOf } from "../stores/port.js";
import { Refusal, answer, plainAnswer } from "./answers.js";
import { jsonOf } from "./body.js";

/**
 * @import { ReceivedWindow } from "../server/receiver.js"
 * @import { Caller } from "./access.js"
 * @import { Count } from "./metrics.js"
 * @import { Parts } from "./parts.js"
 */

/** What is counted, and what it is told by. @type {Record<string, "minutes" | "language" | undefined>} */
export const KINDS = { "send-blocked": undefined, "draft-rescued": undefined, answered: "minutes", "template-sent": "language" };

/** A webhook tells it, and no desktop. */
const REFUSED = "refused-while-open";

/** Minutes left at the answer: below each of these, and the rest. */
const BUCKETS = [5, 15, 60, 240, 720, 1440];

/** @param {number} minutes @returns {string} */
export const bucketOf = (minutes) => {
  const place = BUCKETS.findIndex((end) => minutes < end);
  return place < 0 ? `${BUCKETS.at(-1)}-` : `${BUCKETS[place - 1] ?? 0}-${BUCKETS[place]}`;
};

/** One report: so many tallies, so many of one, and this long ago. */
const [MAX_TALLIES, MAX_COUNT, MAX_AGO_MS] = [100, 1_000, 24 * 60 * 60 * 1000];

/** @param {unknown} value @param {string} name @param {number} least @param {number} most @returns {number} */
const wholeIn = (value, name, least, most) => {
  if (!Number.isInteger(value) || Number(value) < least || Number(value) > most) throw fault("out-of-range", name, `expected a whole number from ${least} to ${most}`);
  return Number(value);
};

/** @param {unknown} value @param {string} name as the providers write it: `en`, `en_US`, `zh_Hant_HK` */
const languageIn = (value, name) => {
  if (!/^[a-z]{2,3}(_[A-Z][a-z]{3})?(_[A-Z]{2}|_[0-9]{3})?$/.test(assertString(value, name))) throw fault("unknown-name", name, "expected a language such as en_US");
  return String(value);
};

/** @param {unknown} given @param {string} path @param {string} day */
const tallyOf = (given, path, day) => {
  const { kind, count = 1, minutesLeft, language } = options(given, ["kind", "count", "minutesLeft", "language"], path);
  if (!Object.hasOwn(KINDS, assertString(kind, `${path}.kind`))) throw fault("unknown-name", `${path}.kind`, `expected one of ${Object.keys(KINDS).join(", ")}`);
  const of = KINDS[kind];
  if (minutesLeft !== undefined && of !== "minutes") throw fault("unknown-field", `${path}.minutesLeft`, `${kind} has none`);
  if (language !== undefined && of !== "language") throw fault("unknown-field", `${path}.language`, `${kind} has none`);
  const label = of === "minutes" ? bucketOf(wholeIn(minutesLeft, `${path}.minutesLeft`, 0, 1_000_000)) : of === "language" ? languageIn(language, `${path}.language`) : undefined;
  return { day, name: label === undefined ? kind : `${kind}/${label}`, count: wholeIn(count, `${path}.count`, 1, MAX_COUNT) };
};

/** @param {string} name */
const partsOf = (name) => {
  const [kind = "", label] = name.split("/");
  return { kind, ...(label !== undefined && { label }) };
};

/** @param {Pick<Parts, "store">} parts @param {Count} counted @returns {(report: import("../stores/port.js").TallyReport) => Promise<boolean>} */
const adderBy = ({ store }, counted) => async (report) => {
  const isNew = await store.tally(report);
  if (isNew) for (const { name, count } of report.counts) counted(partsOf(name), count);
  return isNew;
};

/** @param {Pick<Parts, "store" | "now">} parts @param {Count} counted */
export const tallyBy = ({ store, now }, counted) => {
  const add = adderBy({ store }, counted);
  return async (/** @type {Request} */ request) => {
    const { id, agoMs = 0, tallies } = options(await jsonOf(request), ["id", "agoMs", "tallies"], "body");
    if (!/^[\w-]{8,64}$/.test(assertString(id, "id"))) throw fault("bad-id", "id", "expected 8 to 64 letters and digits, drawn at random");
    if (!Array.isArray(tallies)) throw fault("wrong-type", "tallies", "expected a list");
    if (tallies.length < 1 || tallies.length > MAX_TALLIES) throw fault("out-of-range", "tallies", `expected 1 to ${MAX_TALLIES}`);
    const nowAtMs = now();
    const day = dayOf(nowAtMs - wholeIn(agoMs, "agoMs", 0, MAX_AGO_MS));
    const counts = tallies.map((given, place) => tallyOf(given, `tallies[${place}]`, day));
    return answer({ nowAtMs, recorded: await add({ id: `told/${id}`, atMs: nowAtMs, counts }) });
  };
};

/** Days that one question may name. */
const MAX_DAYS = 400;
const DAY_MS = 24 * 60 * 60 * 1000;

/** @param {URLSearchParams} query @param {string} name @param {string} fallback */
const dayIn = (query, name, fallback) => {
  const text = query.get(name) ?? fallback;
  const isDay = /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) && dayOf(Date.parse(text)) === text;
  if (!isDay) throw fault("unknown-name", name, "expected a day such as 2026-11-30");
  return text;
};

/** @param {Pick<Parts, "store" | "now">} parts @param {Request} request @param {Caller} caller */
const readBy = async ({ store, now }, request, { businesses }) => {
  // The counts are of all addresses of ours together.
  if (businesses) throw new Refusal(403, "other-business", "this caller is limited to some addresses of ours, and the report is of all");
  const { searchParams } = new URL(request.url);
  const nowAtMs = now();
  const untilDay = dayIn(searchParams, "until", dayOf(nowAtMs));
  const fromDay = dayIn(searchParams, "from", dayOf(Date.parse(untilDay) - 29 * DAY_MS));
  const days = (Date.parse(untilDay) - Date.parse(fromDay)) / DAY_MS + 1;
  if (days < 1 || days > MAX_DAYS) throw fault("out-of-range", "from", `expected a day of at most ${MAX_DAYS} up to \`until\``);
  const tallies = (await store.tallies({ fromDay, untilDay })).map(({ day, name, count }) => ({ day, ...partsOf(name), count }));
  return { nowAtMs, fromDay, untilDay, tallies };
};

/** @param {Pick<Parts, "store" | "now">} parts */
export const talliesBy = (parts) => async (/** @type {Request} */ request, /** @type {Caller} */ caller) => answer(await readBy(parts, request, caller));

/** Nothing in it needs quotes, and nothing begins a formula: kinds and labels are our own words. @param {Pick<Parts, "store" | "now">} parts */
export const csvBy = (parts) => async (/** @type {Request} */ request, /** @type {Caller} */ caller) => {
  const { fromDay, untilDay, tallies } = await readBy(parts, request, caller);
  const lines = ["day,kind,label,count", ...tallies.map(({ day, kind, label = "", count }) => `${day},${kind},${label},${count}`)];
  const response = plainAnswer(`${lines.join("\r\n")}\r\n`, "text/csv; charset=utf-8");
  response.headers.set("content-disposition", `attachment; filename="reply-window-${fromDay}-${untilDay}.csv"`);
  return response;
};

/**
 * Counts a send that was refused as out of session, where the engine says open by what had been received when it was handed over: once for each message,
 * however often it is told. What fails here fails no webhook.
 *
 * @param {Pick<Parts, "store" | "statuses" | "now" | "log">} parts @param {Count} counted
 * @returns {(received: ReceivedWindow) => Promise<void>}
 */
export const refusalsBy = ({ store, statuses, now, log }, counted) => {
  const add = adderBy({ store }, counted);
  return async ({ keys, state, event: { log: kind, id, providerAtMs, receiptAtMs } }) => {
    const sentAtMs = providerAtMs ?? receiptAtMs;
    if (kind !== "refused" || sentAtMs === undefined) return;
    const wasKnown = (/** @type {{ id: string, receiptAtMs?: number, providerAtMs?: number }} */ record) => record.id !== id && (record.receiptAtMs ?? record.providerAtMs ?? 0) <= sentAtMs;
    const known = { ...state, customer: state.customer.filter(wasKnown), refused: state.refused.filter(wasKnown) };
    const [status] = statuses([{ keys, state: known }], sentAtMs);
    if (!status?.isOpen) return;
    const atMs = now();
    await add({ id: `refused/${textDigest(id)}`, atMs, counts: [{ day: dayOf(atMs), name: REFUSED, count: 1 }] }).catch((error) => log({ event: "tally-lost", code: codeOf(error) }));
  };
};
