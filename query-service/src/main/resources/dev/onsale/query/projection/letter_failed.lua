-- Notes that a dead letter was retried in vain, if it is still there.
--
-- @keys   letters stream  what could not be projected of a shard
--         retries hash    letter id -> count, when in ms, reason
-- @args   letter id, reason, how many notes are kept at the most
-- @return {'NOTED', count} | {'GONE'}
-- @retry  Counts once more.
if #redis.call('XRANGE', KEYS[1], ARGV[1], ARGV[1]) == 0 then return { 'GONE' } end
if redis.call('HLEN', KEYS[2]) > tonumber(ARGV[3]) then redis.call('DEL', KEYS[2]) end
local clock = redis.call('TIME')
local before = redis.call('HGET', KEYS[2], ARGV[1])
local count = (before and tonumber(before:match('^%d+')) or 0) + 1
local now = string.format('%.0f', clock[1] * 1000 + math.floor(clock[2] / 1000))
redis.call('HSET', KEYS[2], ARGV[1], count .. ' ' .. now .. ' ' .. ARGV[2])
return { 'NOTED', count }
