/**
 * What stands in for a desktop in the tests of the adapters (`tests/browser/adapter-contract.js`). Its box is a `textarea` inside `#composer`.
 *
 * @typedef {object} Host
 * @property {import("../../www/controller/adapter-port.js").Adapter & { send?: Function }} adapter
 * @property {() => { text?: string, sendId?: string, contentSid?: string, variables?: string[] }[]} sent everything that left; `sendId`: what type it had; `variables`: as `1=Layla`
 * @property {(text: string, atMs: number) => void} customerWrites
 * @property {(text: string) => void} colleagueWrites what the business writes by another way
 * @property {() => boolean} isAsBefore whether the desktop is as it was without the adapter
 * @property {Record<string, (text: string) => Promise<unknown>>} [routes] every way in which something leaves by code; of one that is stopped it rejects
 * @property {(error: Error) => void} [failNext] what is sent next does not leave: the desktop's own send fails with that
 * @property {() => HTMLTextAreaElement} [box]
 * @property {unknown} [templates] as `mount` takes them: one, `HX00000000000000000000000000000001`, with one variable
 */

/** The desktops of the contract, by name. @type {Record<string, (of: { now: () => number, business: string, customer: string }) => Promise<Host>>} */
export const HOSTS = {
  "twilio-conversations": async (of) => (await import("./twilio-conversations.js")).start(of),
  flex: async (of) => (await import("./flex.js")).start(of),
  chatwoot: async (of) => (await import("./chatwoot.js")).start(of),
};
