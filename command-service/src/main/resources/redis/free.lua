-- Gives back what a hold or booking has, apart from what it keeps, after PostgreSQL has given it back.
--
-- @keys   meta    hash    epoch, version, sale window, limit
--         seats   string  one status byte per seat ordinal
--         areas   hash    area index -> free,held,reserved,sold,blocked
--         holds   hash    hold_id -> packed hold
--         expiry  zset    hold_id -> when it runs out, or is forgotten
--         fans    hash    account -> held and bought
--         changes stream  of the shard
--         presales hash   what was taken in presales: by fan, by presale, by code
-- @args   event, trace, hold_id, account, ordinals kept (1,2,3 ascending), areas kept (index:quantity,...)
-- @return {'FREED', hold, now} | {'ALREADY'} (no such hold any more, or it had nothing else) | {'NO_EPOCH'}
-- @retry  As often as you like and in any order: it names what is kept, so nothing is given back twice.
-- @flags  allow-oom

-- @include /redis/part/event.lua
-- @include /redis/part/places.lua
-- @include /redis/part/areas.lua
-- @include /redis/part/hold.lua
-- @include /redis/part/ending.lua

local id, account = ARGV[3], ARGV[4]
local kept, quantities = {}, areas.by_index(areas.parse(ARGV[6]))
for _, ordinal in ipairs(event.numbers(ARGV[5])) do kept[ordinal] = true end
if not event.loaded() then return { 'NO_EPOCH' } end
local h = hold.current(id)
if not h or h.account ~= account then return { 'ALREADY' } end
if hold.live(h) then
  hold.finish(id, h, 'F', 'freed')
  return hold.reply('FREED', h)
end
if h.state ~= 'R' and h.state ~= 'S' then return { 'ALREADY' } end

local gone, left, back, rest = {}, {}, {}, {}
for _, ordinal in ipairs(event.numbers(h.ordinals)) do
  local list = kept[ordinal] and left or gone
  list[#list + 1] = ordinal
end
for _, area in ipairs(areas.parse(h.areas)) do
  local keep = math.min(area[2], quantities[area[1]] or 0)
  rest[#rest + 1] = { area[1], keep }
  if keep < area[2] then back[#back + 1] = { area[1], area[2] - keep } end
end
if #gone + #back == 0 then return { 'ALREADY' } end
hold.count(h, -#gone - areas.total(back))
local freed = places.move(gone, places.BOOKED, 0)
local shown = areas.shift(back, h.state == 'R' and 2 or 3, 0)
h.version = event.publish('freed', id, account, '0', freed, shown)
h.ordinals, h.areas = table.concat(left, ','), areas.pack(rest)
if h.ordinals == '' and h.areas == '' then
  h.state = 'F'
  redis.call('ZADD', event.expiry, event.text(event.now + ENDED_MS), id)
end
hold.save(id, h)
return hold.reply('FREED', h)
