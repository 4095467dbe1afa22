-- Ends sessions that led to a booking.
--
-- @keys   room     hash    what the room is doing, see open_line
--         marks    string  two bits an entry: 0 waiting, 1 left, 2 admitted, 3 left and not waited for any more
--         calls    zset    first-last-ms of each call whose window is not over, by last
--         settled  hash    last of a call -> how many of it were admitted or left
--         sessions zset    entry -> when its session ends, ms
-- @args   entry... (at most 2,000)
-- @return {'DONE'} | {'LOST'}
-- @retry  As often as you like.
-- @flags  allow-oom

-- @include /redis/line/part/line.lua

if not line.load() then return { 'LOST' } end
local ended = 0
for _, entry in ipairs(ARGV) do
  ended = ended + redis.call('ZREM', line.sessions, entry)
end
if ended > 0 then line.add('finished', ended) end
return { 'DONE' }
