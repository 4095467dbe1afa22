-- The best seats side by side. Arguments: quantity, accessible, split, then ranges best first: from, to (not included).

-- How many seats of the selection would do, side by side or not.
local function fitting(accessible, own)
  local free, reachable = 0, 0
  for k = 1, #best.ranges do
    local text = best.text(k, own)
    local _, seats = text:gsub(accessible > 0 and '[012]' or '0', '')
    local _, ones = text:gsub('1', '')
    free, reachable = free + seats, reachable + ones
  end
  return reachable >= accessible and free or 0
end

-- Picks n seats, or fewer if a part is enough. Answers the list.
local function pick(n, accessible, split, partial, own)
  local list = {}
  local had = best.pick(n, accessible, own, list)
  if had == 0 and split then
    had = best.pick_split(n, accessible, own, list)
  elseif had == 0 and partial then
    for k = n - 1, math.max(accessible, 1), -1 do
      if had == 0 then had = best.pick(k, accessible, own, list) end
    end
  end
  return (had == n or partial) and had > 0 and list or {}
end

-- The ranges to look through: of those in the arguments, what the presale opens.
local function ranges(at, p)
  local list = {}
  for i = at, #ARGV, 2 do
    local from, to = tonumber(ARGV[i]), tonumber(ARGV[i + 1])
    for _, part in ipairs(p and presale.within(p, from, to) or { { from, to } }) do
      list[#list + 1] = { from = part[1], to = part[2] - 1 }
    end
  end
  return list
end

local function choose_best(at, room, partial, own, p)
  local quantity, accessible, split = tonumber(ARGV[at]), tonumber(ARGV[at + 1]), ARGV[at + 2] == '1'
  best.ranges = ranges(at + 3, p)
  if p and #best.ranges == 0 then return { no = { 'NOT_OPENED' } } end
  if room < (partial and 1 or quantity) then return { no = { 'LIMIT' } } end
  local n = math.min(quantity, room)
  local list = pick(n, math.min(accessible, n), split, partial, own)
  if #list == quantity then
    table.sort(list)
    return { ordinals = list, areas = {}, missing = '' }
  end
  for k = 1, #best.ranges do best.ranges[k].text = nil end
  local sold_out = fitting(accessible, own) < n or split
  if #list == 0 then return { no = { sold_out and 'SOLD_OUT' or 'NOT_ADJACENT' } } end
  table.sort(list)
  local missing = {}
  if n < quantity then missing[1] = 'l' .. (quantity - n) end
  if #list < n then missing[#missing + 1] = (sold_out and 's' or 'n') .. (n - #list) end
  return { ordinals = list, areas = {}, missing = table.concat(missing, ',') }
end
