-- The event as every operation sees it: its keys, the clock, its versions and the change stream of its shard.
local event = {
  id = ARGV[1], trace = ARGV[2],
  meta = KEYS[1], seats = KEYS[2], areas = KEYS[3], holds = KEYS[4], expiry = KEYS[5], fans = KEYS[6], changes = KEYS[7],
  presales = KEYS[8],
}
local clock = redis.call('TIME')
event.now = clock[1] * 1000 + math.floor(clock[2] / 1000)

-- A whole number as text; tostring would round one of more than 14 digits.
function event.text(number)
  return string.format('%.0f', number)
end

-- The whole numbers in a text, in order.
function event.numbers(text)
  local numbers = {}
  for digits in text:gmatch('%d+') do
    numbers[#numbers + 1] = tonumber(digits)
  end
  return numbers
end

-- False while the event is being loaded, or if Redis has lost it.
function event.loaded()
  return redis.call('HEXISTS', event.meta, 'version') == 1
end

-- Appends a change under the event's next version, and answers that version as text: a Lua number could not hold it.
function event.publish(op, hold, account, status, ordinals, areas)
  redis.call('HINCRBY', event.meta, 'version', 1)
  local version = redis.call('HGET', event.meta, 'version')
  local entry = {
    'kind', 'inventory', 'event', event.id, 'version', version, 'at', event.text(event.now), 'op', op, 'hold', hold,
    'account', account, 'status', status, 'seats', table.concat(ordinals, ','), 'areas', areas,
  }
  if event.trace ~= '' then
    entry[#entry + 1] = 'trace'
    entry[#entry + 1] = event.trace
  end
  redis.call('XADD', event.changes, '*', unpack(entry))
  return version
end
