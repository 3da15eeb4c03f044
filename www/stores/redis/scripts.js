// @ts-check
import { HELD } from "./held.js";
import { OUTBOX } from "./outbox-scripts.js";

/**
 * What must happen at once on the server. How a window is written stands in `text.js`: a script finds a record by the bytes before its times, takes the
 * least of each time, and leaves the rest of the text alone. Which of two kinds counts is the engine's to say.
 *
 * Each batch is one script, and what all of its windows need is asked in one command. `z`: when windows close. `d`: batches of which the
 * engine still has to say when their windows close: names, by the number of the last change. `b`: windows by the minute of their last change, and in the
 * lower 20 bits what each weighs, in 64 bytes; the same stands in its head. `t`: all of them together. `s`: changes, an entry for each batch. `sf`: no entry
 * from that one on is missing. `c` counts changes.
 */

/** Functions that join texts. */
const TEXTS = `
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
local function with_line(text, name, times)
  local _, stop = string.find(text, '\\n' .. name .. '\\t', 1, true)
  if not stop then return text .. name .. '\\t' .. times .. '\\n' end
  local after = string.find(text, '\\n', stop + 1, true)
  return string.sub(text, 1, stop) .. join(string.sub(text, stop + 1, after - 1), times) .. string.sub(text, after)
end
local function with_lines(text, lines)
  for line in string.gmatch(lines, '[^\\n]+') do
    if string.byte(line) ~= 64 then text = with_line(text, string.match(line, '^([^\\t]*)\\t(.*)$')) end
  end
  return text
end
local function with_key(text, key, since)
  if string.find(text, '\\n@' .. key .. '\\t', 1, true) then return text end
  return '\\n@' .. key .. '\\t' .. since .. text
end
local function without_key(text, key)
  local from, stop = string.find(text, '\\n@' .. key .. '\\t', 1, true)
  return string.sub(text, 1, from - 1) .. string.sub(text, string.find(text, '\\n', stop + 1, true), -1)
end`;

/**
 * KEYS: `z`, `d`, `b`, `t`, `s`, `c`, `sf`. ARGV: prefix, keep ms, now, most changes, most keys of a window, most bytes, keep ms of what is handed on, how many, then
 * keys and lines of each; then what is to be handed on: whose it is, id, body, instant. Answers the number of the last change, the batch as it stands in `d`, whether windows had to go for
 * their bytes, and keys of a window; the place of each one's window among the windows; of each window name, whether it changed, body.
 */
