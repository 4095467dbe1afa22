-- Ends the sale: no new holds. Holds that exist run on and may be booked.
--
-- @keys   meta    hash    epoch, version, sale window, limit
--         seats   string  one status byte per seat ordinal
--         areas   hash    area index -> free,held,reserved,sold,blocked
--         holds   hash    hold_id -> packed hold
--         expiry  zset    hold_id -> when it runs out, or is forgotten
--         fans    hash    account -> held and bought
--         changes stream  of the shard
--         presales hash   what was taken in presales: by fan, by presale, by code
-- @args   event, trace
-- @return {'CLOSED'} | {'NO_EPOCH'}
-- @retry  As often as you like.
-- @flags  allow-oom

-- @include /redis/part/event.lua

if not event.loaded() then return { 'NO_EPOCH' } end
redis.call('HSET', event.meta, 'state', 'closed')
return { 'CLOSED' }
