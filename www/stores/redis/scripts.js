// @ts-check
/**
 * What must happen at once on the server. A window is one hash: `k|<key>` for each of its keys, `<log>|<kind>|<id>` for each record
 * with the three times (`p,r,d`, empty where there is none), `r` counts its changes. Records that differ in their kind stand side by
 * side: which of the kinds counts is the engine's to say, a script only takes the least of each time.
 */

/** KEYS: queue, unsettled, changes. ARGV: prefix, keep ms, now, most changes, then for each: keys and records, with their numbers before them. */
export const JOIN = `
local prefix, keep, now, most, at = ARGV[1], ARGV[2], tonumber(ARGV[3]), ARGV[4], 5
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
local answers = {}
for item = 1, tonumber(take()) do
  local keys, told = {}, {}
  for n = 1, tonumber(take()) do keys[n] = take() end
  for n = 1, tonumber(take()) do told[n] = { take(), take() } end
  local id, others, seen = false, {}, {}
  for _, key in ipairs(keys) do
    local known = redis.call('GET', prefix .. 'k:' .. key)
    if known and not seen[known] and redis.call('EXISTS', prefix .. 'w:' .. known) == 1 then
      seen[known] = true
      if id then others[#others + 1] = known else id = known end
    end
    told[#told + 1] = { 'k|' .. key, '' }
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
  end
  local fields, flat = {}, redis.call('HGETALL', name)
  for n = 1, #flat, 2 do fields[flat[n]] = flat[n + 1] end
  local set, changed = {}, #others > 0
  for _, pair in ipairs(told) do
    local field, value = pair[1], pair[2]
    if fields[field] and value ~= '' then value = join(fields[field], value) end
    if fields[field] ~= value then
      fields[field] = value
      changed = true
      redis.call('HSET', name, field, value)
    end
  end
  if changed then
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
    redis.call('XADD', KEYS[3], 'MAXLEN', '~', most, '*', unpack(entry))
  end
  local whole = {}
  for field, value in pairs(fields) do
    whole[#whole + 1] = field
    whole[#whole + 1] = value
  end
  answers[item] = { id, changed and 1 or 0, whole }
end
return answers`;

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

/** KEYS: queue, unsettled. ARGV: prefix, then keys. Answers all keys that were linked to them. */
export const ERASE = `
local linked, prefix = {}, ARGV[1]
for n = 2, #ARGV do
  local id = redis.call('GET', prefix .. 'k:' .. ARGV[n])
  if id then
    for _, field in ipairs(redis.call('HKEYS', prefix .. 'w:' .. id)) do
      if string.sub(field, 1, 2) == 'k|' then
        linked[#linked + 1] = string.sub(field, 3)
        redis.call('DEL', prefix .. 'k:' .. string.sub(field, 3))
      end
    end
    redis.call('DEL', prefix .. 'w:' .. id, prefix .. 'k:' .. ARGV[n])
    redis.call('ZREM', KEYS[1], id)
    redis.call('ZREM', KEYS[2], id)
  end
end
return linked`;

/** KEYS: the signature. ARGV: digest, now, keep ms. Answers digest and time of the first, and whether it was there. */
export const ACCEPT = `
local known = redis.call('HMGET', KEYS[1], 'd', 't')
if known[1] then return { known[1], known[2], 1 } end
redis.call('HSET', KEYS[1], 'd', ARGV[1], 't', ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return { ARGV[1], ARGV[2], 0 }`;
