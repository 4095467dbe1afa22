-- How far the line may move: credit in millionths of a visitor grows with the time, and every call is paid from it.
local drain = { MILLION = 1000000 }

-- Adds what the time since last time is worth, at most two seconds of it.
function drain.accrue()
  local meta = line.meta
  local spent = math.max(0, line.us - meta.last_us)
  local credit = math.min(meta.credit + spent * meta.rate, math.max(2 * meta.rate, 1) * drain.MILLION)
  line.put({ credit = math.floor(credit), last_us = math.max(line.us, meta.last_us) })
end

-- Starts anew: no time before now counts.
function drain.restart()
  line.put({ credit = 0, last_us = line.us })
end

-- Ends the lobby: whoever has joined is going to be drawn, whoever joins from now on comes after them.
function drain.freeze()
  line.put({ state = 'F', lobby = line.meta.next })
end

-- Ends the lobby if it is time.
function drain.freeze_if_due()
  local meta = line.meta
  if meta.state == 'L' and line.now >= meta.opens_ms then drain.freeze() end
end

-- Ends sessions that are over, at most so many.
function drain.sweep_sessions(most)
  local over = redis.call('ZCOUNT', line.sessions, '-inf', line.text(line.now))
  if over == 0 then return end
  over = math.min(over, most)
  redis.call('ZREMRANGEBYRANK', line.sessions, 0, over - 1)
  line.add('abandoned', over)
end

-- Moves the line as far as credit, its end and the free room allow. Answers the first position called, or 0.
function drain.move()
  local meta = line.meta
  drain.accrue()
  local worth = math.floor(meta.credit / drain.MILLION)
  local free = meta.max_active - redis.call('ZCARD', line.sessions) - meta.pending
  local steps = math.max(0, math.min(worth, meta.next - meta.served, free))
  local credit = meta.credit - steps * drain.MILLION
  if steps < worth then -- Held up by something else than the rate: that is not saved up.
    credit = math.min(credit, math.max(meta.rate / 4, 1) * drain.MILLION)
  end
  line.put({ credit = math.floor(credit) })
  if steps == 0 then return 0 end
  local first = meta.served + 1
  calls.make(first, meta.served + steps)
  return first
end
