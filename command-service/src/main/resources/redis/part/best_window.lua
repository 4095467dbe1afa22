-- Where the best n seats side by side are: range and index. A place that leaves no single free seat wins over a better
-- one that does, in the whole selection (after so many that do, the best of them is taken).
function best.window(n, accessible, own)
  local find = accessible > 0 and best.accessible or best.standard
  local second, tries = nil, 0
  for k = 1, #best.ranges do
    local text, from, s = best.text(k, own), 1
    repeat
      s, from = find(text, n, accessible, from)
      if s and not best.orphans(text, s, s + n) then return { k, s } end
      second = second or s and { k, s }
      tries = tries + (s and 1 or 0)
    until not s or tries >= best.TRIES
    if tries >= best.TRIES then break end
  end
  return second
end

-- Adds the best n seats side by side to a list. Answers how many that are: n or 0.
function best.pick(n, accessible, own, list)
  local found = best.window(n, accessible, own)
  if not found then return 0 end
  local range, s = best.ranges[found[1]], found[2]
  range.text = range.text:sub(1, s - 1) .. ('.'):rep(n) .. range.text:sub(s + n)
  for i = 0, n - 1 do
    list[#list + 1] = range.from + s - 1 + i
  end
  return n
end

-- Adds up to n seats from as few places as can be, accessible ones first. Answers how many.
function best.pick_split(n, accessible, own, list)
  local left, need = n, accessible
  for k = n, math.max(accessible, 1), -1 do
    if need > 0 and best.pick(k, accessible, own, list) > 0 then
      left, need = left - k, 0
    end
  end
  while need > 0 and best.pick(1, 1, own, list) > 0 do
    left, need = left - 1, need - 1
  end
  if need > 0 then return 0 end
  for k = left, 1, -1 do
    while left >= k and best.pick(k, 0, own, list) > 0 do
      left = left - k
    end
  end
  return n - left
end
