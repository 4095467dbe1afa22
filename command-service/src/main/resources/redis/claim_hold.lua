-- Starts the checkout of a hold: it no longer runs out under the payment, only at its hard maximum.
--
-- @keys   meta    hash    epoch, version, sale window, limit
--         seats   string  one status byte per seat ordinal
--         areas   hash    area index -> free,held,reserved,sold,blocked
--         holds   hash    hold_id -> packed hold
--         expiry  zset    hold_id -> when it runs out, or is forgotten
--         fans    hash    account -> held and bought
--         changes stream  of the shard
--         presales hash   what was taken in presales: by fan, by presale, by code
-- @args   event, trace, hold_id, account, fence
-- @return {'CLAIMED', hold, now} | {'BOOKED', hold, now} (beyond the claim already) | {'EXPIRED'} | {'NOT_ACTIVE', hold, now}
--         | {'STALE', hold, now} (the fence is not that of the hold) | {'NOT_FOUND'} | {'NO_EPOCH'}
-- @retry  As often as you like; a claimed hold stays claimed and its expiry does not move.

-- @include /redis/part/event.lua
-- @include /redis/part/places.lua
-- @include /redis/part/areas.lua
-- @include /redis/part/hold.lua
-- @include /redis/part/ending.lua

local id, account, fence = ARGV[3], ARGV[4], ARGV[5]
if not event.loaded() then return { 'NO_EPOCH' } end
local h = hold.current(id)
if not h or h.account ~= account then return { 'NOT_FOUND' } end
if h.state == 'X' then return { 'EXPIRED' } end
if h.state == 'L' or h.state == 'F' then return hold.reply('NOT_ACTIVE', h) end
if h.fence ~= fence then return hold.reply('STALE', h) end
if h.state == 'R' or h.state == 'S' then return hold.reply('BOOKED', h) end
if h.state == 'A' then
  h.state, h.expires = 'C', h.hard
  h.version = event.publish('claimed', id, account, '1', event.numbers(h.ordinals), '')
  hold.save(id, h)
  redis.call('ZADD', event.expiry, h.expires, id)
end
return hold.reply('CLAIMED', h)
