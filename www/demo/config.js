// @ts-check
/** What the environment says. */

/** @typedef {{ accountSid: string, authToken: string, number: string }} Account */

const ACCOUNT = ["TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_WHATSAPP_NUMBER", "PUBLIC_URL"];

/** @param {string | undefined} text @param {string} name @param {number} fallback */
const portOf = (text, name, fallback) => {
  if (text === undefined || text === "") return fallback;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`${name} is a port from 0 to 65535`);
  return port;
};

/** @param {string | undefined} text @returns {number | undefined} */
const hoursOf = (text) => {
  if (text === undefined || text === "") return undefined;
  const hours = Number(text);
  if (!(hours > 0 && hours <= 8784)) throw new Error("REPLY_WINDOW_LENGTH_HOURS is a number of hours above 0");
  return Math.round(hours * 3_600_000);
};

/** @param {string | undefined} text @returns {"ask" | "block" | undefined} */
const unknownOf = (text) => {
  if (text === undefined || text === "") return undefined;
  if (text !== "ask" && text !== "block") throw new Error("REPLY_WINDOW_UNKNOWN is ask or block");
  return text;
};

/** @param {Record<string, string | undefined>} env @returns {{ twilio?: Account, publicUrl?: string }} */
const accountOf = (env) => {
  const given = ACCOUNT.filter((name) => env[name]);
  if (given.length === 0) return {};
  const missing = ACCOUNT.filter((name) => !env[name]);
  if (missing.length > 0) throw new Error(`to talk to Twilio itself, also set ${missing.join(", ")}`);
  const [accountSid, authToken, address, publicUrl] = ACCOUNT.map((name) => env[name]?.trim() ?? "");
  const number = String(address).replace(/^whatsapp:/, "");
  if (!/^AC[0-9a-f]{32}$/i.test(String(accountSid))) throw new Error("TWILIO_ACCOUNT_SID is AC and 32 hexadecimal digits");
  if (!/^\+[1-9]\d{6,14}$/.test(number)) throw new Error("TWILIO_WHATSAPP_NUMBER is a number such as +14155238886");
  if (!/^https?:\/\/[^/?#\s]+/.test(String(publicUrl))) throw new Error("PUBLIC_URL is the https address under which Twilio reaches this machine");
  return { twilio: { accountSid: String(accountSid), authToken: String(authToken), number }, publicUrl: String(publicUrl).replace(/\/+$/, "") };
};

/** `--redis URL`. @param {readonly string[]} args @returns {string | undefined} */
export const redisIn = (args) => {
  const [name, url, ...more] = args;
  if (name === undefined) return undefined;
  if (name !== "--redis" || more.length > 0) throw new Error("npm start takes --redis URL and nothing else (npm start -- --redis redis://127.0.0.1:6379)");
  if (!/^rediss?:\/\/./.test(url ?? "")) throw new Error("--redis needs an address such as redis://127.0.0.1:6379");
  return url;
};

/**
 * @param {Record<string, string | undefined>} env
 */
export const configOf = (env) => {
  const windowLengthMs = hoursOf(env.REPLY_WINDOW_LENGTH_HOURS);
  const unknown = unknownOf(env.REPLY_WINDOW_UNKNOWN);
  return {
    port: portOf(env.PORT, "PORT", 8063),
    standInPort: portOf(env.STAND_IN_PORT, "STAND_IN_PORT", 8064),
    ...(windowLengthMs === undefined ? {} : { windowLengthMs }),
    ...(unknown === undefined ? {} : { unknown }),
    ...accountOf(env),
  };
};
