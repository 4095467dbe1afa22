-- Holds certain seats for one fan: all of them or none, or those that can be had if a part is enough.
--
-- @keys   meta    hash    epoch, version, sale window, limit
--         seats   string  one status byte per seat ordinal
--         areas   hash    area index -> free,held,reserved,sold,blocked
--         holds   hash    hold_id -> packed hold
--         expiry  zset    hold_id -> when it runs out, or is forgotten
--         fans    hash    account -> held and bought
--         changes stream  of the shard
--         presales hash   what was taken in presales: by fan, by presale, by code
-- @args   event, trace, hold_id, account, body hash, price version, partial (0 or 1), fan (keyed hash of the account; empty:
--         not looked up), rights (of the fan, see part/presale.lua), ordinal... (1 to 20, ascending)
-- @return {'HELD', hold, now} | {'TAKEN', ordinal...} | {'LIMIT', limit, used} | {'NOT_ON_SALE', start, state}
--         | {'PRESALE'} (one is open: look the fan up, then call again) | {'NOT_ADMITTED', why, access, start} (one is open,
--         but not to the fan: CODE, LIST, INVALID or USED_UP) | {'NO_SUCH_SEAT', ordinal}
--         | {'REUSED'} | {'DUE'} (sweep_expired, then call again) | {'NO_EPOCH'}
-- @retry  The same hold_id and body again answer the same hold as it is now; the expiry does not move.

-- @include /redis/part/event.lua
-- @include /redis/part/places.lua
-- @include /redis/part/areas.lua
-- @include /redis/part/hold.lua
-- @include /redis/part/ending.lua
-- @include /redis/part/presale.lua
-- @include /redis/part/presale_room.lua
-- @include /redis/part/choosing.lua
-- @include /redis/part/taking.lua
-- @include /redis/part/choose_seats.lua

return hold.create(choose_seats)
