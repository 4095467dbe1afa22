-- How holds end. Ended holds stay readable for an hour.
local ENDED_MS = 3600000
local SWEEP = 64

-- Ends a live hold: its places are free again.
function hold.finish(id, h, state, op)
  local ordinals, list = event.numbers(h.ordinals), areas.parse(h.areas)
  redis.call('ZADD', event.expiry, event.text(event.now + ENDED_MS), id)
  local freed = places.move(ordinals, places.HELD, 0)
  local shown = areas.shift(list, 1, 0)
  hold.count(h, -#ordinals - areas.total(list))
  h.state = state
  h.version = event.publish(op, id, h.account, '0', freed, shown)
  hold.save(id, h)
end

-- The hold with this id, ended if it has run out.
function hold.current(id)
  local h = hold.find(id)
  if h and hold.due(h) then
    hold.finish(id, h, 'X', 'expired')
  end
  return h
end

-- Ids of holds that have run out, or ended an hour ago.
function hold.overdue(most)
  return redis.call('ZRANGEBYSCORE', event.expiry, '-inf', event.text(event.now), 'LIMIT', 0, most)
end

-- Ends holds that have run out and forgets those that ended an hour ago. Answers how many.
function hold.sweep(most)
  local due = hold.overdue(most)
  for _, id in ipairs(due) do
    local h = hold.find(id)
    if h and hold.live(h) then
      hold.finish(id, h, 'X', 'expired')
    else
      redis.call('ZREM', event.expiry, id)
      redis.call('HDEL', event.holds, id)
    end
  end
  return #due
end

-- Runs a choice. If it can't give all that was asked for while holds are due, sweeps some and tries once more. If even
-- then some are due, the "no" is not to be believed: sweep, and call again.
function hold.settled(try)
  local choice = try()
  if (choice.no or choice.missing ~= '') and hold.sweep(SWEEP) > 0 then
    choice = try()
    if (choice.no or choice.missing ~= '') and #hold.overdue(1) > 0 then
      return { no = { 'DUE' } }
    end
  end
  return choice
end
