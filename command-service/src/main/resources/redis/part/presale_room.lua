-- What a presale opens, and how much of it is left.

-- Parts of ranges `from-to` (to not included) of a text that lie within one range; the range itself if the text is empty.
function presale.within(p, from, to)
  local parts = {}
  for first, past in p.ranges:gmatch('(%d+)-(%d+)') do
    local a, b = math.max(from, tonumber(first)), math.min(to, tonumber(past))
    if a < b then parts[#parts + 1] = { a, b } end
  end
  return p.ranges == '' and p.areas == '' and { { from, to } } or parts
end

-- Whether it opens all seats of the arguments from the one `at`.
function presale.opens_seats(p, at)
  for i = at, #ARGV do
    local ordinal = tonumber(ARGV[i])
    if #presale.within(p, ordinal, ordinal + 1) == 0 then return false end
  end
  return true
end

function presale.opens_area(p, index)
  return p.ranges == '' and p.areas == '' or (',' .. p.areas .. ','):find(',' .. index .. ',', 1, true) ~= nil
end

-- Places of one of the counters, apart from those that a hold of the same presale and fan has (`own`).
local function count(field, p, own)
  local mine = own.presale and own.presale:match('^%d+:[^:]+') == p.hold:match('^%d+:[^:]+')
  return tonumber(redis.call('HGET', event.presales, field) or 0) - (mine and own.count or 0)
end

-- How many places the fan may have of it; the limit and what is used of it; and whether the quota is what binds.
function presale.room(p, own, room, limit, used)
  if p.limit ~= '' then
    local mine = count('f:' .. p.hold:match('^%d+:[^:]+'), p, own)
    if tonumber(p.limit) - mine < room then room, limit, used = tonumber(p.limit) - mine, tonumber(p.limit), mine end
  end
  local left = p.quota ~= '' and tonumber(p.quota) - count('q:' .. p.number, p, own) or room
  return math.min(room, left), limit, used, left < room
end

-- Lets the fan in for good: a use of the code is taken with the first hold, and stays the fan's.
function presale.enter(p)
  local number, fan = p.hold:match('^(%d+):([^:]+)')
  local field = 'a:' .. number .. ':' .. fan
  if redis.call('HGET', event.presales, field) == p.key then return end
  redis.call('HSET', event.presales, field, p.key)
  if p.key ~= '0' then redis.call('HINCRBY', event.presales, 'u:' .. p.key, 1) end
end
