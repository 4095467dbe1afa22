-- Finds seats side by side, best first, in texts of status bytes: `0` a free standard seat, `1` accessible, `2` companion.
local best = { ranges = {}, TRIES = 256 }

-- The statuses of the range, read when first needed; the places in `own` count as free.
function best.text(k, own)
  local range = best.ranges[k]
  if not range.text then
    range.text = redis.call('GETRANGE', event.seats, range.from, range.to)
    for ordinal in pairs(own.seats) do
      local i = ordinal - range.from + 1
      if i >= 1 and i <= #range.text then
        local free = string.char(48 + (range.text:byte(i) - 48) % 4)
        range.text = range.text:sub(1, i - 1) .. free .. range.text:sub(i + 1)
      end
    end
  end
  return range.text
end

-- The next place for n standard seats, and where to look after it. It is where a run of free seats begins.
function best.standard(text, n, _, from)
  local s = text:find(('0'):rep(n), from, true)
  return s, s and s + n + 1
end

-- The next place for n seats of any kind of which so many are accessible, with the most companion seats.
function best.accessible(text, n, accessible, from)
  local p = text:find('1', from, true)
  while p do
    local place, most = nil, -1
    for s = math.max(p - n + 1, 1), p do
      local window = text:sub(s, s + n - 1)
      local _, found = window:gsub('1', '')
      local _, companions = window:gsub('2', '')
      if found == accessible and #window == n and companions > most and not window:find('[^012]') then
        place, most = s, companions
      end
    end
    if place then return place, p + 1 end
    p = text:find('1', p + 1, true)
  end
end

-- Whether taking the seats from s up to e (not included) leaves a single free standard seat beside them.
function best.orphans(text, s, e)
  local function free(i)
    return i >= 1 and text:byte(i) == 48
  end
  return free(s - 1) and not free(s - 2) or free(e) and not free(e + 1)
end
