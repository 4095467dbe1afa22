-- Counts a try at a presale code, so that codes can't be guessed: so many wrong ones in a while.
--
-- @keys   tries   string  how many in the time that ends when the key does
-- @args   take or return (the code was right), how many there may be, in how many ms
-- @return {'MAY'} | {'WAIT', ms} | {'RETURNED'}
-- @retry  Each call counts. Return only what was taken.

local n = tonumber(redis.call('GET', KEYS[1]) or 0)
if ARGV[1] == 'return' then
  if n > 0 then redis.call('DECR', KEYS[1]) end
  return { 'RETURNED' }
end
if n >= tonumber(ARGV[2]) then
  return { 'WAIT', string.format('%.0f', math.max(redis.call('PTTL', KEYS[1]), 1)) }
end
if redis.call('INCR', KEYS[1]) == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[3]) end
return { 'MAY' }
