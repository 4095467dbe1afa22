-- How holds begin.

-- Takes the places of a choice for a hold that has none.
function hold.take(id, h, choice)
  if choice.presale then presale.enter(choice.presale) end
  h.presale = choice.presale and choice.presale.hold or h.presale or ''
  places.move(choice.ordinals, places.FREE, 1)
  local shown = areas.shift(choice.areas, 0, 1)
  hold.count(h, #choice.ordinals + areas.total(choice.areas))
  h.ordinals = table.concat(choice.ordinals, ',')
  h.areas = areas.pack(choice.areas)
  h.missing = choice.missing
  h.fence = event.publish('held', id, h.account, '1', choice.ordinals, shown)
  h.version = h.fence
  hold.save(id, h)
  redis.call('ZADD', event.expiry, h.expires, id)
end

-- A new hold. Arguments from the third: hold, account, body, price version, partial, fan, rights, selection. `always`: also
-- off sale; `limit` is then another one than the event's.
function hold.create(choose, always, limit)
  local id, account, body = ARGV[3], ARGV[4], ARGV[5]
  if not event.loaded() then return { 'NO_EPOCH' } end
  local old = hold.current(id)
  if old and (old.account ~= account or old.body ~= body) then return { 'REUSED' } end
  if old then return hold.reply('HELD', old) end
  local terms, no = hold.terms(always)
  if not terms then return no end
  terms.limit = limit or terms.limit
  local choice = hold.choose(choose, account, terms, ARGV[7] == '1', { count = 0, seats = {}, areas = {} })
  if choice.no then return choice.no end
  local h = { state = 'A', account = account, price = ARGV[6], body = body, swap = '' }
  h.expires, h.hard = event.text(event.now + terms.ttl), event.text(event.now + terms.hard)
  hold.take(id, h, choice)
  return hold.reply('HELD', h)
end
