-- Makes a room, or tells it what its operator decided; brings back what a Redis has lost. The line never goes back.
--
-- @keys   room     hash    what the room is doing, see open_line
--         marks    string  two bits an entry: 0 waiting, 1 left, 2 admitted, 3 left and not waited for any more
--         calls    zset    first-last-ms of each call whose window is not over, by last
--         settled  hash    last of a call -> how many of it were admitted or left
--         sessions zset    entry -> when its session ends, ms
-- @args   state, opens_ms, rate, max_active, window_ms, session_ms, capacity, joined, served, lobby (0: not drawn),
--         digest (may be ''), how many entries it is over
-- @return {'LINE', state, now_ms, served, first called or 0, joined, lobby, active, pending, absent, admitted, abandoned, finished, left,
--         most active, rate, positions up to this have passed, digest in hexadecimal}
-- @retry  As often as you like.

-- @include /redis/line/part/line.lua
-- @include /redis/line/part/entries.lua
-- @include /redis/line/part/calls.lua
-- @include /redis/line/part/drain.lua
-- @include /redis/line/part/answer.lua

local RANK = { L = 1, F = 2, O = 3, P = 3, C = 4 }
local state, joined, served, lobby, digest = ARGV[1], tonumber(ARGV[8]), tonumber(ARGV[9]), tonumber(ARGV[10]), ARGV[11]
local terms = {
  opens_ms = tonumber(ARGV[2]), rate = tonumber(ARGV[3]), max_active = tonumber(ARGV[4]), window_ms = tonumber(ARGV[5]),
  session_ms = tonumber(ARGV[6]), capacity = tonumber(ARGV[7]),
}
local lost = not line.load()
if lost then
  line.meta = {}
  line.put({
    state = 'L', next = 0, served = 0, passed = 0, lobby = 0, digest = string.rep('0', 40), kept = '', again = 0, last_us = line.us,
    credit = 0, pending = 0, absent = 0, admitted = 0, abandoned = 0, finished = 0, left = 0, most = 0,
  })
else
  drain.accrue() -- At the old rate.
end
line.put(terms)
entries.catch_up(math.max(joined, served, lobby))
if lost and digest ~= '' then -- It goes on from where somebody noted it.
  line.put({ digest = entries.digested_gap(digest, tonumber(ARGV[12]) + 1, line.meta.next) })
end
local before = line.meta.state
if RANK[state] > RANK[before] or (RANK[state] == 3 and RANK[before] == 3) then
  if before == 'L' then drain.freeze() end
  line.put({ state = state })
  if state == 'O' and before ~= 'O' then drain.restart() end
end
if lobby > 0 then line.put({ lobby = lobby, digest = digest }) end -- As it was drawn.
return answer(calls.catch_up(served))
