/** Channels as they are set up. */

/** A channel as it is typed in the set-up form; an absent field is an empty one. */
export interface ChannelRecord {
  name?: string;
  /** `AC` and 32 hexadecimal digits. */
  accountSid?: string;
  /** Secret: 32 hexadecimal digits. */
  authToken?: string;
  /** Where Twilio posts what comes in; left out until the platform has shown it. */
  inboundUrl?: string;
  /** At most 200. */
  numbers?: NumberRecord[];
}

/** A WhatsApp number of a channel. */
export interface NumberRecord {
  name?: string;
  /** The WhatsApp account it belongs to: the channel's name, unless somebody changed it. */
  account?: string;
  /** E.164 with a leading plus, no spaces, no special characters. */
  number?: string;
  workStream?: string;
  /** At most 200. */
  templates?: { name?: string; contentSid?: string; language?: string }[];
}

/** Another channel of the same platform. */
export interface OtherChannel {
  name?: string;
  numbers?: string[];
}

/** One thing that is wrong with one field. */
export interface Finding {
  /** Stable; each has a sentence in every language of `www/i18n/channel`. */
  code: string;
  severity: "error" | "warning" | "note";
  /** `accountSid`, `numbers[0].number`, `numbers[0].templates[1].contentSid`. */
  field: string;
  /** The first wrong part, in UTF-16 units; equal where something is missing. */
  start: number;
  end: number;
  /** All wrong parts (at most 32), ascending. */
  marks: { start: number; end: number }[];
  /** One English sentence, which never holds what was typed. */
  message: string;
  /** What the whole field should be, where that is certain. In the field `authToken` it is as secret as the token. */
  repair?: string;
}

/** What an outage of an hour loses, by the addresses that Twilio has at a sender. */
export interface OutageCheck {
  /** Stable; has a sentence as that of a finding. */
  code: "outage-no-fallback" | "outage-fallback-unusable" | "outage-fallback-same-host" | "outage-fallback" | "outage-override";
  severity: "warning" | "note";
  /** One English sentence, which holds no part of an address. */
  message: string;
  /** Tries after the first, 0 to 5; absent, as the two below, where the address says what Twilio does not document. */
  retries?: number;
  /** After what Twilio tries again: no connection, no answer in time, an answer of 4xx, one of 5xx. Empty without tries. */
  retryAfter?: ("ct" | "rt" | "4xx" | "5xx")[];
  /** Milliseconds from the first try until Twilio gives up, 100 to 15,000. */
  withinMs?: number;
}

/** In the order of the form. */
export interface ChannelCheck {
  findings: Finding[];
  /** The URL that Twilio signs: the inbound URL without a fragment; absent where it cannot be one. */
  signedUrl?: string;
}
