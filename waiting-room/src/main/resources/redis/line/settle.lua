-- Stops waiting for visitors who had left before they were called.
--
-- @keys   room     hash    what the room is doing, see open_line
--         marks    string  two bits an entry: 0 waiting, 1 left, 2 admitted, 3 left and not waited for any more
--         calls    zset    first-last-ms of each call whose window is not over, by last
--         settled  hash    last of a call -> how many of it were admitted or left
--         sessions zset    entry -> when its session ends, ms
-- @args   entry, position... (at most 1,000 pairs)
-- @return {'DONE'} | {'LOST'}
-- @retry  As often as you like: each counts once.
-- @flags  allow-oom

-- @include /redis/line/part/line.lua
-- @include /redis/line/part/calls.lua

if not line.load() then return { 'LOST' } end
for i = 1, #ARGV, 2 do
  local entry, position = tonumber(ARGV[i]), tonumber(ARGV[i + 1])
  if position <= line.meta.served and line.mark(entry) == line.LEFT then
    line.set_mark(entry, line.GONE)
    local call = calls.of(position)
    if call then calls.settle(call) end
  end
end
return { 'DONE' }
