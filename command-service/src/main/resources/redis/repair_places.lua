-- Gives places that are wrong here the status that PostgreSQL has, and publishes that as ordinary changes.
--
-- @keys   meta    hash    epoch, version, sale window, limit
--         seats   string  one status byte per seat ordinal
--         areas   hash    area index -> free,held,reserved,sold,blocked
--         holds   hash    hold_id -> packed hold
--         expiry  zset    hold_id -> when it runs out, or is forgotten
--         fans    hash    account -> held and bought
--         changes stream  of the shard
--         presales hash   what was taken in presales: by fan, by presale, by code
-- @args   event, trace, seats (ordinal:wrong status:right status,... up to 1000), areas (index:more sold:more blocked,...)
-- @return {'REPAIRED', seats claimed, seats freed, places moved in areas} | {'NO_EPOCH'}
-- @retry  As often as you like: a seat that has not the wrong status any more stays as it is. Areas: compare again first.

-- @include /redis/part/event.lua
-- @include /redis/part/places.lua

if not event.loaded() then return { 'NO_EPOCH' } end
local OPS = { [0] = 'freed', [2] = 'reserved', [3] = 'sold', [4] = 'blocked' }
local moved = {}
for ordinal, wrong, right in ARGV[3]:gmatch('(%d+):(%d+):(%d+)') do
  local from, to = tonumber(wrong), tonumber(right)
  for _, done in ipairs(places.move({ tonumber(ordinal) }, { [from] = true }, to)) do
    moved[to] = moved[to] or {}
    table.insert(moved[to], done)
  end
end
local claimed, freed = 0, moved[0] and #moved[0] or 0
for to, op in pairs(OPS) do
  if moved[to] then
    event.publish(op, '', '', tostring(to), moved[to], '')
    claimed = claimed + (to > 0 and #moved[to] or 0)
  end
end

local shown, shifted = {}, 0
for index, sold, blocked in ARGV[4]:gmatch('(%d+):(-?%d+):(-?%d+)') do
  local counts, more, off = places.area(index), tonumber(sold), tonumber(blocked)
  if counts and counts[1] - more - off >= 0 and counts[4] + more >= 0 and counts[5] + off >= 0 then
    counts[1], counts[4], counts[5] = counts[1] - more - off, counts[4] + more, counts[5] + off
    redis.call('HSET', event.areas, index, table.concat(counts, ','))
    shown[#shown + 1] = index .. '=' .. table.concat(counts, '/')
    shifted = shifted + math.abs(more) + math.abs(off)
  end
end
if #shown > 0 then event.publish('sold', '', '', '3', {}, table.concat(shown, ';')) end
return { 'REPAIRED', claimed, freed, shifted }
