-- Marks the places of a booking sold, after PostgreSQL has issued the tickets.
--
-- @keys   meta    hash    epoch, version, sale window, limit
--         seats   string  one status byte per seat ordinal
--         areas   hash    area index -> free,held,reserved,sold,blocked
--         holds   hash    hold_id -> packed hold
--         expiry  zset    hold_id -> when it runs out, or is forgotten
--         fans    hash    account -> held and bought
--         changes stream  of the shard
--         presales hash   what was taken in presales: by fan, by presale, by code
-- @args   event, trace, hold_id, account, fence, price version, ordinals (1,2,3 ascending), areas (index:quantity,...)
-- @return {'DONE', hold, now} | {'ALREADY', hold, now} (sold or freed before) | {'NO_EPOCH'}
-- @retry  As often as you like. A hold that has run out or is unknown here gets its places all the same.

-- @include /redis/part/event.lua
-- @include /redis/part/places.lua
-- @include /redis/part/areas.lua
-- @include /redis/part/hold.lua
-- @include /redis/part/ending.lua
-- @include /redis/part/booked.lua

return book('S', 3, 'sold')
