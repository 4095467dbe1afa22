-- What a hold may have. A choice is { ordinals, areas, missing } or { no = reply }; a function that makes one gets where its
-- arguments begin, how many tickets the fan may still have, whether a part is enough, the places that count as free, and in a
-- presale that presale. The ninth argument is the fan and the tenth its rights: see presale.lua. Then come the choice's own.
local FAN, RIGHTS, CHOICE = 8, 9, 10

-- The terms of sale, or the reply that says why there is none now; with `always`, the terms whenever it is and how many it may be.
-- Presales are only looked at before the general sale: until then the terms say which let the fan in.
function hold.terms(always)
  local meta = redis.call('HMGET', event.meta, 'state', 'start', 'end', 'limit', 'ttl', 'hard', 'presales')
  local from, to = tonumber(meta[2]), tonumber(meta[3])
  local terms = { limit = tonumber(meta[4]), ttl = tonumber(meta[5]), hard = tonumber(meta[6]) }
  terms.no = { 'NOT_ON_SALE', meta[2], meta[1] }
  if always or meta[1] == 'open' and event.now >= from and event.now < to then return terms end
  if meta[1] ~= 'open' or event.now >= from or not meta[7] then return nil, terms.no end
  local no
  terms.presales, no = presale.entry(meta[7], ARGV[FAN], ARGV[RIGHTS], terms.no)
  return terms.presales and terms, no
end

-- One try at the choice; in a presale within what that opens, its quota and its limit.
local function attempt(choose, account, terms, p, partial, own)
  local used = tonumber(redis.call('HGET', event.fans, account) or 0) - own.count
  local limit, room, full = terms.limit, terms.limit - used, false
  if p then room, limit, used, full = presale.room(p, own, room, limit, used) end
  local choice = choose(CHOICE, room, partial, own, p)
  choice.presale = p
  if choice.no and choice.no[1] == 'LIMIT' then
    choice.no = full and { 'SOLD_OUT' } or { 'LIMIT', limit, used }
  elseif full and choice.missing then
    choice.missing = choice.missing:gsub('l', 's'):gsub('L', 'S')
  end
  return choice
end

-- Makes the choice that a fan who has some places already (`own`) may have: in a presale, by the first that opens it.
function hold.choose(choose, account, terms, partial, own)
  return hold.settled(function()
    if not terms.presales then return attempt(choose, account, terms, nil, partial, own) end
    for _, p in ipairs(terms.presales) do
      local choice = attempt(choose, account, terms, p, partial, own)
      if not choice.no or choice.no[1] ~= 'NOT_OPENED' then return choice end
    end
    return { no = terms.no }
  end)
end
