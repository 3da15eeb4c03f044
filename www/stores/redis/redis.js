// @ts-check
import { fault } from "../../engine/fault.js";
import { closesAtBy } from "../closing.js";
import { KEEP_TALLIES_MS } from "../port.js";
import { ACCEPT } from "./accept-script.js";
import { changesOn, closingOn, listOn } from "./lists.js";
import { bringAlong } from "./older.js";
import { outboxOn } from "./outbox.js";
import { ERASE } from "./scripts.js";
import { connect, placesIn, scriptsOn } from "./server.js";
import { talliesOn } from "./tallies.js";
import { escaped, unescaped } from "./text.js";
import { heldAt, windowsOn } from "./windows.js";

/**
 * @import { ClosesAt } from "../closing.js"
 * @import { SendRecord, SharedStore } from "../port.js"
 * @import { Send } from "./server.js"
 * @import { Redis } from "./windows.js"
 */

const DAY_MS = 24 * 60 * 60 * 1000;

/** The version of what is written; with the number of tags it stands in the store. 1: a hash for each window. 2: a text, see `text.js`. */
const VERSION = 2;

/** Makes the place ours, or brings it to this release's version. @param {Pick<Redis, "send" | "run" | "places">} redis @param {string} prefix @param {number} tags */
const claim = async (redis, prefix, tags) => {
  const { send } = redis;
  const name = `${prefix}:layout`;
  const mine = `${VERSION} ${tags}`;
  const known = (await send(name, ["SET", name, mine, "NX", "GET"])) ?? mine;
  const [version, has] = String(known).split(" ").map(Number);
  if (!version || version > VERSION) throw fault("store-too-new", "prefix", `the store has version ${version}, this release knows ${VERSION}: use a newer release`);
  if (has !== tags) throw fault("store-other-tags", "tags", `the store was begun with ${has} tags, which cannot be changed`);
  if (version === VERSION) return;
  await bringAlong(redis);
  await send(name, ["SET", name, mine]);
};

/** @param {Redis} redis @returns {Pick<SharedStore, "recordSend" | "sendRecord"> & { forget: (keys: string[]) => Promise<void> }} */
const sendsOn = ({ send, places, keepMs }) => {
  /** @param {string} id */
  const nameOf = (id) => `${places.of(id)}m:${id}`;
  /** @param {string} key */
  const listOf = (key) => `${places.ofKey(key)}u:${key}`;
  /** @param {string} id @param {readonly string[]} keys */
  const list = async (id, keys) => {
    for (const name of keys.map(listOf)) {
      await send(name, ["SADD", name, id]);
      await send(name, ["PEXPIRE", name, String(keepMs)]);
    }
  };
  /** @param {string} id @returns {Promise<SendRecord | undefined>} */
  const sendRecord = async (id) => {
    const text = await send(nameOf(id), ["GET", nameOf(id)]);
    return text === null ? undefined : JSON.parse(text);
  };
  /** What was first said to be another's is not theirs. @param {readonly string[]} ids @param {string} key */
  const drop = async (ids, key) => {
    for (const id of ids) if ((await sendRecord(id))?.keys.includes(key)) await send(nameOf(id), ["DEL", nameOf(id)]);
  };
  return {
    async recordSend({ id, keys, kind, atMs }) {
      // The lists first: whoever erases finds every record that is there, also that of a process that died here. And afterwards: who erased in between took them.
      await list(id, keys);
      await send(nameOf(id), ["SET", nameOf(id), JSON.stringify({ id, keys, kind, atMs }), "NX", "PX", String(keepMs)]);
      await list(id, keys);
    },
    sendRecord,
    async forget(keys) {
      for (const key of keys) {
        const name = listOf(key);
        const ids = /** @type {string[]} */ (await send(name, ["SMEMBERS", name]));
        await drop(ids, key);
        if (ids.length > 0) await send(name, ["SREM", name, ...ids]);
        // Those that were listed and written only now; what is listed from here on, the next who erases finds.
        await drop(ids, key);
      }
    },
  };
};

/** @param {Redis} redis @param {{ replayMs: number, maxBytes: number }} limits of one place @returns {SharedStore["accept"]} */
const acceptOn = ({ run, places }, { replayMs, maxBytes }) => {
  /** @param {string} name @param {string} of @param {string} digest @param {number} atMs */
  const first = async (name, of, digest, atMs) => {
    const place = places.of(of);
    const given = [place, name, digest, String(atMs), String(replayMs), String(Math.floor(maxBytes))];
    const [known, at, wasThere, full] = await run(ACCEPT, [`${place}${name}`, `${place}y`, `${place}x`], given);
    return { digest: String(known), atMs: Number(at), wasThere: Boolean(wasThere), full: Boolean(full) };
  };
  return async ({ fingerprint, digest, ids, atMs }) => {
    const signed = await first(`a:${fingerprint}`, fingerprint, digest, atMs);
    if (signed.digest !== digest) return { kind: "re-cut", atMs: signed.atMs, ids: {} };
    // After the signature: nothing of a request that was cut anew is remembered. Whoever dies in between is mended by the repetition.
    const known = await Promise.all(ids.map((id) => first(`j:${id}`, id, "", atMs)));
    const times = Object.fromEntries(ids.map((id, at) => [id, known[at]?.atMs ?? atMs]));
    const full = [signed, ...known].some((one) => one.full);
    return { kind: signed.wasThere ? "repeat" : "new", atMs: signed.atMs, ids: times, ...(full && { full }) };
  };
};

