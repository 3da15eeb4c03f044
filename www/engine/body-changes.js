// @ts-check
/** Bodies that may have been signed before something on the way changed them, each with the code of what was done to it. */

import { utf8 } from "./utf8.js";

/** @typedef {{ code: string, body: Uint8Array, detail?: string }} BodyChange */

/** Longest body that is varied, in bytes; and longest form, with the most parameters, that is tried without each of them. */
const VARIED = 64 * 1024;
const FORM = { bytes: 16 * 1024, parameters: 100 };

/** What an API Gateway hands over with `isBase64Encoded: true`, also in lines or in quotes. @param {string} text */
function fromBase64(text) {
  const plain = text.replaceAll(/[\s"']/g, "").replaceAll("-", "+").replaceAll("_", "/").replace(/=+$/, "");
  if (plain.length < 8 || plain.length % 4 === 1 || !/^[A-Za-z0-9+/]+$/.test(plain)) return undefined;
  return Uint8Array.from(atob(plain), (character) => character.charCodeAt(0));
}

/** The form that a framework made an object of. @param {object} value */
function formOf(value) {
  const pairs = Object.entries(value).flatMap(([name, one]) => [one].flat().map((other) => [name, String(other)]));
  return utf8.encode(String(new URLSearchParams(pairs)));
}

/** Bytes written as JSON: `JSON.stringify` of a Buffer, and of a Uint8Array. @param {any} value */
function bytesIn(value) {
  const list = value?.type === "Buffer" ? value.data : Object.values(value);
  return Array.isArray(list) && list.length > 0 && list.every((byte) => Number.isInteger(byte) && byte >= 0 && byte < 256) ? Uint8Array.from(list) : undefined;
}

/** What a body in JSON may hold: the form as an object, the body as a text, its bytes, an event of Lambda around it. @param {string} text @returns {BodyChange[]} */
function unpacked(text) {
  if (!/^\s*[{"[]/.test(text)) return [];
  try {
    const value = JSON.parse(text);
    if (typeof value === "string") return [{ code: "body-reserialised", body: utf8.encode(value) }];
    const inner = typeof value.body === "string" ? (value.isBase64Encoded === true ? fromBase64(value.body) : utf8.encode(value.body)) : bytesIn(value);
    return inner === undefined ? [{ code: "body-reserialised", body: formOf(value) }] : [{ code: "body-wrapped", body: inner }];
  } catch {
    return [];
  }
}

/** A plus that was written without its escape is read as a space. @param {string} text */
const plusRestored = (text) => text.replaceAll(/(=|:|%3A)(?:\+|%20)(?=\d{7,15}(?:&|$))/gi, "$1%2B");

/** What was read as Latin-1 and written in UTF-8. @param {string} text */
const fromLatin1 = (text) => text.replaceAll(/(?:%C[23]%[89AB][0-9A-F])+/gi, (escapes) =>
  [...decodeURIComponent(escapes)].map((character) => `%${character.charCodeAt(0).toString(16)}`).join(""));

/** @param {string} text @returns {(readonly [code: string, body: string])[]} */
const rewritten = (text) => [
  ["body-white-space", text.replace(/^[\s\ufeff]+|\s+$/g, "")],
  ["body-encoded-twice", text.replaceAll("%25", "%")],
  ["body-encoded-twice", text.includes("=") ? text : decodedOnce(text)],
  ["body-plus-lost", plusRestored(text)],
  ["body-charset", fromLatin1(text)],
];

/** @param {string} text */
function decodedOnce(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The form without one of its parameters. @param {string} text @returns {BodyChange[]} */
function lessOne(text) {
  const pairs = text.split("&");
  if (text.length > FORM.bytes || pairs.length > FORM.parameters) return [];
  return pairs.map((pair, index) => ({ code: "parameter-added", detail: pair.split("=", 1)[0], body: utf8.encode(pairs.filter((_, at) => at !== index).join("&")) }));
}

/**
 * What may have been signed in the place of a body.
 *
 * @param {Uint8Array | undefined} body
 * @returns {BodyChange[]}
 */
export function bodyChanges(body) {
  if (!body?.length || body.length > VARIED) return [];
  const text = utf8.decode(body);
  const plain = fromBase64(text);
  return [
    ...(plain === undefined ? [] : [{ code: "body-base64", body: plain }]),
    ...unpacked(text),
    ...rewritten(text).filter(([, other]) => other !== text).map(([code, other]) => ({ code, body: utf8.encode(other) })),
    ...lessOne(text),
  ];
}

/** What a body that is packed begins with: gzip, and deflate as HTTP has it. @param {Uint8Array} body */
const isPacked = ([first, second]) => (first === 0x1f && second === 0x8b) || (first === 0x78 && [0x01, 0x5e, 0x9c, 0xda].includes(second));

/**
 * Whether a body is compressed still: its first bytes say so, or its header does and it is no text.
 *
 * @param {Uint8Array | undefined} body
 * @param {string | undefined} encoding the header `Content-Encoding`
 */
export function isCompressed(body, encoding) {
  if (!body?.length) return false;
  const told = /\b(?:gzip|deflate|br|zstd)\b/i.test(encoding ?? "");
  return isPacked(body) || (told && body.some((byte) => byte < 0x20 || byte > 0x7e));
}
