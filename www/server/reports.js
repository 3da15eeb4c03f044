// @ts-check
/** What the shield saw: counted, told to the host, one line in the log, and never in the way of the webhook. */

/**
 * `re-cut`: a signature that was accepted came with other parameters; no event. `suspicious`: a form of Twilio breaks its own
 * shape, see `reasons`; no event while `shapes` is `refuse`. `account-ambiguous`: a request names several accounts; refused.
 * `address-not-of-key`: the key that signed speaks for other addresses; refused. `replay-memory-full`: the store forgot
 * signatures before their time; what they signed could be used again. `standby`: a customer wrote to a number whose thread another
 * responder holds; the window opens, and who answers is asked first. `clock-suspect`: an event is dated over two minutes ahead of
 * this machine's clock; it counts from its receipt, and one of the two clocks is wrong.
 * `message-differs`: the provider knows another message under that id; no event. `message-unconfirmed`: it could not be asked; the message counts.
 *
 * @typedef {"clock-suspect" | "message-differs" | "message-unconfirmed" | "re-cut" | "suspicious" | "account-ambiguous" | "address-not-of-key" | "replay-memory-full" | "standby"} ReportCode
 */

/**
 * @typedef {object} Report
 * @property {ReportCode} code
 * @property {import("../../src/wire/types.d.ts").Suspicion[]} [reasons] of `suspicious`
 * @property {import("../engine/webhook.js").VerifiedWebhook} [webhook] what was signed, where the signature was checked
 */

/**
 * @param {((report: Report) => unknown) | undefined} onReport
 * @param {(line: string) => void} log
 */
export const reporter = (onReport, log) => {
  /** @type {Map<ReportCode, number>} */
  const counted = new Map();
  return {
    /** @param {Report} report */
    report(report) {
      counted.set(report.code, (counted.get(report.code) ?? 0) + 1);
      const reasons = report.reasons?.map(({ code, path }) => ` ${code} ${path}`).join(",") ?? "";
      log(`webhook: ${report.code}${reasons}`);
      // The host's fault is not the webhook's.
      new Promise((resolve) => resolve(onReport?.(report))).catch(() => log("webhook: onReport failed"));
    },
    /** How often each was reported. @returns {Partial<Record<ReportCode, number>>} */
    counts: () => Object.fromEntries(counted),
  };
};

/** @typedef {ReturnType<typeof reporter>} Reporter */
