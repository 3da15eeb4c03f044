// @ts-check
// The templates that Twilio's SDK lists in the page, read by the rules that read Twilio's own pages of them.

/** @import { Import } from "../../../src/wire/types.d.ts" */
/** @import { ClientLike, ContentTemplateLike } from "./sdk.js" */

/** What the SDK does not tell of a template. @typedef {{ language: string, category?: string, status?: string }} More `language`, `category` and `status` as Twilio writes them: `pt_BR`, `UTILITY`, `approved` */

/** @param {ContentTemplateLike} template @param {More} more */
const rawOf = ({ sid, friendlyName, variables, variants }, { language, category, status }) => ({
  sid, friendly_name: friendlyName, language,
  ...(status && { approval_requests: { name: friendlyName, status, ...(category && { category }) } }),
  variables: Object.fromEntries(variables.map(({ name, value }) => [name, value])),
  types: Object.fromEntries([...variants].flatMap(([type, { rawData }]) => (rawData === undefined ? [] : [[type, JSON.parse(rawData)]]))),
});

/**
 * All templates of the account, for `templates` of `mount`. The SDK tells neither a template's language nor whether WhatsApp approved it, and what is not
 * known to be approved is shown greyed: have your middleware say both.
 *
 * @param {ClientLike} client
 * @param {(template: { sid: string, friendlyName: string }) => More} moreOf
 * @returns {Promise<Pick<Import, "templates" | "problems">>}
 * @throws what the SDK's own call rejects with; `ReplyWindowError` of `importTemplates`
 * @example
 * mount(target, { adapter, conversation, templates: () => contentTemplates(client, ({ sid }) => approvals[sid]) });
 */
export async function contentTemplates(client, moreOf) {
  // What reads pages of templates is large, and needed once there is one.
  const [{ importTemplates }, listed] = await Promise.all([import("../../engine/template.js"), client.getContentTemplates()]);
  return importTemplates({ contents: listed.map((template) => rawOf(template, moreOf(template))) });
}
