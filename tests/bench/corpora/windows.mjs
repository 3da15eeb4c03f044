// Windows as a list of conversations holds them: three events of each customer, a minute between customers.

export const START = Date.UTC(2026, 10, 22);
/** Of the windows some are open, some closing, some closed. */
export const NOW = START + 26 * 3_600_000;

/** @param {number} window @param {number} record */
export const event = (window, record) => ({
  id: `SM${String(window).padStart(24, "0")}${String(record).padStart(8, "0")}`,
  log: /** @type {const} */ ("customer"), kind: /** @type {const} */ ("text"), receiptAtMs: START + (window % 1_440) * 60_000 + record * 1_000,
});

/** @param {number} windows @param {number} records */
export const events = (windows, records) => Array.from({ length: windows }, (_, n) => Array.from({ length: records }, (_, r) => event(n, r)));
