-- Ends the session of an entry by an operator's word, or gives up its place if it has not been admitted.
--
-- @keys   room     hash    what the room is doing, see open_line
--         marks    string  two bits an entry: 0 waiting, 1 left, 2 admitted, 3 left and not waited for any more
--         calls    zset    first-last-ms of each call whose window is not over, by last
--         settled  hash    last of a call -> how many of it were admitted or left
--         sessions zset    entry -> when its session ends, ms
-- @args   entry, position (0: not drawn yet)
-- @return {'DONE'} | {'LOST'}
-- @retry  As often as you like.
-- @flags  allow-oom

-- @include /redis/line/part/line.lua
-- @include /redis/line/part/calls.lua
-- @include /redis/line/part/places.lua

if not line.load() then return { 'LOST' } end
places.give_up(tonumber(ARGV[1]), tonumber(ARGV[2]))
return { 'DONE' }
