// @ts-check
/** What flags and environment say, checked; what is missing or wrong is told in one sentence. */
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { MIN_TOKEN, PERMISSIONS, TOKEN } from "../service/access.js";
import { SETTINGS, flagOf } from "./help.js";

/** @import { Permission, Token } from "../service/access.js" */

/** @typedef {Record<string, string | undefined>} Values */

/** @param {string} file @param {string} name */
const fileText = (file, name) => {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new Error(`RW_${name}_FILE names a file that cannot be read: ${/** @type {NodeJS.ErrnoException} */ (error).code}`);
  }
};

/** @param {readonly string[]} args @returns {Record<string, string | undefined>} by flag */
const flagsOf = (args) => {
  const flags = SETTINGS.filter(({ isSecret }) => !isSecret).map(({ name }) => flagOf(name));
  try {
    return /** @type {any} */ (parseArgs({ args: [...args], options: Object.fromEntries(flags.map((flag) => [flag, { type: "string" }])), strict: true }).values);
  } catch (error) {
    throw new Error(`${String(/** @type {Error} */ (error).message).split(". ")[0]} (reply-window serve --help)`);
  }
};

/** @param {readonly string[]} args @param {Record<string, string | undefined>} env @returns {Values} */
const valuesOf = (args, env) => {
  const known = new Set(SETTINGS.flatMap(({ name, isSecret }) => [`RW_${name}`, ...(isSecret ? [`RW_${name}_FILE`] : [])]));
  for (const name of Object.keys(env)) if (name.startsWith("RW_") && !known.has(name)) throw new Error(`${name} is no setting of this service (reply-window serve --help)`);
  const flags = flagsOf(args);
  return Object.fromEntries(SETTINGS.map(({ name, isSecret, fallback }) => {
    const [given, file] = [env[`RW_${name}`], isSecret ? env[`RW_${name}_FILE`] : undefined];
    if (given && file) throw new Error(`give RW_${name} or RW_${name}_FILE, not both`);
    const value = (isSecret ? undefined : flags[flagOf(name)]) ?? (file ? fileText(file, name) : given);
    return [name, value?.trim() ? value.trim() : fallback];
  }));
};

/** @param {string | undefined} text */
const listOf = (text) => (text ?? "").split(/[\n,]/).map((one) => one.trim()).filter((one) => one !== "");

/** @param {Values} values @param {string} name @param {number} least @param {number} most */
const numberOf = (values, name, least, most) => {
  const number = Number(values[name]);
  if (!Number.isInteger(number) || number < least || number > most) throw new Error(`RW_${name} is a whole number from ${least} to ${most}`);
  return number;
};

/** @param {string | undefined} text @returns {Token[]} */
const tokensOf = (text) => (text ?? "").split("\n").map((line) => line.trim()).filter((line) => line !== "" && !line.startsWith("#")).map((line, place, lines) => {
  const [token = "", may, businesses, more] = line.split(/\s+/);
  const which = `line ${place + 1} of RW_TOKENS`;
  if (token.length < MIN_TOKEN) throw new Error(`${which}: a token has at least ${MIN_TOKEN} characters`);
  if (!TOKEN.test(token)) throw new Error(`${which}: a token is of visible ASCII characters, since a header carries no others`);
  if (lines.findIndex((other) => other.split(/\s+/)[0] === token) < place) throw new Error(`${which}: the token of an earlier line; all that it may stands in one line, a comma between`);
  if (may === undefined) throw new Error(`${which}: after the token stands what it may, such as \`read\` (of ${PERMISSIONS.join(",")})`);
  const permissions = /** @type {Permission[]} */ (may.split(","));
  const wrong = permissions.find((one) => !PERMISSIONS.includes(one));
  if (wrong !== undefined || more !== undefined) throw new Error(`${which}: expected TOKEN, then some of ${PERMISSIONS.join(",")}, then perhaps numbers`);
  return { token, may: permissions, ...(businesses === undefined ? {} : { businesses: businesses.split(",") }) };
});