export const JOIN = `${HELD}${TEXTS}
local keep, now, most, most_keys, most_bytes, keep_items, count = ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6]), ARGV[7], tonumber(ARGV[8])${OUTBOX}

-- What is known, by key: a body, the name of another window, or nothing. What it was before, by name.
local bodies, links, heads, asked, items = {}, {}, {}, {}, {}
local function ask(key)
  if bodies[key] == nil then
    bodies[key] = false
    asked[#asked + 1] = key
  end
end
local function fetch()
  local names, keys = {}, asked
  asked = {}
  for n, key in ipairs(keys) do names[n] = prefix .. 'w:' .. key end
  for first = 1, #names, 1000 do
    local got = redis.call('MGET', unpack(names, first, math.min(#names, first + 999)))
    for n = 1, #got do
      local key, text = keys[first + n - 1], got[n]
      if text and is_link(text) then
        links[key] = string.sub(text, 2)
        ask(links[key])
      elseif text then
        heads[key], bodies[key] = apart(text)
      end
    end
  end
end
for n = 1, count do
  local names, keys = ARGV[7 + 2 * n], nil
  if string.find(names, '\\n', 1, true) then
    keys = {}
    for key in string.gmatch(names, '[^\\n]+') do
      keys[#keys + 1] = key
      ask(key)
    end
  else
    ask(names)
    keys = { names }
  end
  items[n] = keys
end
for at = 9 + 2 * count, #ARGV, 4 do enqueue(ARGV[at + 1], ARGV[at + 2], ARGV[at + 3], keep_items, items[tonumber(ARGV[at])]) end
fetch()
if #asked > 0 then fetch() end

local function window_of(key)
  key = links[key] or key
  return bodies[key] and key or nil
end

local dirty, changed, gone, over = {}, {}, {}, 0
local function trimmed(body, mine)
  local keys, old = keys_in(body), {}
  local many_more = #keys + 1 - most_keys
  if many_more <= 0 then return body end
  over = 1
  for _, pair in ipairs(keys) do if not mine[pair[1]] then old[#old + 1] = pair end end
  table.sort(old, function(a, b) return a[2] < b[2] or (a[2] == b[2] and a[1] < b[1]) end)
  for n = 1, math.min(#old, many_more) do
    body = without_key(body, old[n][1])
    links[old[n][1]] = nil
    redis.call('DEL', prefix .. 'w:' .. old[n][1])
  end
  return body
end
-- Joins what else is called by these keys to the first that is, and links the keys.
local function linked(keys)
  local id, others, seen, mine = nil, {}, {}, {}
  for _, key in ipairs(keys) do
    local window = window_of(key)
    mine[key] = true
    if window and not seen[window] then
      seen[window] = true
      if id then others[#others + 1] = window else id = window end
    end
  end
  local name, is_more = id or keys[1], #others > 0
  local body = id and bodies[id] or '\\n'
  links[name] = nil
  for _, other in ipairs(others) do
    body = with_key(body, other, plain(now))
    for _, pair in ipairs(keys_in(bodies[other])) do
      body = with_key(body, pair[1], plain(pair[2]))
      links[pair[1]] = name
    end
    body = with_lines(body, bodies[other])
    links[other], bodies[other], changed[other] = name, false, nil
    gone[#gone + 1] = other
  end
  for _, key in ipairs(keys) do
    if key ~= name and not string.find(body, '\\n@' .. key .. '\\t', 1, true) then
      body, is_more = with_key(body, key, plain(now)), true
      links[key] = name
    end
  end
  return name, is_more and trimmed(body, mine) or body, id == nil
end
for n, keys in ipairs(items) do
  local name, told = window_of(keys[1]), ARGV[8 + 2 * n]
  local before, body, is_new = name and bodies[name] or nil, nil, false
  if #keys > 1 then
    name, body, is_new = linked(keys)
    before = bodies[name]
  elseif name then
    body = before
  else
    name, body, is_new = keys[1], '\\n', true
    links[name] = nil
  end
  body = is_new and body .. told or with_lines(body, told)
  if body ~= before then
    bodies[name] = body
    if not changed[name] then
      changed[name] = true
      dirty[#dirty + 1] = name
    end
  end
  items[n] = name
end

local serial, full, set, batch = 0, 0, {}, ''
for _, id in ipairs(dirty) do
  if changed[id] then
    set[#set + 1] = id
    changed[id] = false
  end
end
if #set > 0 then
  serial = redis.call('INCRBY', KEYS[6], #set)
  local bytes, weights, told = 0, {}, {}
  for _, id in ipairs(gone) do if heads[id] then bytes = bytes - weight_in(score_in(heads[id])) end end
  many('ZREM', KEYS[1], gone)
  many('ZREM', KEYS[3], gone)
  for n, id in ipairs(set) do
    changed[id] = true
    local body, before = bodies[id], heads[id] and score_in(heads[id])
    local score, entry = score_of(now, id, body), id
    local written = plain(score)
    redis.call('SET', prefix .. 'w:' .. id, serial .. ' ' .. written .. body, 'PX', keep)
    for _, pair in ipairs(keys_in(body)) do
      redis.call('SET', prefix .. 'w:' .. pair[1], '=' .. id, 'PX', keep)
      entry = entry .. '\\t' .. pair[1]
    end
    told[n] = entry
    if score ~= before then
      bytes = bytes + weight_in(score) - (before and weight_in(before) or 0)
      weights[#weights + 1] = written
      weights[#weights + 1] = id
    end
  end
  many('ZADD', KEYS[3], weights)
  batch = table.concat(set, '\\n')
  redis.call('ZADD', KEYS[2], serial, batch)
  redis.call('XADD', KEYS[5], '*', 'w', table.concat(told, '\\n'), 'n', serial)
  if serial % 512 < #set then
    local first = redis.call('XRANGE', KEYS[5], '-', '+', 'COUNT', '1')[1]
    local age = serial - tonumber(first[2][4])
    if age > most then
      redis.call('XTRIM', KEYS[5], 'MAXLEN', '~', plain(math.floor(redis.call('XLEN', KEYS[5]) * most / age)))
      redis.call('SET', KEYS[7], redis.call('XRANGE', KEYS[5], '-', '+', 'COUNT', '1')[1][1])
    end
  end
  -- These went by themselves.
  local old = redis.call('ZRANGEBYSCORE', KEYS[3], '-inf', '(' .. plain(math.floor((now - tonumber(keep)) / 60000) * UNIT), 'WITHSCORES', 'LIMIT', '0', '64')
  for n = 1, #old, 2 do
    redis.call('ZREM', KEYS[3], old[n])
    bytes = bytes - weight_in(tonumber(old[n + 1]))
  end
  redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', '(' .. plain(now - 86400000))
  local total = weigh(bytes)
  if total > most_bytes then
    full = 1
    for _, oldest in ipairs(redis.call('ZRANGE', KEYS[3], '0', '999')) do
      if total <= most_bytes - most_bytes / 8 then break end
      if not changed[oldest] then
        local _, rest = drop(oldest)
        total = rest
      end
    end
  end
end

local places, windows, place_of = {}, {}, {}
for n, name in ipairs(items) do
  local id = window_of(name) or name
  if not place_of[id] then
    place_of[id] = #windows / 3
    windows[#windows + 1] = id
    windows[#windows + 1] = changed[id] and 1 or 0
    windows[#windows + 1] = bodies[id]
  end
  places[n] = place_of[id]
end
return { serial, batch, full, over, places, windows }`;

