// @ts-check
// `Xrm`, `Microsoft.Omnichannel` and `Microsoft.Apm` as Microsoft documents them: the part that a script in the page can use.

import { h } from "./words.js";

/** @typedef {{ focused: string | undefined, sessions: Map<string, string>, toSendBox(text: string, id: string): void, send(text: string, id: string): Promise<unknown> }} Workspace */

const SETS = /** @type {Record<string, string>} */ ({
  msdyn_ocliveworkitem: "msdyn_ocliveworkitems", msdyn_whatsappengagementctx: "msdyn_whatsappengagementctxes", msdyn_ocliveworkitemcontextitem: "msdyn_ocliveworkitemcontextitems",
  msdyn_commontranscriptmessage: "msdyn_commontranscriptmessages", msdyn_conversationmessageblock: "msdyn_conversationmessageblocks", contact: "contacts",
  msdyn_ocoutboundconfiguration: "msdyn_ocoutboundconfigurationes",
  msdyn_ocsystemmessage: "msdyn_ocsystemmessages",
});

/** An error has a number and a sentence: no status and no header. @param {Response} response */
async function refusal(response) {
  const { error } = await response.json().catch(() => ({ error: { code: "0x0", message: "" } }));
  return { errorCode: Number(error.code), message: error.message };
}

/** @param {string} address @returns {Promise<any>} */
async function ask(address) {
  const response = await fetch(address, { headers: { accept: "application/json" } }).catch(() => Promise.reject({ errorCode: 2147012867, message: "offline" }));
  if (!response.ok) throw await refusal(response);
  return response.json();
}

/** @param {any} request */
async function execute(request) {
  const { operationName, parameterTypes } = Object.getPrototypeOf(request).getMetadata();
  const body = Object.fromEntries(Object.keys(parameterTypes).map((name) => [name, request[name]]));
  const response = await fetch(`/api/data/v9.2/${operationName}`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  if (!response.ok) throw await refusal(response);
  return response;
}

/** Web resources lie where the demo serves the uploads, whatever their prefix. @param {string} name */
const addressOf = (name) => `/www/dist/${name.replace(/^\w+[_/]/, "")}`;

/** Panes beside the workspace, each with a badge: a dot, a count, or none. @param {HTMLElement} place */
export function sidePanes(place) {
  const panes = new Map();
  /** @param {{ paneId: string, title: string, width?: number }} options */
  const create = ({ paneId, title, width = 300 }) => {
    const frame = h("iframe", { title });
    const badge = h("span", { className: "badge" });
    const root = h("section", { className: "pane" }, h("h2", {}, title, " ", badge), frame);
    root.style.inlineSize = `${width}px`;
    place.append(root);
    let shown = /** @type {boolean | number} */ (false);
    return {
      paneId,
      get badge() { return shown; },
      set badge(value) {
        shown = value;
        badge.textContent = value === true ? "●" : value === false ? "" : String(value);
      },
      /** @param {{ pageType: string, webresourceName: string }} page */
      async navigate({ webresourceName }) {
        /** @type {HTMLIFrameElement} */ (frame).src = addressOf(webresourceName);
      },
      close: () => (root.remove(), panes.delete(paneId)),
    };
  };
  return {
    /** @param {{ paneId: string, title: string, width?: number }} options */
    async createPane(options) {
      const pane = create(options);
      panes.set(options.paneId, pane);
      return pane;
    },
    getPane: (/** @type {string} */ id) => panes.get(id),
    getAllPanes: () => [...panes.values()],
  };
}

export const Xrm = {
  WebApi: {
    retrieveRecord: (/** @type {string} */ table, /** @type {string} */ id, /** @type {string} */ options = "") => ask(`/api/data/v9.2/${SETS[table] ?? table}(${id})${options}`),
    /** @param {string} table @param {string} [options] */
    retrieveMultipleRecords: async (table, options = "") => ({ entities: (await ask(`/api/data/v9.2/${SETS[table] ?? table}${options}`)).value }),
    online: { execute },
  },
  Utility: { getGlobalContext: () => ({ getWebResourceUrl: addressOf, userSettings: { languageId: 1033 } }) },
};

/** @param {Workspace} workspace */
export const microsoft = (workspace) => ({
  Omnichannel: {
    getConversationId: async () => workspace.focused && `{${workspace.focused.toUpperCase()}}`,
    getConversations: async () => [...workspace.sessions.values()].map((id) => ({ conversationId: id })),
    /** @param {string} text @param {boolean} [toSendBox] @param {string} [id] */
    async sendMessageToConversation(text, toSendBox = true, id = workspace.focused) {
      if (id === undefined) throw new Error("no conversation");
      return toSendBox ? workspace.toSendBox(text, id) : workspace.send(text, id);
    },
  },
  Apm: {
    getEventPublisherTopic: (/** @type {string} */ name) => `stand-in.${name}`,
    getFocusedSession: () => ({ sessionId: workspace.focused }),
  },
});
