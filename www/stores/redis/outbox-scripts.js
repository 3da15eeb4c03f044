// @ts-check
/**
 * What waits to be handed on, in the place of its keys. An item is a hash (`o:<id>`), which goes by itself after `OUTBOX_MS`; its keys stand in
 * `ok` until it was delivered, so that whoever drops it knows its lines. A line (`oc:<key>`) has those that others wait behind, in their
 * order. `oq`: whose turn it is, by when they are due (0: as soon as may be). `oa`: those that wait, by since when. `ox`: all that hold a body, by when they came. `od`: the dead.
 */

/** Functions that the scripts share; `prefix` is known where they stand. */
export const OUTBOX = `
local function of(name) return prefix .. name end
local function lines_of(id)
  local keys = redis.call('HGET', of('ok'), id)
  return keys and cjson.decode(keys) or {}
end
local function first_in(key)
  for _, id in ipairs(redis.call('ZRANGE', of('oc:' .. key), '0', '0')) do return id end
  return nil
end
local function is_turn(id)
  for _, key in ipairs(lines_of(id)) do
    if redis.call('ZSCORE', of('oc:' .. key), id) and first_in(key) ~= id then return false end
  end
  return true
end
local function leave(id)
  local keys = lines_of(id)
  for _, key in ipairs(keys) do redis.call('ZREM', of('oc:' .. key), id) end
  for _, key in ipairs(keys) do
    local next = first_in(key)
    if next and is_turn(next) then redis.call('ZADD', of('oq'), 'NX', '0', next) end
  end
end
local function line_up(id, keys, now, keep)
  local n = redis.call('INCR', of('on'))
  for _, key in ipairs(keys) do
    redis.call('ZADD', of('oc:' .. key), n, id)
    redis.call('PEXPIRE', of('oc:' .. key), keep)
  end
  if is_turn(id) then redis.call('ZADD', of('oq'), now, id) end
end
local function forget_item(id)
  leave(id)
  for _, set in ipairs({ 'oq', 'oa', 'ox', 'od' }) do redis.call('ZREM', of(set), id) end
  redis.call('HDEL', of('ok'), id)
end
local function enqueue(id, body, at, keep, keys)
  local name = of('o:' .. id)
  if redis.call('EXISTS', name) == 1 then return 0 end
  redis.call('HSET', name, 'b', body, 'at', at, 'since', at, 'tries', '0', 'state', 'waiting')
  redis.call('PEXPIRE', name, keep)
  redis.call('HSET', of('ok'), id, cjson.encode(keys))
  redis.call('ZADD', of('oa'), at, id)
  redis.call('ZADD', of('ox'), at, id)
  line_up(id, keys, at, keep)
  return 1
end
local function forget_old(now, keep)
  for _, id in ipairs(redis.call('ZRANGEBYSCORE', of('ox'), '-inf', '(' .. string.format('%.0f', now - keep), 'LIMIT', '0', '64')) do
    forget_item(id)
    redis.call('DEL', of('o:' .. id))
  end
end`;

/** The place is the first key, for who routes by keys. @param {string} body @returns {string} */
const script = (body) => `local prefix = ARGV[1]${OUTBOX}\n${body}`;

/** ARGV: prefix, id, body, at, keep ms, then keys. Answers whether it is new. */
export const ADD = script(`
local keys = {}
for n = 6, #ARGV do keys[#keys + 1] = ARGV[n] end
return enqueue(ARGV[2], ARGV[3], ARGV[4], ARGV[5], keys)`);

/** ARGV: prefix, now, until, limit, keep ms, perhaps an id. Answers id, keys, body, at, since, tries of each. */
export const CLAIM = script(`
local now, found = tonumber(ARGV[2]), {}
forget_old(now, tonumber(ARGV[5]))
local ids = ARGV[6] and {} or redis.call('ZRANGEBYSCORE', of('oq'), '-inf', ARGV[2], 'LIMIT', '0', ARGV[4])
if ARGV[6] then
  local due = redis.call('ZSCORE', of('oq'), ARGV[6])
  if due and tonumber(due) <= now then ids = { ARGV[6] } end
end
for _, id in ipairs(ids) do
  local name = of('o:' .. id)
  local item = redis.call('HMGET', name, 'b', 'at', 'since')
  if item[1] then
    redis.call('ZADD', of('oq'), ARGV[3], id)
    found[#found + 1] = { id, redis.call('HGET', of('ok'), id), item[1], item[2], item[3], redis.call('HINCRBY', name, 'tries', 1) }
  else
    forget_item(id)
  end
end
return found`);

/** ARGV: prefix, id, kind, instant, whether it holds, reason. */
export const SETTLE_ITEM = script(`
local id, kind, at = ARGV[2], ARGV[3], ARGV[4]
local name = of('o:' .. id)
if redis.call('HGET', name, 'state') ~= 'waiting' then return end
if kind == 'retry' then
  redis.call('ZADD', of('oq'), 'XX', at, id)
  redis.call('HSET', name, 'reason', ARGV[6])
  if ARGV[5] == '0' then leave(id) end
elseif kind == 'dead' then
  leave(id)
  redis.call('ZREM', of('oq'), id)
  redis.call('ZREM', of('oa'), id)
  redis.call('ZADD', of('od'), at, id)
  redis.call('HSET', name, 'state', 'dead', 'reason', ARGV[6])
else
  forget_item(id)
  redis.call('HDEL', name, 'b', 'reason', 'since', 'tries')
  redis.call('HSET', name, 'state', 'done')
end`);

/** ARGV: prefix, now, keep ms, then ids. Answers how many wait again. */
export const REPLAY = script(`
local count = 0
for n = 4, #ARGV do
  local id = ARGV[n]
  local name = of('o:' .. id)
  if redis.call('HGET', name, 'state') == 'dead' then
    count = count + 1
    redis.call('HSET', name, 'state', 'waiting', 'since', ARGV[2], 'tries', '0')
    redis.call('ZREM', of('od'), id)
    redis.call('ZADD', of('oa'), ARGV[2], id)
    line_up(id, lines_of(id), ARGV[2], ARGV[3])
  end
end
return count`);

/** ARGV: prefix, then keys: whatever waits or died under one of them is gone. */
export const FORGET = script(`
local wanted = {}
for n = 2, #ARGV do wanted[ARGV[n]] = true end
local flat = redis.call('HGETALL', of('ok'))
for n = 1, #flat, 2 do
  for _, key in ipairs(cjson.decode(flat[n + 1])) do
    if wanted[key] then
      forget_item(flat[n])
      redis.call('DEL', of('o:' .. flat[n]))
      break
    end
  end
end`);
