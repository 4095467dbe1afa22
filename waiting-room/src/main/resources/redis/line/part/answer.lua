-- What operations on the whole room answer: where the line is.
local function answer(first)
  local meta = line.meta
  local reply = { 'LINE', meta.state, line.text(line.now), line.text(meta.served), line.text(first or 0) }
  local active = redis.call('ZCOUNT', line.sessions, '(' .. line.text(line.now), '+inf')
  local more = {
    meta.next, meta.lobby, active, meta.pending, meta.absent, meta.admitted, meta.abandoned, meta.finished, meta.left, meta.most or 0,
  }
  for _, number in ipairs(more) do
    reply[#reply + 1] = line.text(number)
  end
  reply[#reply + 1] = string.format('%.6f', meta.rate)
  reply[#reply + 1] = line.text(meta.passed)
  reply[#reply + 1] = meta.digest
  return reply
end
