-- Certain seats. Arguments: ordinal... ascending.
local function choose_seats(at, room, partial, own, p)
  if p and not presale.opens_seats(p, at) then return { no = { 'NOT_OPENED' } } end
  local free, taken = {}, {}
  for i = at, #ARGV do
    local ordinal = tonumber(ARGV[i])
    local status = places.status(ordinal)
    if not status then return { no = { 'NO_SUCH_SEAT', ordinal } } end
    local list = (status == 0 or own.seats[ordinal]) and free or taken
    list[#list + 1] = ordinal
  end
  if room < (partial and 1 or #free + #taken) then return { no = { 'LIMIT' } } end
  if #taken > 0 and (not partial or #free == 0) then return { no = { 'TAKEN', unpack(taken) } } end
  local kept, missing = {}, {}
  for _, ordinal in ipairs(taken) do
    missing[#missing + 1] = 'T' .. ordinal
  end
  for i, ordinal in ipairs(free) do
    if i <= room then
      kept[i] = ordinal
    else
      missing[#missing + 1] = 'L' .. ordinal
    end
  end
  return { ordinals = kept, areas = {}, missing = table.concat(missing, ',') }
end
