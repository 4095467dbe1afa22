-- Puts blocked seats back on sale; others stay as they are.
--
-- @keys   meta    hash    epoch, version, sale window, limit
--         seats   string  one status byte per seat ordinal
--         areas   hash    area index -> free,held,reserved,sold,blocked
--         holds   hash    hold_id -> packed hold
--         expiry  zset    hold_id -> when it runs out, or is forgotten
--         fans    hash    account -> held and bought
--         changes stream  of the shard
--         presales hash   what was taken in presales: by fan, by presale, by code
-- @args   event, trace, ordinal... (1 to 1000, ascending)
-- @return {'UNBLOCKED', ordinal...} (those that were blocked before) | {'NO_EPOCH'}
-- @retry  As often as you like.

-- @include /redis/part/event.lua
-- @include /redis/part/places.lua

if not event.loaded() then return { 'NO_EPOCH' } end
local ordinals = {}
for i = 3, #ARGV do ordinals[#ordinals + 1] = tonumber(ARGV[i]) end
local freed = places.move(ordinals, places.BLOCKED, 0)
if #freed > 0 then
  event.publish('unblocked', '', '', '0', freed, '')
end
return { 'UNBLOCKED', unpack(freed) }
