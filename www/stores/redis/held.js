// @ts-check
/**
 * Functions that the scripts share. A text is its head (change, a blank, score in `b`) and its body, which begins with a line feed. KEYS: `z`, `d`, `b`, `t`. ARGV: prefix first.
 */
export const HELD = `
local prefix, UNIT = ARGV[1], 1048576
local function plain(number) return string.format('%.0f', number) end
local function is_link(text) return string.byte(text) == 61 end
local function apart(text)
  local at = string.find(text, '\\n', 1, true)
  return string.sub(text, 1, at - 1), string.sub(text, at)
end
local function score_in(text) return tonumber(string.match(text, '^%S+ (%S+)')) end
local function has_links(body) return string.byte(body, 2) == 64 end
local function weight_in(score) return (score % UNIT) * 64 end
local function score_of(now, id, body)
  local bytes = 300 + 3 * #id + #body
  if has_links(body) then
    local _, links = string.gsub(body, '\\n@', '')
    bytes = bytes + 200 * links
  end
  return math.floor(now / 60000) * UNIT + math.min(UNIT - 1, math.ceil(bytes / 64))
end
local function weigh(bytes)
  if bytes ~= 0 then return redis.call('INCRBY', KEYS[4], plain(bytes)) end
  return tonumber(redis.call('GET', KEYS[4]) or 0)
end
local function keys_in(body)
  local keys = {}
  if has_links(body) then
    for key, since in string.gmatch(body, '\\n@([^\\t]*)\\t([^\\n]*)') do keys[#keys + 1] = { key, tonumber(since) or 0 } end
  end
  return keys
end
local function drop(id)
  local linked, text, bytes = { id }, redis.call('GET', prefix .. 'w:' .. id), 0
  if text and not is_link(text) then
    for _, pair in ipairs(keys_in(string.sub(text, string.find(text, '\\n', 1, true), -1))) do linked[#linked + 1] = pair[1] end
    bytes = weight_in(score_in(text))
  end
  for _, key in ipairs(linked) do redis.call('DEL', prefix .. 'w:' .. key) end
  redis.call('ZREM', KEYS[1], id)
  if redis.call('ZREM', KEYS[3], id) == 0 then bytes = 0 end
  return linked, weigh(-bytes)
end
local function many(command, key, list)
  for first = 1, #list, 1000 do redis.call(command, key, unpack(list, first, math.min(#list, first + 999))) end
end`;
