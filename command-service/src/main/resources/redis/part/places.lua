-- Seats and area counters. Statuses: 0 available, 1 held, 2 reserved, 3 sold, 4 blocked.
local places = { HELD = { [1] = true }, FREE = { [0] = true }, BOOKED = { [2] = true, [3] = true }, BLOCKED = { [4] = true } }

-- The status of a seat; nil for a separator or an ordinal out of range.
function places.status(ordinal)
  local code = redis.call('GETRANGE', event.seats, ordinal, ordinal)
  return code ~= '' and code ~= '-' and math.floor((code:byte() - 48) / 4) or nil
end

-- Runs of neighbouring ordinals in an ascending list.
local function runs(ordinals)
  local found = {}
  for _, ordinal in ipairs(ordinals) do
    local last = found[#found]
    if last and last.to + 1 == ordinal then
      last.to = ordinal
    else
      found[#found + 1] = { from = ordinal, to = ordinal }
    end
  end
  return found
end

-- Gives those of the seats (ascending) that have one of the statuses `from` (nil: any) the status `to`. Answers them.
function places.move(ordinals, from, to)
  local moved = {}
  for _, run in ipairs(runs(ordinals)) do
    local codes = redis.call('GETRANGE', event.seats, run.from, run.to)
    local bytes = { codes:byte(1, -1) }
    for i, byte in ipairs(bytes) do
      if byte >= 48 and (not from or from[math.floor((byte - 48) / 4)]) then
        bytes[i] = 48 + to * 4 + (byte - 48) % 4
        moved[#moved + 1] = run.from + i - 1
      end
    end
    local after = string.char(unpack(bytes))
    if after ~= codes then
      redis.call('SETRANGE', event.seats, run.from, after)
    end
  end
  return moved
end

-- The counters of an area by status + 1; nil if there is no such area.
function places.area(index)
  local text = redis.call('HGET', event.areas, index)
  local counts = {}
  for number in (text or ''):gmatch('-?%d+') do
    counts[#counts + 1] = tonumber(number)
  end
  return text and counts or nil
end
