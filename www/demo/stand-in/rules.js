// @ts-check
/**
 * The stand-in's own judgement of a message, written apart from the engine on purpose: what the engine lets through
 * must satisfy somebody who did not learn from it.
 *
 * Sources: https://www.twilio.com/docs/api/errors (21211, 21617, 21619, 21654, 21655, 21656, 21910, 63007, 63016, 63028, 63031,
 * 63040, 63041, 63042); https://www.twilio.com/docs/whatsapp/key-concepts (the 24-hour window).
 */

/** @import { ErrorCode } from "./replies.js" */

/** @typedef {{ sid: string, types: Record<string, any>, variables?: Record<string, string> | null, approval_requests: { status: string, content_type: string }, [field: string]: any }} Content */

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Twilio: "within 24 hours of the last message the customer sent".
 *
 * @param {number | undefined} lastInboundAtMs @param {number} nowAtMs
 */
export const inSession = (lastInboundAtMs, nowAtMs) => lastInboundAtMs !== undefined && nowAtMs - lastInboundAtMs < DAY_MS;

/** @param {string} address */
const isPhone = (address) => /^whatsapp:\+[1-9]\d{6,14}$/.test(address);
/** @param {string} address */
const isUserId = (address) => /^whatsapp:[A-Z]{2}\.(ENT\.)?[0-9A-Za-z]{1,128}$/.test(address);

/** @param {unknown} value */
const names = (value) => [...JSON.stringify(value).matchAll(/\{\{\s*([\w.-]+)\s*\}\}/g)].map((match) => match[1] ?? "");

/**
 * What a message must bring. The code of an authentication template stands in no text of its own.
 * https://www.twilio.com/docs/content/whatsappauthentication
 *
 * @param {Content} content
 */
const needed = ({ types }) => [...names(types), ...("whatsapp/authentication" in types ? ["1"] : [])];

/** Every variable that a Content resource knows. @param {Content} content */
const declared = (content) => new Set([...needed(content), ...Object.keys(content.variables ?? {})]);

/** @param {string | null} text @returns {Record<string, string> | undefined} */
const variablesOf = (text) => {
  if (text === null || text === "") return {};
  try {
    const value = JSON.parse(text);
    const plain = value !== null && typeof value === "object" && !Array.isArray(value);
    return plain && Object.values(value).every((item) => typeof item === "string" && item !== "") ? value : undefined;
  } catch {
    return undefined;
  }
};

/** The text a person sees. @param {Content} content @param {Record<string, string>} values */
const rendered = (content, values) => {
  const type = content.types[content.approval_requests.content_type] ?? Object.values(content.types)[0];
  const text = String(type?.body ?? type?.title ?? type?.label ?? "");
  return text.replace(/\{\{\s*([\w.-]+)\s*\}\}/g, (whole, name) => values[name] ?? content.variables?.[name] ?? whole);
};

/**
 * What the HTTP answer already refuses.
 *
 * @param {URLSearchParams} form @param {{ numbers: string[], contents: Content[] }} account
 * @returns {{ error: ErrorCode } | { content?: Content, values: Record<string, string>, text: string }}
 */
export const accept = (form, { numbers, contents }) => {
  const [from, to] = [form.get("From") ?? "", form.get("To") ?? ""];
  if (!from) return { error: 21603 };
  if (!to) return { error: 21604 };
  if (from.startsWith("whatsapp:") !== to.startsWith("whatsapp:")) return { error: 21910 };
  if (!isPhone(to) && !isUserId(to)) return { error: 21211 };
  if (!numbers.includes(from.slice("whatsapp:".length))) return { error: 63007 };
  if (from === to) return { error: 63031 };
  return form.get("ContentSid") ? acceptContent(form, contents) : acceptText(form);
};

/** @param {URLSearchParams} form @returns {ReturnType<typeof accept>} */
const acceptText = (form) => {
  const text = form.get("Body") ?? "";
  if (form.get("ContentVariables")) return { error: 21654 };
  if (text.trim() === "" && !form.get("MediaUrl")) return { error: 21619 };
  return text.length > 1600 ? { error: 21617 } : { values: {}, text };
};

/** @param {URLSearchParams} form @param {Content[]} contents @returns {ReturnType<typeof accept>} */
const acceptContent = (form, contents) => {
  const content = contents.find((candidate) => candidate.sid === form.get("ContentSid"));
  if (!content) return { error: 21655 };
  const values = variablesOf(form.get("ContentVariables"));
  const known = declared(content);
  if (!values || Object.keys(values).some((name) => !known.has(name))) return { error: 21656 };
  return { content, values, text: rendered(content, values) };
};

/** Never sent outside a session, approved or not. */
const SESSION_ONLY = ["twilio/list-picker", "twilio/location"];
/** @type {Record<string, number>} */
const BY_STATUS = { rejected: 63040, paused: 63041, disabled: 63042 };

/**
 * What WhatsApp refuses later, in the status callback; `undefined` is delivered.
 *
 * @param {{ content?: Content, values: Record<string, string> }} message @param {boolean} session
 * @returns {number | undefined}
 */
export const refuse = ({ content, values }, session) => {
  if (!content) return session ? undefined : 63016;
  const types = Object.keys(content.types);
  if (!session && types.every((type) => SESSION_ONLY.includes(type))) return 63016;
  const { status } = content.approval_requests;
  if (!session && status !== "approved") return BY_STATUS[status] ?? 63016;
  return needed(content).some((name) => values[name] === undefined) ? 63028 : undefined;
};
