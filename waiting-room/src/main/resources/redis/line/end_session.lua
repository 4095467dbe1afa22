-- Ends a session by an operator's word.
--
-- @keys   room     hash    what the room is doing, see open_line
--         marks    string  two bits an entry: 0 waiting, 1 left, 2 admitted, 3 left and not waited for any more
--         calls    zset    first-last-ms of each call whose window is not over, by last
--         settled  hash    last of a call -> how many of it were admitted or left
--         sessions zset    entry -> when its session ends, ms
-- @args   entry
-- @return {'DONE'} | {'LOST'}
-- @retry  As often as you like.
-- @flags  allow-oom

-- @include /redis/line/part/line.lua

if not line.load() then return { 'LOST' } end
if redis.call('ZREM', line.sessions, ARGV[1]) == 1 then line.add('abandoned', 1) end
return { 'DONE' }
