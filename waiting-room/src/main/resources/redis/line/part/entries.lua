-- Who has which entry, and what is done about entries that a Redis has lost.
local entries = {}

-- The account's eight bytes; it comes as sixteen hexadecimal digits.
function entries.fingerprint(hex)
  return struct.pack('>I4I4', tonumber(hex:sub(1, 8), 16), tonumber(hex:sub(9, 16), 16))
end

-- Somebody has seen more entries given than we know of: they are never given again, and whoever comes with a ticket for
-- one of them gets it back. Those that were given twice before anybody told us belong to the later one.
function entries.catch_up(seen)
  local known = line.meta.next
  if seen <= known then return end
  local span = line.text(known + 1) .. '-' .. line.text(seen)
  local kept = line.meta.kept == '' and span or line.meta.kept .. ',' .. span
  line.put({ next = seen, kept = #kept > 2000 and span or kept })
end

-- Whether an entry was given by a Redis that is lost, and not again by this one.
function entries.kept(entry)
  for first, last in line.meta.kept:gmatch('(%d+)-(%d+)') do
    if entry >= tonumber(first) and entry <= tonumber(last) then return true end
  end
  return false
end

-- The account's entry, and whether it is a re-entry; one that was lost is put back. Nil if it has none.
function entries.of(bucket, fingerprint, known)
  local value = redis.call('HGET', bucket, fingerprint)
  if value then
    local number = tonumber(value)
    return math.floor(number / 2), number % 2 == 1
  end
  if known > 0 and entries.kept(known) then
    entries.write(bucket, fingerprint, known, false)
    return known, false
  end
  return nil
end

function entries.write(bucket, fingerprint, entry, again)
  redis.call('HSET', bucket, fingerprint, line.text(entry * 2 + (again and 1 or 0)))
end
