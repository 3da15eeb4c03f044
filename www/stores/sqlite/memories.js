// @ts-check
/**
 * Sends, accepted signatures and changes.
 *
 * @import { Acceptance, SendRecord, SharedStore, SignedOnce } from "../port.js"
 * @import { Database } from "./database.js"
 */

/** @param {Database} database */
export const sendsIn = (database) => {
  const add = database.prepare("INSERT INTO send (id, record, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING");
  const addKey = database.prepare("INSERT INTO send_key (key, send) VALUES (?, ?) ON CONFLICT DO NOTHING");
  const get = database.prepare("SELECT record FROM send WHERE id = ?");
  const ofKey = database.prepare("SELECT send AS id FROM send_key WHERE key = ?");
  const expired = database.prepare("SELECT id FROM send WHERE at < ? ORDER BY at LIMIT 64");
  const drop = database.prepare("DELETE FROM send WHERE id = ?");
  const dropKeys = database.prepare("DELETE FROM send_key WHERE send = ?");
  /** @param {Record<string, unknown>[]} rows */
  const dropAll = (rows) => {
    for (const { id } of rows) {
      drop.run(String(id));
      dropKeys.run(String(id));
    }
  };
  return {
    /** @param {SendRecord} record @param {number} now */
    record({ id, keys, kind, atMs }, now) {
      if (add.run(id, JSON.stringify({ id, keys, kind, atMs }), now).changes === 0) return;
      for (const key of keys) addKey.run(key, id);
    },
    /** @param {string} id @returns {SendRecord | undefined} */
    read(id) {
      const row = get.get(id);
      return row && JSON.parse(String(row.record));
    },
    /** @param {readonly string[]} keys */
    forget: (keys) => keys.forEach((key) => dropAll(ofKey.all(key))),
    /** @param {number} before */
    expire: (before) => dropAll(expired.all(before)),
  };
};

/** @param {Database} database @param {"windows" | "accepted"} what @returns {() => number} bytes that it holds, estimated */
export const heldIn = (database, what) => {
  const held = database.prepare("SELECT bytes FROM held WHERE what = ?");
  return () => Number(held.get(what)?.bytes ?? 0);
};

/** @param {Database} database @param {{ keptMs: number, maxBytes: number }} limits */
export const acceptedIn = (database, { keptMs, maxBytes }) => {
  const get = database.prepare("SELECT digest, at, seen FROM accepted WHERE name = ? AND at >= ?");
  const drop = database.prepare("DELETE FROM accepted WHERE name = ?");
  const put = database.prepare("INSERT INTO accepted (name, digest, at, seen) VALUES (?, ?, ?, 0)");
  const mark = database.prepare("UPDATE accepted SET seen = 1 WHERE name = ?");
  const expire = database.prepare("DELETE FROM accepted WHERE name IN (SELECT name FROM accepted WHERE at < ? ORDER BY at LIMIT 64)");
  const dropOldest = database.prepare("DELETE FROM accepted WHERE name IN (SELECT name FROM accepted ORDER BY at LIMIT 64)");
  const held = heldIn(database, "accepted");
  /** Makes room for a while, so that it is told once. @returns {boolean} whether something had to go before its time */
  const shrink = () => {
    if (held() <= maxBytes) return false;
    while (held() > maxBytes - maxBytes / 8 && Number(dropOldest.run().changes) > 0);
    return true;
  };
  /** The first word stays. @param {string} name @param {string} digest @param {number} atMs */
  const first = (name, digest, atMs) => {
    const known = get.get(name, atMs - keptMs);
    if (!known) {
      drop.run(name);
      put.run(name, digest, atMs);
    }
    return { digest: String(known?.digest ?? digest), atMs: Number(known?.at ?? atMs), seen: known?.seen === 1 };
  };
  return {
    /** @param {SignedOnce} signed @returns {Acceptance} */
    accept({ fingerprint, digest, ids, atMs }) {
      const name = `signature/${fingerprint}`;
      const signed = first(name, digest, atMs);
      if (signed.digest !== digest) return { kind: "re-cut", atMs: signed.atMs, ids: {} };
      if (!signed.seen) mark.run(name);
      const times = Object.fromEntries(ids.map((id) => [id, first(`id/${id}`, "", atMs).atMs]));
      /** @type {Acceptance} */
      const acceptance = { kind: signed.seen ? "repeat" : "new", atMs: signed.atMs, ids: times };
      return shrink() ? { ...acceptance, full: true } : acceptance;
    },
    /** @param {number} now */
    expire: (now) => expire.run(now - keptMs),
  };
};

/** @param {Database} database */
export const changesIn = (database) => {
  const run = String(database.prepare("SELECT value FROM note WHERE name = 'store'").get()?.value);
  const ends = database.prepare("SELECT (SELECT min(number) FROM change) AS first, (SELECT seq FROM sqlite_sequence WHERE name = 'change') AS last");
  const after = database.prepare("SELECT number, keys FROM change WHERE number > ? ORDER BY number LIMIT ?");
  const forget = database.prepare("UPDATE change SET keys = '[]' WHERE EXISTS (SELECT 1 FROM json_each(change.keys) WHERE value = ?)");
  return {
    /** @type {SharedStore["changes"]} */
    async changes(cursor, limit = 1000) {
      const row = ends.get();
      const [last, first] = [Number(row?.last ?? 0), Number(row?.first ?? 1)];
      const number = cursor?.startsWith(`${run}.`) ? Number(cursor.slice(run.length + 1)) : NaN;
      const from = cursor === undefined ? last : number;
      if (!(from >= first - 1 && from <= last)) return { changes: [], cursor: `${run}.${last}`, missed: true };
      const rows = after.all(from, limit);
      const changes = rows.map((found) => ({ cursor: `${run}.${found.number}`, keys: JSON.parse(String(found.keys)) }));
      return { changes: changes.filter(({ keys }) => keys.length > 0), cursor: changes.at(-1)?.cursor ?? `${run}.${from}`, missed: false };
    },
    /** @param {readonly string[]} keys */
    forget: (keys) => keys.forEach((key) => forget.run(key)),
  };
};
