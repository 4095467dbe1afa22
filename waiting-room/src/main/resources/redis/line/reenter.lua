-- Puts a visitor whose turn has passed to the end of the line, once.
--
-- @keys   room     hash    what the room is doing, see open_line
--         marks    string  two bits an entry: 0 waiting, 1 left, 2 admitted, 3 left and not waited for any more
--         calls    zset    first-last-ms of each call whose window is not over, by last
--         settled  hash    last of a call -> how many of it were admitted or left
--         sessions zset    entry -> when its session ends, ms
--         bucket   hash    of the account: fingerprint -> entry * 2 + (1 if it re-entered)
-- @args   entry, position, fingerprint (hexadecimal), entries that somebody has seen given
-- @return {'REENTERED', entry} | {'NOT_YET', how many are before it} | {'USED'} | {'CLOSED'} | {'LOST'}
-- @retry  As often as you like: the same entry.

-- @include /redis/line/part/line.lua
-- @include /redis/line/part/entries.lua
-- @include /redis/line/part/calls.lua

local meta = line.load()
if not meta then return { 'LOST' } end
local entry, position, fingerprint = tonumber(ARGV[1]), tonumber(ARGV[2]), entries.fingerprint(ARGV[3])
local bucket = KEYS[line.BUCKETS + 1]
if meta.state == 'C' then return { 'CLOSED' } end
entries.catch_up(tonumber(ARGV[4]))
local owned, again = entries.of(bucket, fingerprint, entry)
if owned and owned ~= entry then
  return again and owned > entry and { 'REENTERED', line.text(owned) } or { 'USED' }
end
if owned then
  if again or line.mark(entry) ~= line.WAITING then return { 'USED' } end
  if position == 0 or position > meta.served then
    return { 'NOT_YET', line.text(math.max(0, position - meta.served - 1)) }
  end
  if calls.of(position) then return { 'NOT_YET', '0' } end
end
local new = meta.next + 1
line.put({ next = new, again = meta.again + 1 })
entries.write(bucket, fingerprint, new, true)
return { 'REENTERED', line.text(new) }
