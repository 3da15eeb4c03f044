// @ts-check
/**
 * What one transaction joins: windows that are known, and what is told of them, by the keys that they share.
 *
 * @import { OutboxItem } from "../port.js"
 */

/** `text`: the JSON of the state. @typedef {{ keys: string[], text: string, item?: OutboxItem | undefined }} Join */

/** A window as it stands. @typedef {{ id: number, keys: [key: string, at: number][], state: string }} Known */

/**
 * What becomes one window. `own`: keys that this very transaction names.
 * @typedef {{ known: Map<number, Known>, keys: Map<string, number>, own: Set<string>, parts: string[], joins: Join[] }} Group
 */

/** @param {Group} into @param {Group} from */
const absorb = (into, from) => {
  for (const [id, one] of from.known) into.known.set(id, one);
  for (const [key, at] of from.keys) into.keys.set(key, Math.min(at, into.keys.get(key) ?? at));
  for (const key of from.own) into.own.add(key);
  into.parts.push(...from.parts);
  into.joins.push(...from.joins);
};

/**
 * @param {readonly Join[]} joins
 * @param {(key: string) => Known | undefined} windowOf
 * @param {number} now
 * @returns {Set<Group>}
 */
export const groupsOf = (joins, windowOf, now) => {
  /** @type {Map<string, Group>} */
  const byKey = new Map();
  /** @type {Set<Group>} */
  const groups = new Set();
  /** @param {Group} group @param {Group | undefined} other */
  const join = (group, other) => {
    if (!other || other === group) return;
    absorb(group, other);
    for (const key of other.keys.keys()) byKey.set(key, group);
    groups.delete(other);
  };
  for (const one of joins) {
    /** @type {Group} */
    const group = { known: new Map(), keys: new Map(), own: new Set(one.keys), parts: [one.text], joins: [one] };
    groups.add(group);
    for (const key of one.keys) {
      const found = byKey.has(key) ? undefined : windowOf(key);
      if (found) {
        group.known.set(found.id, found);
        for (const [linked, at] of found.keys) {
          join(group, byKey.get(linked));
          group.keys.set(linked, at);
          byKey.set(linked, group);
        }
      }
      join(group, byKey.get(key));
      if (!group.keys.has(key)) group.keys.set(key, now);
      byKey.set(key, group);
    }
  }
  return groups;
};

/** Takes the oldest keys from a window that has too many, and none that was named just now. @param {Group} group @param {number} most @returns {string[]} those that went */
export const trimmed = ({ keys, own }, most) => {
  const over = keys.size - most;
  if (over <= 0) return [];
  const old = [...keys].filter(([key]) => !own.has(key)).sort(([a, atA], [b, atB]) => atA - atB || (a < b ? -1 : 1)).slice(0, over);
  for (const [key] of old) keys.delete(key);
  return old.map(([key]) => key);
};
