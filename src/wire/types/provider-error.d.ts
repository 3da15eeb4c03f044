/** Providers, and what their error codes mean. */

/** Through whom a business sends: whose webhooks, templates and error codes they are. */
export type Provider = "twilio" | "meta";

/** Argument of `explainProviderError`. Without `provider` the number says whose it is: none belongs to both. */
export interface ProviderErrorCode { provider?: Provider; code: number }

/** What helps against a provider's refusal. */
export type ProviderErrorAction =
  | "alert-admin" | "allow-recipient" | "ask-for-number" | "change-message" | "check-log" | "fix-contact" | "fix-media"
  | "fix-message" | "fix-values" | "hide-template" | "join-sandbox" | "leave-it" | "other-channel" | "other-language"
  | "other-template" | "refresh-templates" | "report-bug" | "retry" | "shorten-values" | "show-code" | "shrink-media"
  | "split-text" | "stop" | "stop-marketing" | "tell-supervisor" | "tell-template-author" | "use-content-sid"
  | "use-template" | "wait";

/** Whom a code is about: for whom the next attempt would fail too. */
export type ProviderErrorConcern = "window" | "customer" | "template" | "message" | "account" | "provider";

/** Answer of `explainProviderError`: the row of one code. */
export interface ProviderErrorMeaning {
  /** Absent for a code that is in no list. */
  provider?: Provider;
  code: number;
  /** What happened, kebab-case and stable; `unknown` for a code that is in no list. */
  meaning: string;
  action: ProviderErrorAction;
  /** Who can do it. */
  actor: "agent" | "supervisor" | "administrator" | "template-author" | "developer" | "nobody";
  /** Absent for a code that is in no list. */
  concerns?: ProviderErrorConcern;
  /** Whether sending the same again can help. */
  retry: "no" | "after-change" | "later" | "once-later" | "back-off" | "after-24h";
  /** `closes`: it proves that the reply window is closed, whatever the clock says. */
  window: "closes" | "unchanged";
  /** `stops`: no utility message may be sent without a template any more. */
  directSend: "stops" | "unchanged";
  /** What it does to the template that was sent. */
  template: {
    /** `blocked`: for `forMs`, or until it is read anew. `noted`: worth telling. `marketing-stopped`: none of marketing to this customer. */
    kind: "unchanged" | "blocked" | "noted" | "marketing-stopped";
    reason?: { code: string; message: string };
    forMs?: number;
  };
  /** Key of its sentences; in the words of the interface `provider.` stands before it. */
  sentence: string;
  /** `documented` by the provider, `reported` in public, or `inferred`. Absent for a code that is in no list. */
  certainty?: "documented" | "reported" | "inferred";
  /** The address of what it rests on; absent where it is inferred. */
  source?: string;
  /** When it was compared with that, as `2026-11-28`. Absent for a code that is in no list. */
  checkedOn?: string;
  /** Since when the provider has it. Absent: it does not say. */
  effectiveFrom?: string;
}

/** Answer of `providerVerdict({ code })`: what an error code of Twilio or Meta says of the window or the template. */
export interface ProviderVerdict {
  kind: "window-closed" | "template-blocked" | "template-note" | "opted-out" | "unrelated";
  /** Whom it holds for: the window, this customer, the template whoever it is sent to, this message. Absent where `unrelated`. */
  concerns?: "window" | "customer" | "template" | "message";
  /** `meaning` of `explainProviderError`. */
  meaning: string;
  reason?: { code: string; message: string };
  /** How long a template stays blocked; absent: until it is read anew. */
  forMs?: number;
}

/** Argument of `explainError`. */
export interface ProviderError { provider: Provider; code: number }

/** Answer of `explainError`, before the sentences are added. */
export interface ErrorExplanation {
  /** `unknown` for a code that is not known. */
  code: string;
  action: string;
  retry: "no" | "after-change" | "later" | "once-later" | "back-off" | "after-24h";
  /** Whether it proves that the reply window is closed. */
  closesWindow: boolean;
  /** Key of its sentences. */
  sentence: string;
}
