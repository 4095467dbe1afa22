-- Renews a node's membership, lets go of shards it has done with, and takes free ones up to its even part.
--
-- @keys   nodes   zset  node -> until when it counts as alive, ms
--         owners  hash  shard -> node
-- @args   node, how long it counts as alive (ms), number of shards, then shards the node has let go of
-- @return {'LEASES', nodes alive, the node's even part, {shard, ...} (all it has now)}
-- @retry  As often as you like; call again well before the time is over.
local nodes, owners = KEYS[1], KEYS[2]
local node, life, shards = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)

redis.call('ZREMRANGEBYSCORE', nodes, '-inf', string.format('%.0f', now))
redis.call('ZADD', nodes, string.format('%.0f', now + life), node)
for i = 4, #ARGV do
  if redis.call('HGET', owners, ARGV[i]) == node then redis.call('HDEL', owners, ARGV[i]) end
end

local names, alive, rank = redis.call('ZRANGE', nodes, 0, -1), {}, 0
table.sort(names)
for i, name in ipairs(names) do
  alive[name] = true
  if name == node then rank = i end
end
local part = math.floor(shards / #names) + (rank <= shards % #names and 1 or 0)

local owner_of, pairs_of = {}, redis.call('HGETALL', owners)
for i = 1, #pairs_of, 2 do owner_of[tonumber(pairs_of[i])] = pairs_of[i + 1] end
local mine, free = {}, {}
for shard = 0, shards - 1 do
  local owner = owner_of[shard]
  if owner == node then
    mine[#mine + 1] = shard
  elseif not owner or not alive[owner] then
    free[#free + 1] = shard
  end
end
for _, shard in ipairs(free) do
  if #mine >= part then break end
  redis.call('HSET', owners, shard, node)
  mine[#mine + 1] = shard
end
return { 'LEASES', #names, part, mine }
