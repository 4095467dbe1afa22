-- Reads the whole inventory of one event at one version.
--
-- @keys   meta    hash    epoch, version
--         seats   string  one status byte per seat ordinal
--         areas   hash    area index -> free,held,reserved,sold,blocked
-- @args   none
-- @return {'SNAPSHOT', version, seats, {area index, counters, ...}} | {'NO_EPOCH'}
-- @retry  Reads only; as often as you like.
local version = redis.call('HGET', KEYS[1], 'version')
if not version then
  return { 'NO_EPOCH' }
end
return { 'SNAPSHOT', version, redis.call('GET', KEYS[2]) or '', redis.call('HGETALL', KEYS[3]) }
