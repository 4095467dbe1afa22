-- Moves the line as far as the time allows, however many tick; ends what is over.
--
-- @keys   room     hash    what the room is doing, see open_line
--         marks    string  two bits an entry: 0 waiting, 1 left, 2 admitted, 3 left and not waited for any more
--         calls    zset    first-last-ms of each call whose window is not over, by last
--         settled  hash    last of a call -> how many of it were admitted or left
--         sessions zset    entry -> when its session ends, ms
-- @args   served and joined as far as somebody has seen them
-- @return {'LINE', state, now_ms, served, first called or 0, joined, lobby, active, pending, absent, admitted, abandoned, finished, left,
--         most active, rate, positions up to this have passed, digest in hexadecimal}
--         | {'LOST'}
-- @retry  As often as you like: time is what counts.
-- @flags  allow-oom

-- @include /redis/line/part/line.lua
-- @include /redis/line/part/entries.lua
-- @include /redis/line/part/calls.lua
-- @include /redis/line/part/drain.lua
-- @include /redis/line/part/answer.lua

if not line.load() then return { 'LOST' } end
entries.catch_up(math.max(tonumber(ARGV[1]), tonumber(ARGV[2])))
drain.freeze_if_due()
drain.sweep_sessions(10000)
calls.sweep(1000)
local again = calls.catch_up(tonumber(ARGV[1]))
local first = line.meta.state == 'O' and drain.move() or 0
return answer(again > 0 and again or first)
