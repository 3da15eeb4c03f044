// @ts-check
import { checkChannel, holdsSecret, withoutSecrets } from "../../engine/channel.js";
import { plainObject } from "../../engine/plain.js";
import { sameCustomer } from "../../engine/phone-number.js";
import { asker } from "./validate-ask.js";
import { checkedOptions } from "./validate-options.js";
import { accountResult, approvalResult, listSenders, senderResult, webhookResult } from "./senders.js";

/**
 * The Validate button: what only Twilio knows about a channel. It runs in middleware, because a browser cannot call
 * Twilio (no CORS), and because the Auth Token has no place there. The token is in no step, no log line and no error.
 *
 * @import { ChannelRecord, Finding, NumberRecord, OtherChannel, OutageCheck } from "../../../src/wire/types.d.ts"
 * @import { Ask, Trouble } from "./validate-ask.js"
 * @import { Result } from "./senders.js"
 */

/**
 * One step and its outcome.
 * @typedef {object} Step
 * @property {"form" | "account" | "sender" | "inbound-url" | "template"} step
 * @property {string} field of the record: `numbers[0].number`; empty for the form
 * @property {"ok" | "skipped" | Trouble} outcome
 * @property {string} code stable, kebab-case
 * @property {number} [providerCode] Twilio's error code
 * @property {string} [found] what Twilio has instead, without credentials and query
 * @property {OutageCheck} [outage] of an inbound URL that is right: how long Twilio tries again, whether a fallback URL catches what it gives up, and what an outage of an hour loses
 */

/**
 * @typedef {object} Validation
 * @property {"passed" | "failed" | "incomplete"} outcome `incomplete`: nothing is known to be wrong, but not all could be asked
 * @property {Step[]} steps in the order in which they were done
 * @property {Finding[]} findings of the offline check, without repairs of the token
 */

/**
 * @typedef {object} ValidateOptions
 * @property {typeof globalThis.fetch} [fetch]
 * @property {string} [baseUrl] @property {string} [messagingUrl] @property {string} [contentUrl]
 * @property {number} [timeoutMs] for each question
 * @property {AbortSignal} [signal] ends it early; what was not asked is `not-reachable`, `stopped`
 * @property {OtherChannel[]} [others] @property {string} [shownUrl] as in `checkChannel`
 * @property {(step: Omit<Step, "outcome" | "code"> & Partial<Step>) => void} [onStep] each step twice: when it begins, and with its outcome
 * @property {(line: string) => void} [log] one line for each step
 */

/** @typedef {{ accountSid: string, isSandbox(path: string): boolean, isWrong(path: string): boolean, inboundUrl: string | undefined, ask: Ask, api: string, messaging: string, content: string,
 *   run: (step: Step["step"], field: string, work: () => Result | Skipped | Promise<Result | Skipped>) => Promise<Step> }} Visit */
/** @typedef {{ outcome: "skipped", code: string }} Skipped */

/** @type {Skipped} */
const FORM_FIRST = { outcome: "skipped", code: "form-has-errors" };

/** @param {string} url */
const trimmed = (url) => url.replace(/\/+$/, "");

/** Steps are told as they begin and end. @param {ValidateOptions} options @param {Step[]} steps @param {string} token @returns {Visit["run"]} */
const runner = ({ onStep, log }, steps, token) => async (step, field, work) => {
  onStep?.({ step, field });
  const { found, ...result } = /** @type {Result} */ (await work());
  const done = /** @type {Step} */ ({ step, field, ...result, ...(found === undefined || holdsSecret(found, token) ? {} : { found }) });
  steps.push(done);
  onStep?.(done);
  log?.(`channel: ${step}${field && ` ${field}`}: ${done.outcome} (${done.code}${done.providerCode ? ` ${done.providerCode}` : ""})`);
  return done;
};

/**
 * No sender has this number; perhaps one has another form of it, such as Mexico's old one with a 1 behind the country code.
 *
 * @param {string} number @param {Map<string, string>} senders
 * @returns {Result}
 */
const unknownSender = (number, senders) => {
  const found = [...senders.keys()].find((other) => sameCustomer(number, other).kind === "yes");
  return found === undefined ? { outcome: "wrong", code: "sender-unknown" } : { outcome: "wrong", code: "sender-other-form", found };
};

/** @param {NumberRecord} number @param {string} path @param {Visit} visit @param {Awaited<ReturnType<typeof listSenders>>} list */
const visitNumber = async ({ number = "", templates }, path, visit, list) => {
  const { ask, run, messaging, inboundUrl } = visit;
  /** @type {any} */
  let sender;
  if (visit.isSandbox(`${path}.number`)) {
    await run("sender", `${path}.number`, () => ({ outcome: "skipped", code: "sandbox" }));
  } else {
    await run("sender", `${path}.number`, async () => {
      if (!("sids" in list)) return list;
      const sid = list.sids.get(number);
      if (sid === undefined) return unknownSender(number, list.sids);
      const answer = await ask(`${messaging}/v2/Channels/Senders/${encodeURIComponent(sid)}`);
      if (!("body" in answer)) return answer;
      sender = answer.body;
      return senderResult(sender);
    });
    await run("inbound-url", `${path}.number`, () => (sender ? webhookResult(sender, inboundUrl) : { outcome: "skipped", code: "sender-not-seen" }));
  }
  for (const [index, template] of (templates ?? []).entries()) {
    const own = `${path}.templates[${index}]`;
    await run("template", `${own}.contentSid`, () => (visit.isWrong(`${own}.contentSid`) || visit.isWrong(`${own}.language`) ? FORM_FIRST : visitTemplate(template, visit)));
  }
};

