// @ts-check
/**
 * The record as a file: without the Auth Token, in either direction.
 *
 * @import { ChannelRecord } from "../../../src/wire/types.d.ts"
 */
import { h } from "../parts/dom.js";

const LARGEST = 1 << 20;
const MOST = 200;

/** @param {any} from @param {readonly string[]} names */
const texts = (from, names) => Object.fromEntries(names.flatMap((name) => (typeof from?.[name] === "string" ? [[name, from[name]]] : [])));
/** @param {any} list @param {(item: any) => any} read */
const each = (list, read) => (Array.isArray(list) ? list.slice(0, MOST).map(read) : []);

/**
 * The fields of a channel in parsed JSON; other fields are left behind, and so is a token.
 *
 * @param {unknown} value
 * @returns {ChannelRecord | undefined} nothing where it is no record at all
 */
export function recordFrom(value) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const from = /** @type {any} */ (value);
  const record = {
    ...texts(from, ["name", "accountSid", "inboundUrl"]),
    numbers: each(from.numbers, (number) => ({
      ...texts(number, ["name", "account", "number", "workStream"]),
      templates: each(number?.templates, (template) => texts(template, ["contentSid", "language"])),
    })),
  };
  return Object.keys(record).length > 1 || record.numbers.length > 0 ? record : undefined;
}

/** @param {ChannelRecord} record */
export function download({ authToken: _, ...record }) {
  const url = URL.createObjectURL(new Blob([`${JSON.stringify(record, undefined, 2)}\n`], { type: "application/json" }));
  h("a", { href: url, download: "whatsapp-channel.json" }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** @param {File | undefined} file @returns {Promise<ChannelRecord | undefined>} */
export async function upload(file) {
  if (!file || file.size > LARGEST) return undefined;
  try {
    return recordFrom(JSON.parse(await file.text()));
  } catch {
    return undefined;
  }
}