/**
 * When windows close, as the engine said of what they were at that change; a newer change has its own word still to come.
 * KEYS: `z`, `d`. ARGV: prefix, the batch as it stands in `d`, then name, change, closing time or nothing, of each.
 */
export const SETTLE = `
local queued, closed = {}, {}
for n = 3, #ARGV, 3 do
  local id, change, closes = ARGV[n], ARGV[n + 1] .. ' ', ARGV[n + 2]
  if redis.call('GETRANGE', ARGV[1] .. 'w:' .. id, '0', #change - 1) == change then
    if closes == '' then
      closed[#closed + 1] = id
    else
      queued[#queued + 1] = closes
      queued[#queued + 1] = id
    end
  end
end
for first = 1, #queued, 1000 do redis.call('ZADD', KEYS[1], unpack(queued, first, math.min(#queued, first + 999))) end
for first = 1, #closed, 1000 do redis.call('ZREM', KEYS[1], unpack(closed, first, math.min(#closed, first + 999))) end
redis.call('ZREM', KEYS[2], ARGV[2])`;

/** KEYS: `z`, `d`, `b`, `t`. ARGV: prefix, now, name, then what stands before the times of each record that is dropped. */
export const CUT = `${HELD}
local id = ARGV[3]
local name = prefix .. 'w:' .. id
local text = redis.call('GET', name)
if not text or is_link(text) then return end
local head, body = apart(text)
for n = 4, #ARGV do
  local from, stop = string.find(body, '\\n' .. ARGV[n] .. '\\t', 1, true)
  if from then body = string.sub(body, 1, from) .. string.sub(body, string.find(body, '\\n', stop + 1, true) + 1) end
end
local score = score_of(tonumber(ARGV[2]), id, body)
redis.call('SET', name, string.match(head, '^%S+') .. ' ' .. plain(score) .. body, 'KEEPTTL')
redis.call('ZADD', KEYS[3], plain(score), id)
weigh(weight_in(score) - weight_in(score_in(head)))`;

/** KEYS: `z`, `d`, `b`, `t`. ARGV: prefix, then keys. Answers all keys that were linked to them. */
export const ERASE = `${HELD}
local linked = {}
for n = 2, #ARGV do
  local text = redis.call('GET', prefix .. 'w:' .. ARGV[n])
  if text then
    local id = is_link(text) and string.sub(text, 2) or ARGV[n]
    local keys = drop(id)
    for _, key in ipairs(keys) do linked[#linked + 1] = key end
    redis.call('DEL', prefix .. 'w:' .. ARGV[n])
  end
end
return linked`;
