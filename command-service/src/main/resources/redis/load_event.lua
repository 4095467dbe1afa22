-- Begins to load an event: what Redis had of it is dropped, and it is off until load_commit. Stages follow by load_holds.
--
-- @keys   meta    hash    epoch, version, sale window, limit
--         seats   string  one status byte per seat ordinal
--         areas   hash    area index -> free,held,reserved,sold,blocked
--         holds   hash    hold_id -> packed hold
--         expiry  zset    hold_id -> when it runs out, or is forgotten
--         fans    hash    account -> held and bought
--         changes stream  of the shard
--         presales hash   what was taken in presales: by fan, by presale, by code
-- @args   event, trace, epoch (the next one, as PostgreSQL has it)
-- @return {'LOADING'} | {'STALE', epoch} (the event was loaded under this epoch or a later one)
-- @retry  Take a new epoch for each try.

-- @include /redis/part/event.lua

local epoch = redis.call('HGET', event.meta, 'epoch')
if epoch and tonumber(epoch) >= tonumber(ARGV[3]) then return { 'STALE', epoch } end
redis.call('UNLINK', event.meta, event.seats, event.areas, event.holds, event.expiry, event.fans, event.presales)
redis.call('HSET', event.meta, 'epoch', ARGV[3], 'loading', '1')
return { 'LOADING' }
