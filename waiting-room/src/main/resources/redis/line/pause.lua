-- Lets the line stand still; whoever was called may come, whoever was let in shops on.
--
-- @keys   room     hash    what the room is doing, see open_line
--         marks    string  two bits an entry: 0 waiting, 1 left, 2 admitted, 3 left and not waited for any more
--         calls    zset    first-last-ms of each call whose window is not over, by last
--         settled  hash    last of a call -> how many of it were admitted or left
--         sessions zset    entry -> when its session ends, ms
-- @args   none
-- @return {'LINE', state, now_ms, served, first called or 0, joined, lobby, active, pending, absent, admitted, abandoned, finished, left,
--         most active, rate, positions up to this have passed, digest in hexadecimal}
--         | {'LOST'}
-- @retry  As often as you like.
-- @flags  allow-oom

-- @include /redis/line/part/line.lua
-- @include /redis/line/part/answer.lua

if not line.load() then return { 'LOST' } end
if line.meta.state == 'O' then line.put({ state = 'P' }) end
return answer()
