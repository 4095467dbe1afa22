-- Tells an event which presales it has. An older version than the known one changes nothing.
--
-- @keys   meta    hash    epoch, version, sale window, limit
--         seats   string  one status byte per seat ordinal
--         areas   hash    area index -> free,held,reserved,sold,blocked
--         holds   hash    hold_id -> packed hold
--         expiry  zset    hold_id -> when it runs out, or is forgotten
--         fans    hash    account -> held and bought
--         changes stream  of the shard
--         presales hash   what was taken in presales: by fan, by presale, by code
-- @args   event, trace, presales (see part/presale.lua; empty: none), their version
-- @return {'SET'} | {'OLD'} | {'NO_EPOCH'}
-- @retry  As often as you like; the greatest version wins. Holds made before stay as they are.

-- @include /redis/part/event.lua

if not event.loaded() then return { 'NO_EPOCH' } end
if tonumber(redis.call('HGET', event.meta, 'presales_version') or 0) > tonumber(ARGV[4]) then return { 'OLD' } end
redis.call('HSET', event.meta, 'presales_version', ARGV[4])
if ARGV[3] == '' then
  redis.call('HDEL', event.meta, 'presales')
else
  redis.call('HSET', event.meta, 'presales', ARGV[3])
end
return { 'SET' }
