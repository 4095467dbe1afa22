-- Undoes a hold that PostgreSQL refused: its places go back and it is forgotten, so that the same request is no repetition.
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
-- @return {'WITHDRAWN'} (now, or there is no such active hold) | {'NO_EPOCH'}
-- @retry  As often as you like.
-- @flags  allow-oom

-- @include /redis/part/event.lua
-- @include /redis/part/places.lua
-- @include /redis/part/areas.lua
-- @include /redis/part/hold.lua
-- @include /redis/part/ending.lua

local id, account = ARGV[3], ARGV[4]
if not event.loaded() then return { 'NO_EPOCH' } end
local h = hold.current(id)
if h and h.account == account and h.state == 'A' then
  hold.finish(id, h, 'L', 'released')
  redis.call('HDEL', event.holds, id)
  redis.call('ZREM', event.expiry, id)
end
return { 'WITHDRAWN' }
