-- Loads some holds of an event that is being loaded: those of live bookings, and durable ones.
--
-- @keys   meta    hash    epoch, version, sale window, limit
--         seats   string  one status byte per seat ordinal
--         areas   hash    area index -> free,held,reserved,sold,blocked
--         holds   hash    hold_id -> packed hold
--         expiry  zset    hold_id -> when it runs out, or is forgotten
--         fans    hash    account -> held and bought
--         changes stream  of the shard
--         presales hash   what was taken in presales: by fan, by presale, by code
-- @args   event, trace, epoch, then pairs: hold_id, packed hold (up to 1000 pairs)
-- @return {'LOADING'} | {'STALE', epoch} (another load has begun, or this one is done)
-- @retry  Never the same stage twice: begin again with a new epoch.

-- @include /redis/part/event.lua
-- @include /redis/part/places.lua
-- @include /redis/part/areas.lua
-- @include /redis/part/hold.lua

local meta = redis.call('HMGET', event.meta, 'epoch', 'loading')
if meta[1] ~= ARGV[3] or not meta[2] then return { 'STALE', meta[1] or '0' } end
for i = 4, #ARGV, 2 do
  local id, h = ARGV[i], hold.parse(ARGV[i + 1])
  redis.call('HSET', event.holds, id, ARGV[i + 1])
  hold.count(h, #event.numbers(h.ordinals) + areas.total(areas.parse(h.areas)))
  if hold.live(h) then
    redis.call('ZADD', event.expiry, h.expires, id)
  end
end
return { 'LOADING' }
