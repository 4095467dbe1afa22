-- Lets a called visitor in: its session begins.
--
-- @keys   room     hash    what the room is doing, see open_line
--         marks    string  two bits an entry: 0 waiting, 1 left, 2 admitted, 3 left and not waited for any more
--         calls    zset    first-last-ms of each call whose window is not over, by last
--         settled  hash    last of a call -> how many of it were admitted or left
--         sessions zset    entry -> when its session ends, ms
--         bucket   hash    of the account: fingerprint -> entry * 2 + (1 if it re-entered)
-- @args   entry, position (0: not drawn yet), fingerprint (hexadecimal)
-- @return {'ADMITTED', expires_ms} | {'NOT_YET', how many are before it} | {'PASSED'} | {'USED'} | {'CLOSED'} | {'LOST'}
-- @retry  As often as you like: one session, whose end does not move.

-- @include /redis/line/part/line.lua
-- @include /redis/line/part/entries.lua
-- @include /redis/line/part/calls.lua

local meta = line.load()
if not meta then return { 'LOST' } end
local entry, position, fingerprint = tonumber(ARGV[1]), tonumber(ARGV[2]), entries.fingerprint(ARGV[3])
local owned = entries.of(KEYS[line.BUCKETS + 1], fingerprint, entry)
local mark = line.mark(entry)
if owned == entry and mark == line.ADMITTED then
  local expires = tonumber(redis.call('ZSCORE', line.sessions, ARGV[1]) or 0)
  if expires > line.now then return { 'ADMITTED', line.text(expires) } end
end
if meta.state == 'C' then return { 'CLOSED' } end
if owned and owned ~= entry or mark ~= line.WAITING then return { 'USED' } end
if not owned then return { 'PASSED' } end -- The entry was lost, and has been given to somebody else.
if position == 0 or position > meta.served then
  return { 'NOT_YET', line.text(math.max(0, position - meta.served - 1)) }
end
local call = calls.of(position)
if not call then return { 'PASSED' } end
local expires = line.now + meta.session_ms
line.set_mark(entry, line.ADMITTED)
redis.call('ZADD', line.sessions, line.text(expires), ARGV[1])
calls.settle(call)
local active = redis.call('ZCOUNT', line.sessions, '(' .. line.text(line.now), '+inf')
line.put({ admitted = meta.admitted + 1, most = math.max(meta.most or 0, active) })
return { 'ADMITTED', line.text(expires) }
