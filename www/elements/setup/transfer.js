// @ts-check
/**
 * The record as a file: without the Auth Token, in either direction.
 *
 * @import { ChannelRecord } from "../../../src/wire/types.d.ts"
 */
import { h } from "../parts/dom.js";

const MAX_FILE_BYTES = 1 << 20;
const MAX_ITEMS = 200;

/** @param {any} from @param {readonly string[]} names */
const texts = (from, names) => Object.fromEntries(names.flatMap((name) => (typeof from?.[name] === "string" ? [[name, from[name]]] : [])));
/** @param {any} list @param {(item: any) => any} read */
const each = (list, read) => {
  if (!Array.isArray(list)) return [];
  if (list.length > MAX_ITEMS) throw new RangeError("too many of them");
  return list.map(read);
};

/**
 * The fields of a channel in parsed JSON; other fields are left behind, and so is a token.
 *
 * @param {unknown} value
 * @returns {ChannelRecord | undefined} nothing where it is no record at all
 * @throws {RangeError} for more numbers or templates than can be checked: a part of a record is not the record
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

/** @param {File | undefined} file @returns {Promise<{ record?: ChannelRecord | undefined, tooMany?: boolean }>} */
export async function upload(file) {
  if (!file || file.size > MAX_FILE_BYTES) return {};
  try {
    return { record: recordFrom(JSON.parse(await file.text())) };
  } catch (error) {
    return { tooMany: error instanceof RangeError };
  }
}
