// @ts-check
/**
 * Sends a template through Dynamics' own outbound messages, by the unbound action `msdyn_InvokeOutboundAPI`. What the action's parameters
 * are called is documented nowhere: they are read from the organisation's own `$metadata`, or nothing is sent. Microsoft takes the request
 * and tells no more: what becomes of the message nobody learns here.
 */
import { ReplyWindowError } from "../../engine/errors.js";

/** @import { OutgoingTemplate, Receipt } from "../../controller/types.js" */
/** @import { OutboundConfigurations } from "./configurations.js" */

/**
 * @typedef {object} Outbound
 * @property {Record<string, string>} [configurations] id of the outbound configuration (`msdyn_ocoutboundconfiguration`), by Content SID;
 *   without it they are read from Dataverse
 * @property {string} optInColumn of `contact`: a yes-or-no column that says whether this person agreed to be written to
 * @property {string} [testedOn] the day on which a test template arrived in this organisation; until then only a test is sent
 * @property {string} [metadata] the `<Action>` element of `msdyn_InvokeOutboundAPI`, pasted, where `$metadata` cannot be read
 */
/** @typedef {{ name: string, type: string }} Parameter */

const ACTION = "msdyn_InvokeOutboundAPI";
const CONFIGURATION = "msdyn_ocoutboundconfiguration";

/** @param {import("../../../src/wire/types.d.ts").ErrorCode} code @param {string} message */
const refused = (code, message) => new ReplyWindowError(code, message);

/** @param {string} text of `$metadata`, or of the action alone @returns {Parameter[]} */
export function parametersIn(text) {
  const [, body = ""] = new RegExp(`<Action\\b[^>]*\\bName="${ACTION}"[^>]*>([^]*?)</Action>`).exec(text) ?? [];
  return [...body.matchAll(/<Parameter\b([^>]*?)\/?>/g)].flatMap(([, attributes = ""]) => {
    const [name, type] = ["Name", "Type"].map((attribute) => new RegExp(`\\b${attribute}="([^"]*)"`).exec(attributes)?.[1]);
    return name && type ? [{ name, type }] : [];
  });
}

/**
 * The two that are needed: the configuration, which is known by its type, and the contacts, which are what is left.
 *
 * @param {readonly Parameter[]} parameters
 * @returns {{ configuration: Parameter, contacts: Parameter }}
 */
function partsOf(parameters) {
  const [configuration, ...others] = parameters.filter(({ type }) => type.endsWith(`.${CONFIGURATION}`));
  const [contacts, ...more] = parameters.filter((parameter) => parameter !== configuration);
  if (!configuration || !contacts || others.length > 0 || more.length > 0) throw refused("outbound-not-understood", `the parameters of ${ACTION} are others than expected`);
  return { configuration, contacts };
}

/** @param {Parameter} parameter @param {unknown} value */
const valueOf = ({ type }, value) => (type === "Edm.String" ? JSON.stringify(value) : value);
/** @param {Parameter} parameter `structuralProperty` of Xrm.WebApi: 1 primitive, 4 collection, 5 entity */
const kindOf = ({ type }) => ({ typeName: type, structuralProperty: type.startsWith("Collection(") ? 4 : type.startsWith("Edm.") ? 1 : 5 });

export class DynamicsOutbound {
  #page;
  #settings;
  #configurations;
  /** @type {Promise<ReturnType<typeof partsOf>> | undefined} */
  #parts;

  /** @param {Window} page @param {Outbound} settings @param {() => Promise<{ configurations: Record<string, string> }>} configurations */
  constructor(page, settings, configurations) {
    this.#page = page;
    this.#settings = settings;
    this.#configurations = configurations;
  }

  get #api() {
    const api = /** @type {any} */ (this.#page).Xrm?.WebApi;
    if (!api?.online?.execute) throw refused("dataverse-absent", "Xrm.WebApi is not there");
    return api;
  }

  async #read() {
    const { metadata } = this.#settings;
    if (metadata) return partsOf(parametersIn(metadata));
    const response = await this.#page.fetch("/api/data/v9.2/$metadata");
    if (!response.ok) throw refused("outbound-not-understood", "$metadata could not be read");
    return partsOf(parametersIn(await response.text()));
  }

  /**
   * @param {OutgoingTemplate} message
   * @param {{ contact?: string | undefined, phone?: string | undefined, conversation: string }} to
   * @returns {Promise<Receipt>} handed to Dynamics, which is not sent
   * @throws {ReplyWindowError} `outbound-not-tested`, `outbound-not-configured`, `outbound-not-understood`, `optin-missing`,
   *   `optin-refused`, `customer-without-number`, `dataverse-absent`; as {@link OutboundConfigurations} where those cannot be read
   */
  async send(message, to) {
    if (!this.#settings.testedOn) throw refused("outbound-not-tested", "no test template has been sent in this organisation yet");
    return this.#hand(message, to);
  }

  /** The one send that is allowed before: an administrator's, to a phone in their own hand. @param {OutgoingTemplate} message @param {Parameters<DynamicsOutbound["send"]>[1]} to */
  test(message, to) {
    return this.#hand(message, to);
  }

  /** @param {OutgoingTemplate} message @param {Parameters<DynamicsOutbound["send"]>[1]} to @returns {Promise<Receipt>} */
  async #hand({ contentSid, contentVariables, sendId }, { contact, phone, conversation }) {
    const { configurations } = await this.#configurations();
    const configurationId = Object.hasOwn(configurations, contentSid) ? configurations[contentSid] : undefined;
    if (typeof configurationId !== "string") throw refused("outbound-not-configured", "no outbound configuration is named for this template");
    if (!phone) throw refused("customer-without-number", "the customer has no number");
    await this.#requireOptIn(contact);
    this.#parts ??= this.#read();
    this.#parts.catch(() => (this.#parts = undefined));
    const { configuration, contacts } = await this.#parts;
    const one = {
      tocontactid: phone, optin: true, sendastemplate: true, templateparameters: JSON.parse(contentVariables ?? "{}"),
      contextitems: { msdyn_ocoutboundconfigurationid: configurationId, regardingobjectid: conversation, entityrelationshipname: "msdyn_ocliveworkitem" },
    };
    const given = {
      [configuration.name]: { "@odata.type": `Microsoft.Dynamics.CRM.${CONFIGURATION}`, msdyn_ocoutboundconfigurationid: configurationId },
      [contacts.name]: valueOf(contacts, [one]),
    };
    const parameterTypes = Object.fromEntries([configuration, contacts].map((parameter) => [parameter.name, kindOf(parameter)]));
    const request = Object.assign(Object.create({ getMetadata: () => ({ boundParameter: null, operationType: 0, operationName: ACTION, parameterTypes }) }), given);
    const response = await this.#api.online.execute(request);
    if (!response.ok) throw refused("send-failed", `Dynamics answered ${response.status}`);
    return { id: `dynamics:${sendId}` };
  }

  /** Whoever did not agree is not written to. @param {string | undefined} contact */
  async #requireOptIn(contact) {
    const column = this.#settings.optInColumn;
    if (!contact || !column) throw refused("optin-missing", "no column of the contact says that this person agreed");
    const row = await this.#api.retrieveRecord("contact", contact, `?$select=${encodeURIComponent(column)}`).catch(() => undefined);
    if (typeof row?.[column] !== "boolean") throw refused("optin-missing", "no column of the contact says that this person agreed");
    if (!row[column]) throw refused("optin-refused", "this person did not agree to be written to");
  }
}
