-- Gives each account its one entry; those that have one get it again.
--
-- @keys   room     hash    what the room is doing, see open_line
--         marks    string  two bits an entry: 0 waiting, 1 left, 2 admitted, 3 left and not waited for any more
--         calls    zset    first-last-ms of each call whose window is not over, by last
--         settled  hash    last of a call -> how many of it were admitted or left
--         sessions zset    entry -> when its session ends, ms
--         bucket... hash   of each account, in their order: fingerprint -> entry * 2 + (1 if it re-entered)
-- @args   entries that somebody has seen given, then for each account: fingerprint (hexadecimal), entry of its ticket or 0
-- @return {'JOINED', entry or 0 if the room is full, 1 if it is new or 0, ... for each account} | {'CLOSED'} | {'LOST'}
-- @retry  As often as you like: the same entries.

-- @include /redis/line/part/line.lua
-- @include /redis/line/part/entries.lua
-- @include /redis/line/part/drain.lua

local meta = line.load()
if not meta then return { 'LOST' } end
if meta.state == 'C' then return { 'CLOSED' } end
entries.catch_up(tonumber(ARGV[1]))
drain.freeze_if_due()

local reply, given, digest = { 'JOINED' }, meta.next, meta.digest
for i = 1, #KEYS - line.BUCKETS do
  local bucket, fingerprint = KEYS[line.BUCKETS + i], entries.fingerprint(ARGV[2 * i])
  local entry, new = entries.of(bucket, fingerprint, tonumber(ARGV[2 * i + 1])), 0
  if not entry and given - meta.again < meta.capacity then
    given, new = given + 1, 1
    entry = given
    entries.write(bucket, fingerprint, entry, false)
    if meta.state == 'L' then digest = entries.digested(digest, fingerprint) end
  end
  reply[#reply + 1] = line.text(entry or 0)
  reply[#reply + 1] = new
end
if given > meta.next then line.put({ next = given, digest = digest }) end
return reply
