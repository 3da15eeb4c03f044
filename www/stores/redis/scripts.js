// @ts-check
import { OUTBOX } from "./outbox-scripts.js";

/**
 * What must happen at once on the server. A window is one hash: `k|<key>` for each of its keys, `<log>|<kind>|<id>` for each record
 * with the three times (`p,r,d`, empty where there is none), `r` counts its changes. Behind a kind stands `+us` or `+other` where the
 * record tells who held the thread, and `+by-settings` or its like where it tells how it is known. Records that differ in their kind stand side by side: which of the kinds counts is the engine's to say, a script only takes the least of each time.
 */

/**
 * What windows hold, estimated: `b` has their last changes, `n` the bytes of each, `t` all of them together.
 * KEYS from `first` on: queue, unsettled, `b`, `n`, `t`.
 */
const held = (/** @type {string} */ first) => `
local function unheld(id)
  local bytes = tonumber(redis.call('HGET', KEYS[${first} + 3], id) or 0)
  redis.call('HDEL', KEYS[${first} + 3], id)
  redis.call('ZREM', KEYS[${first} + 2], id)
  return redis.call('DECRBY', KEYS[${first} + 4], bytes)
end
local function drop(prefix, id)
  local linked = {}
  for _, field in ipairs(redis.call('HKEYS', prefix .. 'w:' .. id)) do
    if string.sub(field, 1, 2) == 'k|' then
      linked[#linked + 1] = string.sub(field, 3)
      redis.call('DEL', prefix .. 'k:' .. string.sub(field, 3))
    end
  end
  redis.call('DEL', prefix .. 'w:' .. id)
  redis.call('ZREM', KEYS[${first}], id)
  redis.call('ZREM', KEYS[${first} + 1], id)
  return linked, unheld(id)
end`;

/**
 * KEYS: queue, unsettled, what is held, changes. ARGV: prefix, keep ms, now, most changes, most keys of a window, most bytes, keep ms of what is
 * handed on, then for each: keys and records, with their numbers before them, and what is to be handed on (0, or 1 with id, body, instant). Answers the windows, whether windows had to go for their bytes, and keys of a window.
 */
export const JOIN = `${held("1")}
local prefix, keep, now, most, most_keys, most_bytes, keep_items, at = ARGV[1], ARGV[2], tonumber(ARGV[3]), ARGV[4], tonumber(ARGV[5]), tonumber(ARGV[6]), ARGV[7], 8${OUTBOX}
local function take() at = at + 1 return ARGV[at - 1] end
local function least(a, b)
  if a == '' then return b end
  if b == '' or tonumber(a) <= tonumber(b) then return a end
  return b
end
local function join(known, told)
  local p, r, d = string.match(known, '^(.*),(.*),(.*)$')
  local q, s, e = string.match(told, '^(.*),(.*),(.*)$')
  return least(p, q) .. ',' .. least(r, s) .. ',' .. least(d, e)
end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', '(' .. string.format('%.0f', now - 86400000))
-- These went by themselves.
for _, id in ipairs(redis.call('ZRANGEBYSCORE', KEYS[3], '-inf', '(' .. string.format('%.0f', now - tonumber(keep)), 'LIMIT', '0', '64')) do unheld(id) end
local answers, full, over = {}, 0, 0
for item = 1, tonumber(take()) do
  local keys, told = {}, {}
  for n = 1, tonumber(take()) do keys[n] = take() end
  for n = 1, tonumber(take()) do told[n] = { take(), take() } end
  if take() == '1' then enqueue(take(), take(), take(), keep_items, keys) end
  local id, others, seen = false, {}, {}
  for _, key in ipairs(keys) do
    local known = redis.call('GET', prefix .. 'k:' .. key)
    if known and not seen[known] and redis.call('EXISTS', prefix .. 'w:' .. known) == 1 then
      seen[known] = true
      if id then others[#others + 1] = known else id = known end
    end
    told[#told + 1] = { 'k|' .. key, string.format('%.0f', now) }
  end
  id = id or keys[1]
  local name = prefix .. 'w:' .. id
  for _, other in ipairs(others) do
    local flat = redis.call('HGETALL', prefix .. 'w:' .. other)
    for n = 1, #flat, 2 do
      if flat[n] ~= 'r' then told[#told + 1] = { flat[n], flat[n + 1] } end
    end
    redis.call('DEL', prefix .. 'w:' .. other)
    redis.call('ZREM', KEYS[1], other)
    redis.call('ZREM', KEYS[2], other)
    unheld(other)
  end
  local fields, flat = {}, redis.call('HGETALL', name)
  for n = 1, #flat, 2 do fields[flat[n]] = flat[n + 1] end
  local set, changed = {}, #others > 0
  for _, pair in ipairs(told) do
    local field, value = pair[1], pair[2]
    if fields[field] then value = string.sub(field, 1, 2) == 'k|' and fields[field] or join(fields[field], value) end
    if fields[field] ~= value then
      fields[field] = value
      changed = true
      redis.call('HSET', name, field, value)
    end
  end
  if changed then
    local mine, old, count, bytes = {}, {}, 0, 400
    for _, key in ipairs(keys) do mine['k|' .. key] = true end
    for field, value in pairs(fields) do
      bytes = bytes + 100 + #field + #value
      if string.sub(field, 1, 2) == 'k|' then
        count = count + 1
        -- The window is called by one of them.
        if not mine[field] and field ~= 'k|' .. id then old[#old + 1] = { tonumber(value) or 0, field } end
      end
    end
    if count > most_keys then
      over = 1
      table.sort(old, function(a, b) return a[1] < b[1] or (a[1] == b[1] and a[2] < b[2]) end)
      for n = 1, math.min(#old, count - most_keys) do
        local field = old[n][2]
        redis.call('HDEL', name, field)
        redis.call('DEL', prefix .. 'k:' .. string.sub(field, 3))
        fields[field] = nil
      end
    end
    fields['r'] = tostring(redis.call('HINCRBY', name, 'r', 1))
    redis.call('PEXPIRE', name, keep)
    redis.call('ZADD', KEYS[2], now, id)
    local entry = {}
    for field in pairs(fields) do
      if string.sub(field, 1, 2) == 'k|' then
        local key = string.sub(field, 3)
        redis.call('SET', prefix .. 'k:' .. key, id, 'PX', keep)
        entry[#entry + 1] = 'k'
        entry[#entry + 1] = key
      end
    end
    redis.call('XADD', KEYS[6], 'MAXLEN', '~', most, '*', unpack(entry))
    local before = tonumber(redis.call('HGET', KEYS[4], id) or 0)
    redis.call('HSET', KEYS[4], id, bytes)
    redis.call('ZADD', KEYS[3], now, id)
    local total = redis.call('INCRBY', KEYS[5], bytes - before)
    if total > most_bytes then
      full = 1
      for _, oldest in ipairs(redis.call('ZRANGE', KEYS[3], '0', '999')) do
        if total <= most_bytes - most_bytes / 8 then break end
        if oldest ~= id then
          local _, rest = drop(prefix, oldest)
          total = rest
        end
      end
    end
  end
  local whole = {}
  for field, value in pairs(fields) do
    whole[#whole + 1] = field
    whole[#whole + 1] = value
  end
  answers[item] = { id, changed and 1 or 0, whole }
end
return { answers, full, over }`;

