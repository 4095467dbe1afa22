-- The line as every operation sees it: its keys, the clock, what is written of the room, and how that is changed.
local line = {
  room = KEYS[1], marks = KEYS[2], calls = KEYS[3], settled = KEYS[4], sessions = KEYS[5], BUCKETS = 5,
  WAITING = 0, LEFT = 1, ADMITTED = 2, GONE = 3, -- Gone: left, and nobody waits for it any more.
}
local clock = redis.call('TIME')
line.us = clock[1] * 1000000 + clock[2]
line.now = math.floor(line.us / 1000)

-- A whole number as text; tostring would round one of more than 14 digits.
function line.text(number)
  return string.format('%.0f', number)
end

-- All that is written of the room: texts as `state`, `digest` and `kept`, numbers otherwise. Nil if there is no room.
function line.load()
  local flat = redis.call('HGETALL', line.room)
  if #flat == 0 then return nil end
  local meta = {}
  for i = 1, #flat, 2 do
    local name = flat[i]
    meta[name] = (name == 'state' or name == 'digest' or name == 'kept') and flat[i + 1] or tonumber(flat[i + 1])
  end
  line.meta = meta
  return meta
end

-- Changes what is written of the room; numbers are whole, but for the rate.
function line.put(changes)
  local flat = {}
  for name, value in pairs(changes) do
    line.meta[name] = value
    flat[#flat + 1] = name
    if name == 'rate' then
      value = string.format('%.6f', value)
    elseif type(value) == 'number' then
      value = line.text(value)
    end
    flat[#flat + 1] = value
  end
  redis.call('HSET', line.room, unpack(flat))
end

function line.add(name, number)
  line.put({ [name] = line.meta[name] + number })
end

-- What is known of an entry: waiting, left, admitted, gone.
function line.mark(entry)
  return redis.call('BITFIELD', line.marks, 'GET', 'u2', '#' .. line.text(entry))[1]
end

function line.set_mark(entry, mark)
  redis.call('BITFIELD', line.marks, 'SET', 'u2', '#' .. line.text(entry), mark)
end
