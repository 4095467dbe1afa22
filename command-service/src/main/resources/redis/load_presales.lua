-- Loads what was taken in presales of an event that is being loaded: who was let in by which code, uses, revoked codes.
--
-- @keys   meta    hash    epoch, version, sale window, limit
--         seats   string  one status byte per seat ordinal
--         areas   hash    area index -> free,held,reserved,sold,blocked
--         holds   hash    hold_id -> packed hold
--         expiry  zset    hold_id -> when it runs out, or is forgotten
--         fans    hash    account -> held and bought
--         changes stream  of the shard
--         presales hash   what was taken in presales: by fan, by presale, by code
-- @args   event, trace, epoch, then pairs: field, value (up to 1000 pairs; see part/presale.lua)
-- @return {'LOADING'} | {'STALE', epoch} (another load has begun, or this one is done)
-- @retry  As often as you like: the same stage says the same.

-- @include /redis/part/event.lua

local meta = redis.call('HMGET', event.meta, 'epoch', 'loading')
if meta[1] ~= ARGV[3] or not meta[2] then return { 'STALE', meta[1] or '0' } end
for i = 4, #ARGV, 2 do
  redis.call('HSET', event.presales, ARGV[i], ARGV[i + 1])
end
return { 'LOADING' }
