-- What a booking has durably in PostgreSQL, written here afterwards: PostgreSQL has decided, so this never refuses.

-- Gives the places to the hold with this status. The hold may be gone: run out meanwhile, or lost by Redis.
local function book(state, status, op)
  local id, account, fence, price = ARGV[3], ARGV[4], ARGV[5], ARGV[6]
  local ordinals, list = event.numbers(ARGV[7]), areas.parse(ARGV[8])
  if not event.loaded() then return { 'NO_EPOCH' } end
  local h = hold.current(id)
  if h and (h.state == 'S' or h.state == 'F' or h.state == state) then return hold.reply('ALREADY', h) end
  if not h or h.state == 'L' or h.state == 'X' then
    h = { state = '', account = account, fence = fence, price = price, body = h and h.body or '', expires = '0',
      hard = '0', swap = '', missing = '', ordinals = '', areas = '', presale = h and h.presale or '' }
    hold.count(h, #ordinals + areas.total(list))
    areas.shift(list, 0, 1)
  end
  redis.call('ZREM', event.expiry, id)
  places.move(ordinals, nil, status)
  local shown = areas.shift(list, h.state == 'R' and 2 or 1, status)
  h.state, h.ordinals, h.areas = state, table.concat(ordinals, ','), areas.pack(list)
  h.version = event.publish(op, id, account, event.text(status), ordinals, shown)
  hold.save(id, h)
  return hold.reply('DONE', h)
end
