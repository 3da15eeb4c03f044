/** The desktops of the contract, by name. @type {Record<string, (of: any) => any>} */
export const HOSTS = {
  "twilio-conversations": async (of) => (await import("./twilio-conversations.js")).start(of),
  flex: async (of) => (await import("./flex.js")).start(of),
  chatwoot: async (of) => (await import("./chatwoot.js")).start(of),
};
