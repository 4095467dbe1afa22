-- Ends a node's membership: its shards are free at once.
--
-- @keys   nodes   zset  node -> until when it counts as alive, ms
--         owners  hash  shard -> node
-- @args   node
-- @return {'LEFT', how many shards it had}
-- @retry  As often as you like.
redis.call('ZREM', KEYS[1], ARGV[1])
local left, owners = 0, redis.call('HGETALL', KEYS[2])
for i = 1, #owners, 2 do
  if owners[i + 1] == ARGV[1] then
    redis.call('HDEL', KEYS[2], owners[i])
    left = left + 1
  end
end
return { 'LEFT', left }
