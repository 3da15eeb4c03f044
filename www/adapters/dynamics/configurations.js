// @ts-check
// What an organisation can send by its own outbound messages: read from Dataverse, once, and again after a failure.

import { dataverseOutbound } from "../../engine/dataverse.js";

/** @import { DataverseOutbound } from "../../../src/wire/types.d.ts" */
/** @import { Dataverse } from "./dataverse.js" */

/** `msdyn_channel` and `msdyn_streamsource` of WhatsApp; `msdyn_messagetype` of a message template. */
const WHATSAPP = 192_300_000;
const MESSAGE_TEMPLATE = 3;
const MAX_ROWS = 500;

/** @typedef {Pick<DataverseOutbound, "templates"> & { configurations: Record<string, string>, problems: { code: string, path: string, message: string, id: string }[] }} Configurations `configurations`: id by Content SID */

export class OutboundConfigurations {
  #dataverse;
  #given;
  /** @type {Promise<Configurations> | undefined} */
  #read;
  /** What could not be read the last time. @type {import("./reader.js").Problem[]} */
  problems = [];

  /** @param {Dataverse} dataverse @param {Record<string, string> | undefined} given by the administrator; then nothing is read */
  constructor(dataverse, given) {
    this.#dataverse = dataverse;
    this.#given = given;
  }

  /** @returns {Promise<Configurations>} @throws {import("./dataverse.js").DataverseError} */
  read() {
    this.#read ??= this.#given ? Promise.resolve({ configurations: this.#given, templates: [], problems: [] }) : this.#ask();
    this.#read.then(() => (this.problems = []), (error) => {
      this.#read = undefined;
      this.problems = [{ table: error.table ?? "msdyn_ocoutboundconfiguration", code: error.code ?? "read-failed" }];
    });
    return this.#read;
  }

  /** @returns {Promise<Configurations>} */
  async #ask() {
    const [configurations, messages] = await Promise.all([
      this.#dataverse.rows("msdyn_ocoutboundconfiguration", {
        select: ["msdyn_ocoutboundconfigurationid", "msdyn_name", "_msdyn_messagetemplate_value"], filter: `msdyn_channel eq ${WHATSAPP} and statecode eq 0`, orderby: "createdon asc", top: MAX_ROWS,
      }),
      this.#dataverse.rows("msdyn_ocsystemmessage", {
        select: ["msdyn_ocsystemmessageid", "msdyn_name", "msdyn_messagetext"], filter: `msdyn_messagetype eq ${MESSAGE_TEMPLATE} and msdyn_streamsource eq ${WHATSAPP} and statecode eq 0`, top: MAX_ROWS,
      }),
    ]);
    const found = dataverseOutbound({ configurations, messages });
    return {
      configurations: Object.fromEntries(found.configurations.map(({ contentSid, id }) => [contentSid, id])),
      templates: found.templates,
      problems: found.ignored.map(({ id, code }) => ({ code, path: "msdyn_ocoutboundconfiguration", message: "an outbound configuration that gives no template", id })),
    };
  }
}
