-- How holds begin. A choice is { ordinals, areas, missing } or { no = reply }; a function that makes one gets where its
-- arguments begin, how many tickets the fan may still have, whether a part is enough, and the places that count as free.

-- The terms of sale, or the reply that says why there is none now; with `always`, the terms whenever it is.
function hold.terms(always)
  local meta = redis.call('HMGET', event.meta, 'state', 'start', 'end', 'limit', 'ttl', 'hard')
  local from, to = tonumber(meta[2]), tonumber(meta[3])
  if not always and (meta[1] ~= 'open' or event.now < from or event.now >= to) then
    return nil, { 'NOT_ON_SALE', meta[2], meta[1] }
  end
  return { limit = tonumber(meta[4]), ttl = tonumber(meta[5]), hard = tonumber(meta[6]) }
end

-- Makes the choice that a fan who has some places already (`own`) may have.
function hold.choose(choose, account, limit, partial, own)
  return hold.settled(function()
    local used = tonumber(redis.call('HGET', event.fans, account) or 0)
    local room = limit - used + own.count
    local choice = choose(8, room, partial, own)
    if choice.no and choice.no[1] == 'LIMIT' then
      choice.no = { 'LIMIT', limit, used - own.count }
    end
    return choice
  end)
end

-- Takes the places of a choice for a hold that has none.
function hold.take(id, h, choice)
  places.move(choice.ordinals, places.FREE, 1)
  local shown = areas.shift(choice.areas, 0, 1)
  hold.count(h.account, #choice.ordinals + areas.total(choice.areas))
  h.ordinals = table.concat(choice.ordinals, ',')
  h.areas = areas.pack(choice.areas)
  h.missing = choice.missing
  h.fence = event.publish('held', id, h.account, '1', choice.ordinals, shown)
  h.version = h.fence
  hold.save(id, h)
  redis.call('ZADD', event.expiry, h.expires, id)
end

-- A new hold. Arguments from the third: hold, account, body, price version, partial, selection. `always`: also off sale.
function hold.create(choose, always)
  local id, account, body = ARGV[3], ARGV[4], ARGV[5]
  if not event.loaded() then return { 'NO_EPOCH' } end
  local old = hold.current(id)
  if old and (old.account ~= account or old.body ~= body) then return { 'REUSED' } end
  if old then return hold.reply('HELD', old) end
  local terms, no = hold.terms(always)
  if not terms then return no end
  local choice = hold.choose(choose, account, terms.limit, ARGV[7] == '1', { count = 0, seats = {}, areas = {} })
  if choice.no then return choice.no end
  local h = { state = 'A', account = account, price = ARGV[6], body = body, swap = '' }
  h.expires, h.hard = event.text(event.now + terms.ttl), event.text(event.now + terms.hard)
  hold.take(id, h, choice)
  return hold.reply('HELD', h)
end
