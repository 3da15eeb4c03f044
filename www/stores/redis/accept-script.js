// @ts-check
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
