-- Gives back what an active hold has.
--
-- @keys   meta    hash    epoch, version, sale window, limit
--         seats   string  one status byte per seat ordinal
--         areas   hash    area index -> free,held,reserved,sold,blocked
--         holds   hash    hold_id -> packed hold
--         expiry  zset    hold_id -> when it runs out, or is forgotten
--         fans    hash    account -> held and bought
--         changes stream  of the shard
--         presales hash   what was taken in presales: by fan, by presale, by code
-- @args   event, trace, hold_id, account
-- @return {'RELEASED', hold, now} (released now, or ended before) | {'NOT_ACTIVE', hold, now} (in a checkout or booked)
--         | {'NOT_FOUND'} | {'NO_EPOCH'}
-- @retry  As often as you like; a hold that has ended stays as it is.
-- @flags  allow-oom

-- @include /redis/part/event.lua
-- @include /redis/part/places.lua
-- @include /redis/part/areas.lua
-- @include /redis/part/hold.lua
-- @include /redis/part/ending.lua

local id, account = ARGV[3], ARGV[4]
if not event.loaded() then return { 'NO_EPOCH' } end
local h = hold.current(id)
if not h or h.account ~= account then return { 'NOT_FOUND' } end
if h.state == 'C' or h.state == 'R' or h.state == 'S' then return hold.reply('NOT_ACTIVE', h) end
if h.state == 'A' then
  hold.finish(id, h, 'L', 'released')
end
return hold.reply('RELEASED', h)