/**
 * When windows close, as the engine said of what they were at that change; a newer change has its own word still to come.
 * KEYS: queue, unsettled. ARGV: prefix, then id, change, closing time or nothing, of each.
 */
export const SETTLE = `
for n = 2, #ARGV, 3 do
  local id, change, closes = ARGV[n], ARGV[n + 1], ARGV[n + 2]
  local now = redis.call('HGET', ARGV[1] .. 'w:' .. id, 'r')
  if not now or now == change then
    if not now or closes == '' then redis.call('ZREM', KEYS[1], id) else redis.call('ZADD', KEYS[1], closes, id) end
    redis.call('ZREM', KEYS[2], id)
  end
end`;

/** KEYS: queue, unsettled, what is held. ARGV: prefix, then keys. Answers all keys that were linked to them. */
export const ERASE = `${held("1")}
local linked, prefix = {}, ARGV[1]
for n = 2, #ARGV do
  local id = redis.call('GET', prefix .. 'k:' .. ARGV[n])
  if id then
    for _, key in ipairs((drop(prefix, id))) do linked[#linked + 1] = key end
    redis.call('DEL', prefix .. 'k:' .. ARGV[n])
  end
end
return linked`;

/**
 * Remembers a signature, or an id, whose digest is empty. KEYS: its own, all of them by their time, their bytes together. ARGV: prefix, name,
 * digest, now, keep ms, most bytes. Answers digest and time of the first, whether it was there, whether others had to go before their time.
 */
export const ACCEPT = `
local prefix, name, digest, now, keep, most = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6])
local known = redis.call('HMGET', KEYS[1], 'd', 't')
if known[1] then return { known[1], known[2], 1, 0 } end
local function size(name) return 200 + #name end
-- These went by themselves.
for _, old in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', '(' .. string.format('%.0f', now - keep), 'LIMIT', '0', '64')) do
  redis.call('ZREM', KEYS[2], old)
  redis.call('DECRBY', KEYS[3], size(old))
end
redis.call('HSET', KEYS[1], 'd', digest, 't', ARGV[4])
redis.call('PEXPIRE', KEYS[1], keep)
redis.call('ZADD', KEYS[2], now, name)
local total, full = redis.call('INCRBY', KEYS[3], size(name)), 0
if total > most then
  full = 1
  for _, old in ipairs(redis.call('ZRANGE', KEYS[2], '0', '999')) do
    if total <= most - most / 8 then break end
    redis.call('DEL', prefix .. old)
    redis.call('ZREM', KEYS[2], old)
    total = redis.call('DECRBY', KEYS[3], size(old))
  end
end
return { digest, ARGV[4], 0, full }`;
