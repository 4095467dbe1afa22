-- Removes a consumer from a group if it has nothing pending: removing one that has would lose those entries.
--
-- @keys   stream  stream  of a shard
-- @args   group, consumer
-- @return {'DROPPED'} | {'PENDING'}
-- @retry  As often as you like. A consumer that comes back is made again by its first read.
if #redis.call('XPENDING', KEYS[1], ARGV[1], '-', '+', '1', ARGV[2]) > 0 then return { 'PENDING' } end
redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], ARGV[2])
return { 'DROPPED' }
