-- Finds the entry of an account.
--
-- @keys   room     hash    what the room is doing, see open_line
--         marks    string  two bits an entry: 0 waiting, 1 left, 2 admitted, 3 left and not waited for any more
--         calls    zset    first-last-ms of each call whose window is not over, by last
--         settled  hash    last of a call -> how many of it were admitted or left
--         sessions zset    entry -> when its session ends, ms
--         bucket   hash    of the account: fingerprint -> entry * 2 + (1 if it re-entered)
-- @args   fingerprint (hexadecimal)
-- @return {'ENTRY', entry or 0 if it has none} | {'LOST'}
-- @retry  As often as you like.
-- @flags  allow-oom

-- @include /redis/line/part/line.lua
-- @include /redis/line/part/entries.lua

if not line.load() then return { 'LOST' } end
return { 'ENTRY', line.text(entries.of(KEYS[line.BUCKETS + 1], entries.fingerprint(ARGV[1]), 0) or 0) }
