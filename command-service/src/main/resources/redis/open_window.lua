-- Puts the event on sale, or changes the terms it is sold on.
--
-- @keys   meta    hash    epoch, version, sale window, limit
--         seats   string  one status byte per seat ordinal
--         areas   hash    area index -> free,held,reserved,sold,blocked
--         holds   hash    hold_id -> packed hold
--         expiry  zset    hold_id -> when it runs out, or is forgotten
--         fans    hash    account -> held and bought
--         changes stream  of the shard
--         presales hash   what was taken in presales: by fan, by presale, by code
-- @args   event, trace, start ms, end ms (not included), limit a fan, ttl ms, hard maximum ms
-- @return {'OPEN'} | {'NO_EPOCH'}
-- @retry  As often as you like; the last call wins. Holds made before keep their expiry.

-- @include /redis/part/event.lua

if not event.loaded() then return { 'NO_EPOCH' } end
redis.call('HSET', event.meta, 'state', 'open', 'start', ARGV[3], 'end', ARGV[4], 'limit', ARGV[5], 'ttl', ARGV[6],
  'hard', ARGV[7])
return { 'OPEN' }
