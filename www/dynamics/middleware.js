// @ts-check
/** The customer's own middleware: templates go out through it, and it knows windows exactly. Plain requests, nothing of ours is needed there. */
import { ReplyWindowError } from "../engine/errors.js";

/** @import { ControllerOptions, Conversation, OutgoingTemplate, Receipt } from "../controller/types.js" */
/** @import { Settings } from "./settings.js" */

/** @param {string} url @param {RequestInit} [request] */
async function ask(url, request) {
  const response = await fetch(url, { credentials: "include", ...request });
  const answer = await response.json().catch(() => ({}));
  if (response.ok) return answer;
  const error = new ReplyWindowError(typeof answer.code === "string" ? answer.code : "send-failed", String(answer.message ?? `status ${response.status}`));
  if (typeof answer.providerCode === "number") Object.assign(error, { providerCode: answer.providerCode });
  throw error;
}

/** @typedef {import("../controller/types.js").TemplateList} TemplateList */

/** Those that Dynamics' own outbound messages can send: of the others nobody is to fill in a form. @param {TemplateList} list @param {Record<string, string>} configurations @returns {TemplateList} */
const configured = (list, configurations) => {
  const isConfigured = (/** @type {{ id: string }} */ { id }) => Object.hasOwn(configurations, id);
  return "templates" in list ? { ...list, templates: list.templates.filter(isConfigured) } : list.filter(isConfigured);
};

/**
 * @param {Settings} settings
 * @param {{ read(): Promise<import("../adapters/dynamics/configurations.js").Configurations> }} [outbound] what Dynamics' own outbound messages can send, where they do
 * @returns {ControllerOptions["templates"]}
 */
export const templatesOf = ({ templates, templatesUrl }, outbound) => {
  const source = templates ?? (templatesUrl ? () => ask(templatesUrl) : undefined);
  if (!outbound) return source ?? [];
  return async (conversation) => {
    const { configurations, ...own } = await outbound.read();
    return source ? configured(await (typeof source === "function" ? source(conversation) : source), configurations) : own;
  };
};

/** @param {Settings} settings @returns {(message: OutgoingTemplate) => Promise<Receipt> | Receipt} */
export const senderOf = ({ send, sendUrl }) =>
  send ?? ((message) => {
    if (!sendUrl) throw new ReplyWindowError("send-not-set-up", "no way to send a template is set up");
    return ask(sendUrl, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(message) });
  });

/** @param {Settings} settings @returns {Settings["window"] | undefined} */
export const windowOf = ({ window, windowUrl }) => window ?? (windowUrl ? ({ business, customer }) => {
  const query = new URLSearchParams({ business, customer: customer.phone ?? customer.bsuid ?? customer.parentBsuid ?? "" });
  return ask(`${windowUrl}${windowUrl.includes("?") ? "&" : "?"}${query}`);
} : undefined);
