// @ts-check
/** Brings a store of an older version along, while nobody of that version is at work on it. */
import { HELD } from "./held.js";

/**
 * @import { Redis } from "./windows.js"
 */

/**
 * A window of the first version, which was a hash with a field for each record (`log|kind|id`) and each key (`k|key`), its names under `k:<key>`; what it weighed
 * stood in a hash of its own. KEYS: `z`, `d`, `b`, `t`, that hash. ARGV: prefix, name.
 */
const MOVE = `${HELD}
local key = ARGV[2]
local function escape(text)
  return (string.gsub(text, '[\\\\\\n\\t\\11\\12]', { ['\\\\'] = '\\\\\\\\', ['\\n'] = '\\\\n', ['\\t'] = '\\\\t', ['\\11'] = '\\\\v', ['\\12'] = '\\\\f' }))
end
local id = escape(key)
local old = prefix .. 'w:' .. key
if redis.call('TYPE', old).ok ~= 'hash' then return 0 end
local flat, left, keys, links, lines = redis.call('HGETALL', old), redis.call('PTTL', old), {}, {}, {}
for n = 1, #flat, 2 do
  local field, value = flat[n], flat[n + 1]
  if string.sub(field, 1, 2) == 'k|' then
    local other = string.sub(field, 3)
    redis.call('DEL', prefix .. 'k:' .. other)
    if other ~= key then
      links[#links + 1] = '@' .. escape(other) .. '\\t' .. value .. '\\n'
      keys[#keys + 1] = escape(other)
    end
  elseif field ~= 'r' then
    lines[#lines + 1] = escape(field) .. '\\t' .. value .. '\\n'
  end
end
local changed, weighed = tonumber(redis.call('ZSCORE', KEYS[3], key) or 0), tonumber(redis.call('HGET', KEYS[5], key) or 0)
local body = '\\n' .. table.concat(links) .. table.concat(lines)
local score, closes = score_of(changed, id, body), redis.call('ZSCORE', KEYS[1], key)
redis.call('DEL', old)
left = math.max(left, 1)
redis.call('SET', prefix .. 'w:' .. id, '0 ' .. plain(score) .. body, 'PX', left)
for _, other in ipairs(keys) do redis.call('SET', prefix .. 'w:' .. other, '=' .. id, 'PX', left) end
for n = 1, 3 do redis.call('ZREM', KEYS[n], key) end
if closes then redis.call('ZADD', KEYS[1], closes, id) else redis.call('ZADD', KEYS[2], 0, id) end
redis.call('ZADD', KEYS[3], plain(score), id)
redis.call('HDEL', KEYS[5], key)
weigh(weight_in(score) - weighed)
return 1`;

/** What is left of the first version once no window of it is: the weight of those that went by themselves. KEYS: `z`, `d`, `b`, `t`, the old weights, `s`. ARGV: prefix. */
const MOVED = `${HELD}
local flat = redis.call('HGETALL', KEYS[5])
for n = 1, #flat, 2 do
  for set = 1, 3 do redis.call('ZREM', KEYS[set], flat[n]) end
  weigh(-tonumber(flat[n + 1]))
end
redis.call('DEL', KEYS[5], KEYS[6])`;

/**
 * From the first version to the second: window by window, so that whoever dies in between is followed by whoever comes next.
 *
 * @param {Pick<Redis, "send" | "run" | "places">} redis
 */
export const bringAlong = async ({ send, run, places }) => {
  for (const place of places.all) {
    const held = [`${place}z`, `${place}d`, `${place}b`, `${place}t`, `${place}n`];
    for (let cursor = "0"; ; ) {
      const [next, names] = /** @type {[string, string[]]} */ (await send(place, ["SCAN", cursor, "MATCH", `${place}w:*`, "COUNT", "500", "TYPE", "hash"]));
      await Promise.all(names.map((name) => run(MOVE, held, [place, name.slice(place.length + 2)])));
      if (next === "0") break;
      cursor = next;
    }
    await run(MOVED, [...held, `${place}s`], [place]);
  }
};
