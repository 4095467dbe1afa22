-- Calls: runs of positions that were called at once, by their last position. A call ends with the claim window.
local calls = {}

local function parse(member)
  local first, last, at = member:match('(%d+)-(%d+)-(%d+)')
  return { member = member, first = tonumber(first), last = tonumber(last), at = tonumber(at) }
end

-- Whether its claim window is over.
function calls.over(call)
  return call.at + line.meta.window_ms <= line.now
end

-- The call of a position, unless its claim window is over.
function calls.of(position)
  local found = redis.call('ZRANGEBYSCORE', line.calls, line.text(position), '+inf', 'LIMIT', 0, 1)
  local call = found[1] and parse(found[1])
  return call and call.first <= position and not calls.over(call) and call or nil
end

-- Calls the positions up to the last.
function calls.make(first, last)
  local member = line.text(first) .. '-' .. line.text(last) .. '-' .. line.text(line.now)
  redis.call('ZADD', line.calls, line.text(last), member)
  line.put({ served = last, pending = line.meta.pending + last - first + 1 })
end

-- One position of the call needs no waiting for any more.
function calls.settle(call)
  redis.call('HINCRBY', line.settled, line.text(call.last), 1)
  line.add('pending', -1)
end

-- Somebody has seen the line further on than we know: it never goes back. Whoever was called so lately that the claim
-- window may not be over is called again. Answers the first of them, or 0.
function calls.catch_up(seen)
  local meta = line.meta
  if seen <= meta.served then return 0 end
  local first = math.max(meta.served + 1, seen - math.ceil(meta.rate * meta.window_ms / 1000))
  line.put({ passed = math.max(meta.passed, meta.served < first - 1 and first - 1 or 0) })
  calls.make(first, seen)
  return first
end

-- Ends calls whose window is over, at most so many; whoever did not come is absent.
function calls.sweep(most)
  for _ = 1, most do
    local oldest = redis.call('ZRANGE', line.calls, 0, 0)
    local call = oldest[1] and parse(oldest[1])
    if not call or not calls.over(call) then return end
    local last = line.text(call.last)
    local missing = call.last - call.first + 1 - tonumber(redis.call('HGET', line.settled, last) or 0)
    redis.call('ZREM', line.calls, call.member)
    redis.call('HDEL', line.settled, last)
    local meta = line.meta
    line.put({ pending = meta.pending - missing, absent = meta.absent + missing, passed = math.max(meta.passed, call.last) })
  end
end
