-- Tells how far a group is behind the end of a shard's stream.
--
-- @keys   stream  stream  of a shard
-- @args   group
-- @return {'LAG', entries not finished, age of the oldest in ms, pending, last read id, last id}
--         | {'NO_GROUP', entries, age of the oldest in ms}
-- @retry  Reads only; as often as you like.
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)

-- Milliseconds since the entry with this id was added; 0 without an id.
local function age(id)
  return id and math.max(0, now - tonumber(id:match('^%d+'))) or 0
end

local function first(from)
  local found = redis.call('XRANGE', KEYS[1], from, '+', 'COUNT', 1)[1]
  return found and found[1]
end

if redis.call('EXISTS', KEYS[1]) == 0 then return { 'NO_GROUP', 0, 0 } end
local group
for _, flat in ipairs(redis.call('XINFO', 'GROUPS', KEYS[1])) do
  local info = {}
  for i = 1, #flat, 2 do info[flat[i]] = flat[i + 1] end
  if info.name == ARGV[1] then group = info end
end
if not group then return { 'NO_GROUP', redis.call('XLEN', KEYS[1]), age(first('-')) } end

local read = group['last-delivered-id']
local unread = first('(' .. read)
local behind = 0
if unread then
  behind = tonumber(group.lag) or #redis.call('XRANGE', KEYS[1], unread, '+', 'COUNT', 1000)
end
local oldest = group.pending > 0 and redis.call('XPENDING', KEYS[1], ARGV[1])[2] or unread
local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)[1]
return { 'LAG', behind + group.pending, age(oldest), group.pending, read, last and last[1] or '0-0' }
