-- Takes places for a booking whose money came after its places were let go; whether the sale is open does not matter.
--
-- @keys   meta    hash    epoch, version, sale window, limit
--         seats   string  one status byte per seat ordinal
--         areas   hash    area index -> free,held,reserved,sold,blocked
--         holds   hash    hold_id -> packed hold
--         expiry  zset    hold_id -> when it runs out, or is forgotten
--         fans    hash    account -> held and bought
--         changes stream  of the shard
--         presales hash   what was taken in presales: by fan, by presale, by code
-- @args   event, trace, hold_id, account, body hash, price version, mode (seats or area), fan and rights (both
--         empty), then the arguments of that way to choose
-- @return {'HELD', hold, now} | {'TAKEN', ordinal...} | {'SOLD_OUT'} | {'LIMIT', limit, used} | {'NO_SUCH_SEAT', ordinal}
--         | {'NO_SUCH_AREA', index} | {'REUSED'} | {'DUE'} (sweep_expired, then call again) | {'NO_EPOCH'}
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
-- @include /redis/part/choose_area.lua

local ways = { seats = choose_seats, area = choose_area }
return hold.create(ways[ARGV[7]], true)
