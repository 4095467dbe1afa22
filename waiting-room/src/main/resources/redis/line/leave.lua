-- Gives up a place in the line, or ends a session.
--
-- @keys   room     hash    what the room is doing, see open_line
--         marks    string  two bits an entry: 0 waiting, 1 left, 2 admitted, 3 left and not waited for any more
--         calls    zset    first-last-ms of each call whose window is not over, by last
--         settled  hash    last of a call -> how many of it were admitted or left
--         sessions zset    entry -> when its session ends, ms
--         bucket   hash    of the account: fingerprint -> entry * 2 + (1 if it re-entered)
-- @args   entry, position (0: not drawn yet), fingerprint (hexadecimal)
-- @return {'LEFT'} | {'ENDED'} (its session) | {'ALREADY_GONE'} | {'LOST'}
-- @retry  As often as you like.
-- @flags  allow-oom

-- @include /redis/line/part/line.lua
-- @include /redis/line/part/entries.lua
-- @include /redis/line/part/calls.lua
-- @include /redis/line/part/places.lua

if not line.load() then return { 'LOST' } end
local entry, position, fingerprint = tonumber(ARGV[1]), tonumber(ARGV[2]), entries.fingerprint(ARGV[3])
if entries.of(KEYS[line.BUCKETS + 1], fingerprint, entry) ~= entry then return { 'ALREADY_GONE' } end
return { places.give_up(entry, position) }
