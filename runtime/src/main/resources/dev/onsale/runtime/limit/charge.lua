-- Takes tokens from buckets for a batch of messages; a message that finds one of its buckets too low takes nothing.
--
-- @keys   bucket... string  when the bucket will be full again, in microseconds since 2026 began; absent: it is full
-- @args   for each bucket: microseconds in which one token comes back, tokens it holds when full;
--         then for each message: tokens it takes, number of its buckets, which ones (from 1)
-- @return {'CHARGED', bucket, tokens left in it, microseconds to wait for the tokens asked, ...} three for each message, of its
--         lowest bucket, 0 to wait; of one that took nothing, the bucket to wait for longest
-- @retry  Takes again. A batch whose answer was lost is not repeated.
local EPOCH = 1767225600
local clock = redis.call('TIME')
local now = (clock[1] - EPOCH) * 1000000 + clock[2]

local known, buckets = redis.call('MGET', unpack(KEYS)), {}
for i = 1, #KEYS do
  local token, size = tonumber(ARGV[2 * i - 1]), tonumber(ARGV[2 * i])
  local full_at = math.max(tonumber(known[i]) or now, now)
  -- A clock that was set back must not keep a bucket empty for longer than it takes to fill.
  buckets[i] = { token = token, size = size, full_at = math.min(full_at, now + token * size) }
end

-- How long to wait until the bucket has that many tokens; not above 0: it has them.
local function wait(bucket, tokens)
  return bucket.full_at - now - bucket.token * (bucket.size - math.min(tokens, bucket.size))
end

local function left(bucket)
  return math.floor(bucket.size - (bucket.full_at - now) / bucket.token)
end

local answer = { 'CHARGED' }
local function tell(which, waiting)
  answer[#answer + 1] = which
  answer[#answer + 1] = left(buckets[which])
  answer[#answer + 1] = math.ceil(waiting)
end

local at = 2 * #KEYS + 1
while at <= #ARGV do
  local tokens, last = tonumber(ARGV[at]), at + 1 + tonumber(ARGV[at + 1])
  local longest, whose = 0, nil
  for i = at + 2, last do
    local waiting = wait(buckets[tonumber(ARGV[i])], tokens)
    if waiting > longest then longest, whose = waiting, tonumber(ARGV[i]) end
  end
  if whose then
    tell(whose, longest)
  else
    local lowest
    for i = at + 2, last do
      local which = tonumber(ARGV[i])
      local bucket = buckets[which]
      bucket.full_at = bucket.full_at + bucket.token * math.min(tokens, bucket.size)
      bucket.taken = true
      if not lowest or left(bucket) < left(buckets[lowest]) then lowest = which end
    end
    tell(lowest, 0)
  end
  at = last + 1
end

for i, bucket in ipairs(buckets) do
  if bucket.taken then
    local millis = math.max(1, math.ceil((bucket.full_at - now) / 1000))
    redis.call('SET', KEYS[i], string.format('%.2f', bucket.full_at), 'PX', string.format('%.0f', millis))
  end
end
return answer
