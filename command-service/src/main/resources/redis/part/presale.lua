-- Who may hold before the general sale. The presales of an event are a text in its meta, the lowest number first:
-- `number|from|to|access|quota|limit|ranges|areas|;...`; access is c (a code), l (a list) or b (both), and empty means any.
-- Fans are keyed hashes of accounts. What they took is in `presales`: a:number:fan the code that let the fan in (0: a list),
-- f:number:fan places, q:number places, u:code uses, x:code revoked. A hold's `presale` is `number:fan:code`.
local WORDS = { 'number', 'from', 'to', 'access', 'quota', 'limit', 'ranges', 'areas' }
local presale = {}

-- Those that are open now.
function presale.open(text)
  local list = {}
  for packed in text:gmatch('[^;]+') do
    local p, i = {}, 0
    for word in packed:gmatch('([^|]*)|') do
      i = i + 1
      p[WORDS[i]] = word
    end
    if event.now >= tonumber(p.from) and event.now < tonumber(p.to) then list[#list + 1] = p end
  end
  return list
end

-- The code by which a presale lets the fan in: the one taken before, or a new one that has a use left. Or nil, and why.
-- `rights` is what PostgreSQL knows of the fan: `number:code:uses` for a code shown, `number:list` for a list.
function presale.key_of(p, fan, rights)
  local had = redis.call('HGET', event.presales, 'a:' .. p.number .. ':' .. fan)
  if had and redis.call('HEXISTS', event.presales, 'x:' .. had) == 0 then return had end
  local all = ',' .. rights .. ','
  local listed = all:find(',' .. p.number .. ':list,', 1, true)
  local code, uses = all:match(',' .. p.number .. ':(%d+):(%d+),')
  if p.access ~= 'c' and not listed then return nil, 'LIST' end
  if p.access == 'l' then return '0' end
  if not code then return nil, 'CODE' end
  if redis.call('HEXISTS', event.presales, 'x:' .. code) == 1 then return nil, 'INVALID' end
  if tonumber(redis.call('HGET', event.presales, 'u:' .. code) or 0) >= tonumber(uses) then return nil, 'USED_UP' end
  return code
end

-- The presales that let the fan in now; or nil and the reply that says why there is none. `no` is the reply off sale.
function presale.entry(text, fan, rights, no)
  local open, entered, why = presale.open(text), {}, nil
  if #open == 0 then return nil, no end
  if fan == '' then return nil, { 'PRESALE' } end
  for _, p in ipairs(open) do
    local code, reason = presale.key_of(p, fan, rights)
    p.key, p.hold = code, code and p.number .. ':' .. fan .. ':' .. code
    if code then entered[#entered + 1] = p end
    if why ~= 'USED_UP' and why ~= 'INVALID' then why = reason or why end
  end
  if #entered == 0 then return nil, { 'NOT_ADMITTED', why, open[1].access, no[2] } end
  return entered
end
