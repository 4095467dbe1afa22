-- Revokes presale codes: none of them lets anybody hold from now on. Holds made with them stay.
--
-- @keys   meta    hash    epoch, version, sale window, limit
--         seats   string  one status byte per seat ordinal
--         areas   hash    area index -> free,held,reserved,sold,blocked
--         holds   hash    hold_id -> packed hold
--         expiry  zset    hold_id -> when it runs out, or is forgotten
--         fans    hash    account -> held and bought
--         changes stream  of the shard
--         presales hash   what was taken in presales: by fan, by presale, by code
-- @args   event, trace, code... (numbers of codes, 1 to 1000)
-- @return {'REVOKED'} | {'NO_EPOCH'}
-- @retry  As often as you like.

-- @include /redis/part/event.lua

if not event.loaded() then return { 'NO_EPOCH' } end
for i = 3, #ARGV do
  redis.call('HSET', event.presales, 'x:' .. ARGV[i], '1')
end
return { 'REVOKED' }
