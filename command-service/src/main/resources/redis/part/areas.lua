-- Area quantities as holds write them: `index:quantity,index:quantity`.
local areas = {}

-- { { index, quantity }, ... } of a text.
function areas.parse(text)
  local list = {}
  for index, quantity in text:gmatch('(%d+):(%d+)') do
    list[#list + 1] = { tonumber(index), tonumber(quantity) }
  end
  return list
end

-- The text of a list, without zero quantities.
function areas.pack(list)
  local words = {}
  for _, area in ipairs(list) do
    if area[2] > 0 then
      words[#words + 1] = area[1] .. ':' .. area[2]
    end
  end
  return table.concat(words, ',')
end

-- Quantities by index.
function areas.by_index(list)
  local quantities = {}
  for _, area in ipairs(list) do
    quantities[area[1]] = area[2]
  end
  return quantities
end

-- All quantities together.
function areas.total(list)
  local total = 0
  for _, area in ipairs(list) do
    total = total + area[2]
  end
  return total
end

-- Moves the quantities from one status to another. Answers the new counters as a change shows them.
function areas.shift(list, from, to)
  local shown = {}
  for _, area in ipairs(list) do
    local counts = places.area(area[1])
    if counts then
      counts[from + 1] = counts[from + 1] - area[2]
      counts[to + 1] = counts[to + 1] + area[2]
      redis.call('HSET', event.areas, area[1], table.concat(counts, ','))
      shown[#shown + 1] = area[1] .. '=' .. table.concat(counts, '/')
    end
  end
  return table.concat(shown, ';')
end
