-- Holds: one packed text a hold, words in this order, `-` for an empty one. States: A active, C claimed by a checkout,
-- R reserved, S sold, and ended: L released, X expired, F freed. `hard` is the latest possible expiry, `version` the
-- event's after the last change of the hold, `body` and `swap` hash the requests, `missing` is what a partial hold lacks,
-- `presale` (left out if there is none) is by which one it was made: number:fan:code.
local FIELDS = {
  'state', 'account', 'expires', 'hard', 'fence', 'version', 'price', 'body', 'swap', 'ordinals', 'areas', 'missing',
  'presale',
}
local hold = {}

function hold.parse(packed)
  local h, i = { presale = '' }, 0
  for word in packed:gmatch('%S+') do
    i = i + 1
    h[FIELDS[i]] = word ~= '-' and word or ''
  end
  return h
end

function hold.pack(h)
  local words = {}
  for i, field in ipairs(FIELDS) do
    words[i] = h[field] ~= '' and h[field] or '-'
  end
  if h.presale == '' then words[#words] = nil end
  return table.concat(words, ' ')
end

-- The hold with this id; nil if there is none.
function hold.find(id)
  local packed = redis.call('HGET', event.holds, id)
  return packed and hold.parse(packed) or nil
end

function hold.save(id, h)
  redis.call('HSET', event.holds, id, hold.pack(h))
end

-- Whether the hold can still run out.
function hold.live(h)
  return h.state == 'A' or h.state == 'C'
end

-- Whether it has run out, though nobody may have noticed.
function hold.due(h)
  return hold.live(h) and tonumber(h.expires) <= event.now
end

local function add(key, field, change)
  if redis.call('HINCRBY', key, field, change) <= 0 then redis.call('HDEL', key, field) end
end

-- Adds to what the account of a hold holds and has bought, and to what the hold's presale gave.
function hold.count(h, change)
  if change == 0 then return end
  add(event.fans, h.account, change)
  if h.presale ~= '' then
    add(event.presales, 'f:' .. h.presale:match('^%d+:[^:]+'), change)
    add(event.presales, 'q:' .. h.presale:match('^%d+'), change)
  end
end

-- How a script answers with a hold: word, hold, the time by the clock of Redis.
function hold.reply(word, h)
  return { word, hold.pack(h), event.text(event.now) }
end
