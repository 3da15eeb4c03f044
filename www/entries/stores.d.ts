/** The store port: what a store of windows implements. */
export type {
  Acceptance, ChangesPage, ClosingPage, ClosingRange, ClosingWindow, DeadLetter, Outbox, OutboxClaim, OutboxItem, OutboxOutcome, SendRecord,
  SharedStore, SharedWindows, SignedOnce, Tally, TallyReport, WindowStore,
} from "../types/www/stores/port.js";
