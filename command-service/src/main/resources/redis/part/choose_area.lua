-- Places in an area. Arguments: area index, quantity.
local function choose_area(at, room, partial, own, p)
  local index, quantity = tonumber(ARGV[at]), tonumber(ARGV[at + 1])
  if p and not presale.opens_area(p, index) then return { no = { 'NOT_OPENED' } } end
  local counts = places.area(index)
  if not counts then return { no = { 'NO_SUCH_AREA', index } } end
  local free = counts[1] + (own.areas[index] or 0)
  local had = partial and math.min(quantity, room, free) or quantity
  if room < had or room < 1 then return { no = { 'LIMIT' } } end
  if free < had or free < 1 then return { no = { 'SOLD_OUT' } } end
  local missing = ''
  if had < quantity then
    missing = (room <= free and 'l' or 's') .. (quantity - had)
  end
  return { ordinals = {}, areas = { { index, had } }, missing = missing }
end