/** What only this machine reaches needs no https. */
const HERE = /^(?:localhost|.*\.localhost|127(?:\.\d+){3}|\[::1\])$/;

/** @param {string | undefined} text */
const publicUrlOf = (text) => {
  if (!text) throw new Error("RW_PUBLIC_URL is missing: the signature of a webhook covers the address that the provider knows");
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:\/\/[^/]/.test(text) || !/^https?:$/.test(url.protocol)) throw new Error("RW_PUBLIC_URL is an address such as https://windows.example.com");
  if (url.protocol === "http:" && !HERE.test(url.hostname)) throw new Error("RW_PUBLIC_URL begins with https://, since providers call no other address; http:// is for localhost alone");
  if (url.pathname !== "/" || /[?#@]/.test(text)) throw new Error(`RW_PUBLIC_URL has no path, query or user: ${url.origin} (the paths are the service's own, such as /twilio/inbound)`);
  return text.replace(/\/+$/, "");
};

/** As a browser sends it in `Origin`. @param {string | undefined} text */
const originsOf = (text) => listOf(text).map((origin) => {
  if (origin === "*") throw new Error("RW_ORIGINS are pages by name, such as https://desk.example.com, never *");
  const url = URL.canParse(origin) && /^https?:\/\//i.test(origin) ? new URL(origin) : undefined;
  if (url === undefined) throw new Error(`RW_ORIGINS are addresses such as https://desk.example.com, not ${origin.slice(0, 100)}`);
  if (url.origin === origin) return origin;
  const what = origin === `${url.origin}/` ? "without the slash at its end" : "without a path, in small letters and without the standard port";
  throw new Error(`RW_ORIGINS: an origin stands ${what}: ${url.origin}`);
});

/** @param {Values} values @returns {{ kind: "memory" } | { kind: "sqlite", path: string } | { kind: "redis", url: string }} */
const storeOf = ({ STORE = "" }) => {
  if (STORE === "memory") return { kind: "memory" };
  if (/^sqlite:./.test(STORE)) return { kind: "sqlite", path: STORE.slice("sqlite:".length) };
  if (/^rediss?:\/\/./.test(STORE)) return { kind: "redis", url: STORE };
  throw new Error("RW_STORE is sqlite:FILE, redis://HOST:PORT or memory");
};

const DAY_MS = 24 * 60 * 60 * 1000;

/** A window of 24 hours and its margin have to fit in; what is repeated later is dated by the provider. @param {Values} values */
const keptOf = (values) => {
  const [days, signedDays] = [numberOf(values, "KEEP_DAYS", 2, 3_650), numberOf(values, "KEEP_SIGNED_DAYS", 2, 3_650)];
  if (signedDays < days) throw new Error("RW_KEEP_SIGNED_DAYS is at least RW_KEEP_DAYS: what is still kept must not be told anew");
  return { keepMs: days * DAY_MS, replayMs: signedDays * DAY_MS, keepTalliesMs: numberOf(values, "KEEP_REPORT_DAYS", 7, 3_650) * DAY_MS };
};

/** @param {Values} values */
const providersOf = (values) => {
  const [authTokens, appSecrets, numbers] = [listOf(values.TWILIO_AUTH_TOKENS), listOf(values.META_APP_SECRETS), listOf(values.NUMBERS)];
  if (authTokens.length === 0 && appSecrets.length === 0) throw new Error("RW_TWILIO_AUTH_TOKENS or RW_META_APP_SECRETS is missing: without one no webhook can be verified");
  if (appSecrets.length > 0 && !values.META_VERIFY_TOKEN) throw new Error("RW_META_VERIFY_TOKEN is missing: Meta asks for it when the webhook is set up");
  const bad = numbers.find((number) => !/^\+[1-9]\d{6,14}$/.test(number));
  if (bad !== undefined) throw new Error("RW_NUMBERS are E.164, such as +14155238886");
  const sid = values.TWILIO_ACCOUNT_SID;
  if (sid && !/^AC[0-9a-f]{32}$/i.test(sid)) throw new Error("RW_TWILIO_ACCOUNT_SID is AC and 32 hexadecimal digits");
  if (sid && (numbers.length === 0 || authTokens.length === 0)) throw new Error("with RW_TWILIO_ACCOUNT_SID, RW_NUMBERS and RW_TWILIO_AUTH_TOKENS are needed");
  return {
    ...(authTokens.length > 0 && { twilio: { authTokens, numbers, apiUrl: String(values.TWILIO_API_URL), ...(sid ? { accountSid: sid } : {}) } }),
    ...(appSecrets.length > 0 && { meta: { appSecrets, verifyToken: String(values.META_VERIFY_TOKEN) } }),
  };
};

/** @param {Values} values */
const remindersOf = ({ REMINDERS, REMINDER_URL, REMINDER_SECRET }) => {
  const minutes = listOf(REMINDERS).map(Number);
  if (!minutes.every((one) => Number.isInteger(one) && one > 0 && one < 1440)) throw new Error("RW_REMINDERS are whole minutes, such as 60,15");
  if ((REMINDER_URL === undefined) !== (REMINDER_SECRET === undefined)) throw new Error("RW_REMINDER_URL and RW_REMINDER_SECRET belong together");
  if (minutes.length === 0 && REMINDER_URL !== undefined) throw new Error("RW_REMINDERS is missing: the minutes before closing");
  if (minutes.length === 0) return undefined;
  return { thresholdsMs: minutes.map((one) => one * 60_000), ...(REMINDER_URL !== undefined && { url: REMINDER_URL, secret: String(REMINDER_SECRET) }) };
};

/** @param {Values} values */
const relayOf = ({ RELAY_URL: url, RELAY: mode, RELAY_KEYS, RELAY_PRIVATE_HOSTS }) => {
  if (mode !== "async" && mode !== "sync") throw new Error("RW_RELAY is async or sync");
  if (url === undefined && (mode === "sync" || RELAY_KEYS !== undefined || RELAY_PRIVATE_HOSTS !== undefined)) throw new Error("RW_RELAY_URL is missing: where webhooks are handed on to");
  if (url === undefined) return undefined;
  const keys = listOf(RELAY_KEYS);
  if (keys.length === 0) throw new Error("RW_RELAY_KEYS is missing: what waits to be handed on is encrypted (openssl rand -base64 32)");
  return { url, mode: /** @type {"async" | "sync"} */ (mode), keys, privateHosts: listOf(RELAY_PRIVATE_HOSTS) };
};

/**
 * @param {readonly string[]} args @param {Record<string, string | undefined>} env
 */
export const configOf = (args, env) => {
  const values = valuesOf(args, env);
  const { PUBLIC_URL, UNKNOWN, REPORT } = values;
  const publicUrl = publicUrlOf(PUBLIC_URL);
  if (UNKNOWN !== "ask" && UNKNOWN !== "block") throw new Error("RW_UNKNOWN is ask or block");
  if (REPORT !== "on" && REPORT !== "off") throw new Error("RW_REPORT is on or off");
  const [reminders, relay, providers] = [remindersOf(values), relayOf(values), providersOf(values)];
  if (relay && !("twilio" in providers)) throw new Error("RW_RELAY_URL hands on webhooks of Twilio: RW_TWILIO_AUTH_TOKENS is missing");
  return {
    port: numberOf(values, "PORT", 0, 65_535), host: String(values.HOST), publicUrl, store: storeOf(values), kept: keptOf(values),
    ...providers, tokens: tokensOf(values.TOKENS), origins: originsOf(values.ORIGINS),
    unknown: /** @type {"ask" | "block"} */ (UNKNOWN), maxStreams: numberOf(values, "MAX_STREAMS", 1, 100_000), report: REPORT === "on", ...(reminders && { reminders }), ...(relay && { relay }),
  };
};

/** @typedef {ReturnType<typeof configOf>} Config */
