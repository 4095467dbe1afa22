-- Reads a hold as it is now, also for an hour after it ended.
--
-- @keys   meta    hash    epoch, version, sale window, limit
--         seats   string  one status byte per seat ordinal
--         areas   hash    area index -> free,held,reserved,sold,blocked
--         holds   hash    hold_id -> packed hold
--         expiry  zset    hold_id -> when it runs out, or is forgotten
--         fans    hash    account -> held and bought
--         changes stream  of the shard
--         presales hash   what was taken in presales: by fan, by presale, by code
-- @args   event, trace, hold_id
-- @return {'HOLD', hold, now} | {'NOT_FOUND'} | {'NO_EPOCH'}
-- @retry  Reads only; as often as you like.
-- @flags  no-writes

-- @include /redis/part/event.lua
-- @include /redis/part/hold.lua

if not event.loaded() then return { 'NO_EPOCH' } end
local h = hold.find(ARGV[3])
if not h then return { 'NOT_FOUND' } end
if hold.due(h) then h.state = 'X' end
return hold.reply('HOLD', h)
