-- Ends a load: from now on the event can be sold.
--
-- @keys   meta    hash    epoch, version, sale window, limit
--         seats   string  one status byte per seat ordinal
--         areas   hash    area index -> free,held,reserved,sold,blocked
--         holds   hash    hold_id -> packed hold
--         expiry  zset    hold_id -> when it runs out, or is forgotten
--         fans    hash    account -> held and bought
--         changes stream  of the shard
--         presales hash   what was taken in presales: by fan, by presale, by code
-- @args   event, trace, epoch, first version (epoch * 2^32), state (open or closed), start ms, end ms (not included),
--         limit a fan, ttl ms, hard maximum ms, presales (see part/presale.lua), their version,
--         seats (one byte per ordinal), then pairs: area index, counters
-- @return {'LOADED', version} | {'STALE', epoch}
-- @retry  The same call again answers the version the event has by then.

-- @include /redis/part/event.lua

local meta = redis.call('HMGET', event.meta, 'epoch', 'loading', 'version')
if meta[1] ~= ARGV[3] then return { 'STALE', meta[1] or '0' } end
if not meta[2] then return { 'LOADED', meta[3] } end
redis.call('SET', event.seats, ARGV[13])
for i = 14, #ARGV, 2 do
  redis.call('HSET', event.areas, ARGV[i], ARGV[i + 1])
end
redis.call('HSET', event.meta, 'version', ARGV[4], 'state', ARGV[5], 'start', ARGV[6], 'end', ARGV[7], 'limit', ARGV[8],
  'ttl', ARGV[9], 'hard', ARGV[10], 'presales_version', ARGV[12])
if ARGV[11] ~= '' then redis.call('HSET', event.meta, 'presales', ARGV[11]) end
redis.call('HDEL', event.meta, 'loading')
return { 'LOADED', event.publish('loaded', '', '', '', {}, '') }
