-- Places that are given up, and sessions that end before their time.
local places = {}

-- Gives up the place of an entry (LEFT), or ends its session (ENDED); ALREADY_GONE if there was nothing to give up.
function places.give_up(entry, position)
  local mark = line.mark(entry)
  if mark == line.ADMITTED then
    local expires = tonumber(redis.call('ZSCORE', line.sessions, line.text(entry)) or 0)
    if expires <= line.now then return 'ALREADY_GONE' end
    redis.call('ZREM', line.sessions, line.text(entry))
    line.add('abandoned', 1)
    return 'ENDED'
  end
  if mark ~= line.WAITING then return 'ALREADY_GONE' end
  if position == 0 or position > line.meta.served then
    line.set_mark(entry, line.LEFT)
    line.add('left', 1)
    return 'LEFT'
  end
  line.set_mark(entry, line.GONE)
  local call = calls.of(position)
  if call then -- Otherwise its turn has passed, and it counts as absent.
    calls.settle(call)
    line.add('left', 1)
  end
  return 'LEFT'
end
