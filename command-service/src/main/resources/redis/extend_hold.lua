-- Lets an active hold run for another full time from now, but not beyond its hard maximum: the fan can't pay just now.
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
-- @return {'EXTENDED', hold, now} (as far as it can be) | {'NOT_ACTIVE', hold, now} | {'NOT_FOUND'} | {'NO_EPOCH'}
-- @retry  As often as you like: the hard maximum does not move.

-- @include /redis/part/event.lua
-- @include /redis/part/places.lua
-- @include /redis/part/areas.lua
-- @include /redis/part/hold.lua
-- @include /redis/part/ending.lua

local id, account = ARGV[3], ARGV[4]
if not event.loaded() then return { 'NO_EPOCH' } end
local h = hold.current(id)
if not h or h.account ~= account then return { 'NOT_FOUND' } end
if h.state ~= 'A' then return hold.reply('NOT_ACTIVE', h) end
local till = math.min(event.now + tonumber(redis.call('HGET', event.meta, 'ttl')), tonumber(h.hard))
if till > tonumber(h.expires) then
  h.expires = event.text(till)
  hold.save(id, h)
  redis.call('ZADD', event.expiry, h.expires, id)
end
return hold.reply('EXTENDED', h)