/** @param {{ contentSid?: string, language?: string }} template @param {Visit} visit @returns {Promise<Result>} */
const visitTemplate = async ({ contentSid = "", language }, { ask, content }) => {
  const url = `${content}/v1/Content/${encodeURIComponent(contentSid)}`;
  const found = await ask(url);
  if (!("body" in found)) return found.code === "not-found" ? { ...found, code: "template-unknown" } : found;
  if (found.body.language !== language) return { outcome: "wrong", code: "template-language", found: String(found.body.language).slice(0, 20) };
  const approval = await ask(`${url}/ApprovalRequests`);
  return "body" in approval ? approvalResult(approval.body) : approval;
};

/** @param {Visit} visit */
const visitAccount = ({ accountSid, ask, api, run }) =>
  run("account", "accountSid", async () => {
    const answer = await ask(`${api}/2010-04-01/Accounts/${encodeURIComponent(accountSid)}.json`);
    if ("body" in answer) return accountResult(answer.body, accountSid);
    return answer.code === "not-found" ? { ...answer, code: "account-unknown" } : answer;
  });

/** @param {Step[]} steps @returns {Validation["outcome"]} */
const verdict = (steps) => {
  if (steps.some(({ outcome }) => outcome === "wrong")) return "failed";
  return steps.some(({ outcome }) => outcome === "not-allowed" || outcome === "not-reachable") ? "incomplete" : "passed";
};

/**
 * Asks Twilio whether the account exists and is active, whether each number is one of its WhatsApp senders and online,
 * whether its messages go to the inbound URL, what an outage of an hour there would lose, and whether its templates are approved. What the offline check calls an
 * error is not asked about.
 *
 * @param {ChannelRecord} record with the Auth Token
 * @param {ValidateOptions} [given]
 * @returns {Promise<Validation>}
 * @throws {import("../../engine/errors.js").ReplyWindowError} as `checkChannel`, and for wrong options; what Twilio says is a step, never an error
 * @example
 * const { outcome, steps } = await validateChannel(record, { onStep: (step) => show(step) });
 */
export const validateChannel = async (record, given = {}) => {
  const options = checkedOptions(given);
  const { fetch = globalThis.fetch, timeoutMs = 10_000, signal, others, shownUrl } = options;
  const channel = plainObject(record, "channel");
  const { findings, signedUrl } = checkChannel(channel, { ...(others ? { others } : {}), ...(shownUrl === undefined ? {} : { shownUrl }) });
  const { accountSid, authToken } = channel;
  const numbers = /** @type {NumberRecord[]} */ (channel.numbers ?? []);
  /** @type {Step[]} */
  const steps = [];
  const run = runner(options, steps, authToken ?? "");
  const result = () => ({ outcome: verdict(steps), steps, findings: withoutSecrets(findings, authToken ?? "") });
  const errors = new Set(findings.filter(({ severity }) => severity === "error").map(({ field }) => field));
  const isWrong = (/** @type {string} */ path) => errors.has(path);
  await run("form", "", () => (errors.size > 0 ? { outcome: "wrong", code: "form-has-errors" } : { outcome: "ok", code: "form-sound" }));
  if (isWrong("accountSid") || isWrong("authToken")) {
    await run("account", "accountSid", () => FORM_FIRST);
    return result();
  }
  // The number that all users of Twilio's sandbox share is no sender of anybody's account.
  const isSandbox = (/** @type {string} */ path) => findings.some(({ code, field }) => code === "number-sandbox" && field === path);
  const visit = {
    accountSid, isSandbox, isWrong, run, inboundUrl: signedUrl, ask: asker({ accountSid, authToken, fetch, timeoutMs, signal }),
    api: trimmed(options.baseUrl ?? "https://api.twilio.com"),
    messaging: trimmed(options.messagingUrl ?? "https://messaging.twilio.com"),
    content: trimmed(options.contentUrl ?? "https://content.twilio.com"),
  };
  if ((await visitAccount(visit)).outcome !== "ok") return result();
  const list = numbers.some((_, index) => !isSandbox(`numbers[${index}].number`)) ? await listSenders(visit.ask, visit.messaging) : { sids: new Map() };
  for (const [index, number] of numbers.entries()) {
    const path = `numbers[${index}]`;
    if (isWrong(`${path}.number`)) await run("sender", `${path}.number`, () => FORM_FIRST);
    else await visitNumber(number, path, visit, list);
  }
  return result();
};
