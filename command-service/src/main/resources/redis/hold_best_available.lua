-- Holds the best seats side by side for one fan, looking through ranges of ordinals in the order given.
--
-- @keys   meta    hash    epoch, version, sale window, limit
--         seats   string  one status byte per seat ordinal
--         areas   hash    area index -> free,held,reserved,sold,blocked
--         holds   hash    hold_id -> packed hold
--         expiry  zset    hold_id -> when it runs out, or is forgotten
--         fans    hash    account -> held and bought
--         changes stream  of the shard
-- @args   event, trace, hold_id, account, body hash, price version, partial (0 or 1), quantity (1 to 20),
--         accessible (how many of them), split (0 or 1), then pairs: from, to (not included), best first
-- @return {'HELD', hold, now} | {'SOLD_OUT'} | {'NOT_ADJACENT'} | {'LIMIT', limit, used}
--         | {'NOT_ON_SALE', start, state} | {'REUSED'} | {'DUE'} (sweep_expired, then call again) | {'NO_EPOCH'}
-- @retry  The same hold_id and body again answer the same hold as it is now; nothing is chosen again.

-- @include /redis/part/event.lua
-- @include /redis/part/places.lua
-- @include /redis/part/areas.lua
-- @include /redis/part/hold.lua
-- @include /redis/part/ending.lua
-- @include /redis/part/taking.lua
-- @include /redis/part/best.lua
-- @include /redis/part/best_window.lua
-- @include /redis/part/choose_best.lua

return hold.create(choose_best)
