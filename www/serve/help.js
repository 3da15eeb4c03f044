// @ts-check
/** Everything that can be told to the service, in one table; `--help` is made of it. */

/**
 * @typedef {object} Setting
 * @property {string} name `RW_` and this in the environment; a flag of the same name, unless it is a secret
 * @property {string} help
 * @property {string} [fallback]
 * @property {true} [isSecret] no flag: other users of the machine read those. `RW_…_FILE` names a file that holds it.
 */

/** @type {readonly Setting[]} */
export const SETTINGS = [
  { name: "PORT", help: "port to listen on", fallback: "8080" },
  { name: "HOST", help: "address to listen on; 0.0.0.0 for all", fallback: "127.0.0.1" },
  { name: "PUBLIC_URL", help: "the https address under which the providers reach this service, without a path; http for localhost alone" },
  { name: "STORE", help: "sqlite:FILE, redis://HOST:PORT, rediss://… or memory", fallback: "sqlite:reply-window.db" },
  { name: "KEEP_DAYS", help: "days for which a window is kept after its last change, and a send", fallback: "8" },
  { name: "KEEP_SIGNED_DAYS", help: "days for which hashes of accepted requests are kept, so that an old one cannot be used again; at least KEEP_DAYS", fallback: "30" },
  { name: "TWILIO_AUTH_TOKENS", help: "Auth Tokens by which Twilio signs, the current one first, a comma or a line between", isSecret: true },
  { name: "TWILIO_ACCOUNT_SID", help: "with it and NUMBERS, what was missed in an outage is read from Twilio afterwards" },
  { name: "TWILIO_API_URL", help: "where Twilio's API answers", fallback: "https://api.twilio.com" },
  { name: "NUMBERS", help: "our WhatsApp numbers, E.164, a comma between" },
  { name: "META_APP_SECRETS", help: "app secrets by which Meta signs, the current one first", isSecret: true },
  { name: "META_VERIFY_TOKEN", help: "the word of Meta's handshake", isSecret: true },
  { name: "TOKENS", help: "who may ask, a line each: TOKEN, what it may (read,send,erase,metrics,relay,tally,report), and perhaps our numbers that it is limited to (+1…,+2…)", isSecret: true },
  { name: "ORIGINS", help: "origins of pages that may ask, such as https://desk.example.com, without a slash at the end, a comma between; never *" },
  { name: "UNKNOWN", help: "what becomes of free text in an unknown window: block, or ask", fallback: "block" },
  { name: "REMINDERS", help: "minutes before closing at which the stream and REMINDER_URL are told, a comma between" },
  { name: "REMINDER_URL", help: "where reminders are posted to, signed as Standard Webhooks" },
  { name: "REMINDER_SECRET", help: "whsec_… by which they are signed", isSecret: true },
  { name: "RELAY_URL", help: "another receiver that Twilio's messages are handed on to (Dynamics 365's inbound URL, say); Event Streams need no relay" },
  { name: "RELAY", help: "async: Twilio is answered at once; sync: it is answered what RELAY_URL answers within 10 s", fallback: "async" },
  { name: "RELAY_KEYS", help: "base64 of 32 bytes (openssl rand -base64 32) by which what waits is encrypted, the current one first; needed with RELAY_URL", isSecret: true },
  { name: "RELAY_PRIVATE_HOSTS", help: "hosts of the own network that RELAY_URL may lead to, a comma between; none" },
  { name: "REPORT", help: "on: counts for supervisors are kept, told by desktops and shown under /report; without text, and without anybody in them", fallback: "off" },
  { name: "KEEP_REPORT_DAYS", help: "days for which those counts are kept", fallback: "400" },
  { name: "MAX_STREAMS", help: "event streams at once", fallback: "1000" },
];

/** @param {string} name */
export const flagOf = (name) => name.toLowerCase().replaceAll("_", "-");

/** @param {string | undefined} command @param {readonly string[]} rest @returns {"help" | "serve" | undefined} */
export const command = (command, rest) => {
  if (["help", "--help", "-h"].includes(command ?? "") || (command === "serve" && rest.some((one) => one === "--help" || one === "-h"))) return "help";
  return command === "serve" ? "serve" : undefined;
};

/** @param {Setting} setting */
const lines = ({ name, help, fallback, isSecret }) => {
  const names = isSecret ? `RW_${name} or RW_${name}_FILE` : `--${flagOf(name)}, RW_${name}`;
  return `  ${names}\n      ${help}${fallback === undefined ? "" : ` (${fallback})`}`;
};

export const helpText = () => `reply-window serve: receives the webhooks of Twilio and Meta, and tells desktops how reply windows stand

${SETTINGS.map(lines).join("\n")}

Flags come before the environment. Secrets have no flags. A name with RW_ that is not in this list is an error.
The HTTP library comes with: npm install hono @hono/node-server (and @redis/client for Redis).
The answers are described under /openapi.json.`;