/** @param {Redis} redis @param {string} prefix @returns {Pick<SharedStore, "note" | "setNote" | "ping">} */
const notesOn = ({ send }, prefix) => {
  /** @param {string} name */
  const nameOf = (name) => `${prefix}:note:${name}`;
  return {
    note: async (name) => (await send(nameOf(name), ["GET", nameOf(name)])) ?? undefined,
    setNote: async (name, value) => void (await send(nameOf(name), ["SET", nameOf(name), value])),
    ping: async () => void (await send(nameOf(""), ["PING"])),
  };
};

/**
 * A window store in Redis (7.0 or newer) or Valkey: for several processes on several nodes. A batch of webhooks is joined by one
 * script; windows go by themselves 8 days after their last change (`keepMs`), sends as well, accepted signatures after `replayMs` (30 days).
 * What survives a crash of the server is what the server was told to keep (`appendfsync always` keeps all that was answered).
 *
 * @param {{ url: string, send?: undefined } | { send: Send, url?: undefined }} server an address for `@redis/client`, which you install, or
 *   what sends a command by means of another client
 * They are bounded in bytes, too (estimated; `maxWindowBytes`, 1 GiB, and `maxReplayBytes`, 256 MiB, shared by the tags alike): beyond it the windows
 * that were quiet longest go (`window-memory-full` in the `log`), and the oldest signatures, which the receiver reports. A window has at most 64
 * keys (`window-keys-full`).
 *
 * @param {{ prefix?: string, tags?: number, keepMs?: number, replayMs?: number, now?: () => number, closesAt?: ClosesAt, waitMs?: number, maxBatch?: number,
 *   maxWindowBytes?: number, maxReplayBytes?: number, keepTalliesMs?: number, log?: (line: string) => void }} [options]
 *   `tags` (1): over so many slots the business numbers are spread; it cannot be changed later. `waitMs` (2), `maxBatch` (32): what one script gathers. `keepTalliesMs`: 400 days
 * @returns {Promise<SharedStore>}
 * @throws {import("../../engine/errors.js").ReplyWindowError} `redis-client-missing`, `store-too-new`, `store-other-tags`; the client's own where no server answers
 * @example
 * const store = await redisStore({ url: "redis://127.0.0.1:6379" });
 */
export const redisStore = async (server, { prefix = "rw", tags = 1, keepMs = 8 * DAY_MS, replayMs = 30 * DAY_MS, now = Date.now, closesAt = closesAtBy(), waitMs = 2, maxBatch = 32, maxWindowBytes = 2 ** 30, maxReplayBytes = 2 ** 28, keepTalliesMs = KEEP_TALLIES_MS, log: write = console.warn } = {}) => {
  const { send, close } = server.send ? { send: server.send, close: async () => {} } : await connect(server.url);
  /** @type {Redis} */
  const redis = { send, run: scriptsOn(send), places: placesIn(prefix, tags), keepMs, now, closesAt, maxBytes: maxWindowBytes / tags, tell: (code) => write(`store: ${code}`) };
  try {
    await claim(redis, prefix, tags);
  } catch (error) {
    await close();
    throw error;
  }
  const [windows, log, sends, handing] = [windowsOn(redis, { waitMs, maxBatch }), changesOn(redis), sendsOn(redis), outboxOn(redis)];
  return {
    ...windows,
    windows: listOn(redis),
    recordSend: sends.recordSend,
    sendRecord: sends.sendRecord,
    accept: acceptOn(redis, { replayMs, maxBytes: maxReplayBytes / tags }),
    closing: closingOn(redis),
    changes: log.changes,
    async erase(keys) {
      /** @type {string[]} */
      const linked = [];
      for (const [place, some] of redis.places.group(keys, (key) => key)) linked.push(...(await redis.run(ERASE, heldAt(place), [place, ...some.map(escaped)])).map(unescaped));
      await sends.forget([...new Set([...keys, ...linked])]);
      await handing.forget([...new Set([...keys, ...linked])]);
      for (const place of new Set(keys.map(redis.places.ofKey))) await log.forget(place, new Set([...keys, ...linked]));
      return linked.length > 0;
    },
    outbox: handing.outbox,
    ...talliesOn(redis, keepTalliesMs),
    ...notesOn(redis, prefix),
    async close() {
      await windows.close();
      await close();
    },
  };
};
