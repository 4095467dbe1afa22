-- Who has which entry, and what is done about entries that a Redis has lost.
local entries = {}

-- The account's eight bytes; it comes as sixteen hexadecimal digits.
function entries.fingerprint(hex)
  return struct.pack('>I4I4', tonumber(hex:sub(1, 8), 16), tonumber(hex:sub(9, 16), 16))
end

-- Goes on with the digest of the lobby: SHA-1 over what it was and what comes next.
function entries.digested(digest, more)
  local words = {}
  for i = 1, 5 do
    words[i] = tonumber(digest:sub(8 * i - 7, 8 * i), 16)
  end
  return redis.sha1hex(struct.pack('>I4I4I4I4I4', unpack(words)) .. more)
end

-- The same for entries whose accounts are not known any more: a span counts at once, by its first and last entry.
function entries.digested_gap(digest, first, last)
  return last < first and digest or entries.digested(digest, struct.pack('>I8I8', first, last))
end

-- Somebody has seen more entries given than we know of: they are never given again, and whoever comes with a ticket for
-- one of them gets it back. Those that were given twice before anybody told us belong to the later one.
function entries.catch_up(seen)
  local known = line.meta.next
  if seen <= known then return end
  local span = line.text(known + 1) .. '-' .. line.text(seen)
  local kept = line.meta.kept == '' and span or line.meta.kept .. ',' .. span
  line.put({ next = seen, kept = #kept > 2000 and span or kept })
  if line.meta.state == 'L' then line.put({ digest = entries.digested_gap(line.meta.digest, known + 1, seen) }) end
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
