-- Undoes that a presale code let a fan in: PostgreSQL knows of another who has the use.
--
-- @keys   meta    hash    epoch, version, sale window, limit
--         seats   string  one status byte per seat ordinal
--         areas   hash    area index -> free,held,reserved,sold,blocked
--         holds   hash    hold_id -> packed hold
--         expiry  zset    hold_id -> when it runs out, or is forgotten
--         fans    hash    account -> held and bought
--         changes stream  of the shard
--         presales hash   what was taken in presales: by fan, by presale, by code
-- @args   event, trace, number of the presale, fan, code
-- @return {'WITHDRAWN'} (now, or it had not been let in by the code) | {'NO_EPOCH'}
-- @retry  As often as you like.
-- @flags  allow-oom

-- @include /redis/part/event.lua

if not event.loaded() then return { 'NO_EPOCH' } end
local field, uses = 'a:' .. ARGV[3] .. ':' .. ARGV[4], 'u:' .. ARGV[5]
if redis.call('HGET', event.presales, field) == ARGV[5] then
  redis.call('HDEL', event.presales, field)
  if redis.call('HINCRBY', event.presales, uses, -1) <= 0 then redis.call('HDEL', event.presales, uses) end
end
return { 'WITHDRAWN' }
