-- Ends holds that have run out, and forgets those that ended an hour ago.
--
-- @keys   meta    hash    epoch, version, sale window, limit
--         seats   string  one status byte per seat ordinal
--         areas   hash    area index -> free,held,reserved,sold,blocked
--         holds   hash    hold_id -> packed hold
--         expiry  zset    hold_id -> when it runs out, or is forgotten
--         fans    hash    account -> held and bought
--         changes stream  of the shard
--         presales hash   what was taken in presales: by fan, by presale, by code
-- @args   event, trace, batch (how many at the most)
-- @return {'SWEPT', how many, more (0 or 1)} | {'NO_EPOCH'}
-- @retry  As often as you like, from any number of nodes.
-- @flags  allow-oom

-- @include /redis/part/event.lua
-- @include /redis/part/places.lua
-- @include /redis/part/areas.lua
-- @include /redis/part/hold.lua
-- @include /redis/part/ending.lua

if not event.loaded() then return { 'NO_EPOCH' } end
local swept = hold.sweep(tonumber(ARGV[3]))
return { 'SWEPT', swept, #hold.overdue(1) }
