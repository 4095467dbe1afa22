-- Changes what a hold has in one step: the old places go back only if the new ones can be had. The expiry stays.
--
-- @keys   meta    hash    epoch, version, sale window, limit
--         seats   string  one status byte per seat ordinal
--         areas   hash    area index -> free,held,reserved,sold,blocked
--         holds   hash    hold_id -> packed hold
--         expiry  zset    hold_id -> when it runs out, or is forgotten
--         fans    hash    account -> held and bought
--         changes stream  of the shard
--         presales hash   what was taken in presales: by fan, by presale, by code
-- @args   event, trace, hold_id, account, request and body hash as id:body, price version, mode (seats, best or area), fan and
--         rights (for presales), then the arguments of that way to choose
-- @return {'HELD', hold, now} | {'NOT_FOUND'} | {'EXPIRED'} | {'NOT_ACTIVE', hold, now} | {'TAKEN', ordinal...}
--         | {'SOLD_OUT'} | {'NOT_ADJACENT'} | {'LIMIT', limit, used} | {'NOT_ON_SALE', start, state}
--         | {'PRESALE'} | {'NOT_ADMITTED', why, access, start} (as hold_seats) | {'NO_SUCH_SEAT', ordinal}
--         | {'NO_SUCH_AREA', index} | {'REUSED'} | {'DUE'} | {'NO_EPOCH'}
-- @retry  The last swap of a hold again answers the hold as it is now.

-- @include /redis/part/event.lua
-- @include /redis/part/places.lua
-- @include /redis/part/areas.lua
-- @include /redis/part/hold.lua
-- @include /redis/part/ending.lua
-- @include /redis/part/presale.lua
-- @include /redis/part/presale_room.lua
-- @include /redis/part/choosing.lua
-- @include /redis/part/taking.lua
-- @include /redis/part/choose_seats.lua
-- @include /redis/part/choose_area.lua
-- @include /redis/part/best.lua
-- @include /redis/part/best_window.lua
-- @include /redis/part/choose_best.lua

local id, account, swap = ARGV[3], ARGV[4], ARGV[5]
local ways = { seats = choose_seats, best = choose_best, area = choose_area }
if not event.loaded() then return { 'NO_EPOCH' } end
local h = hold.current(id)
if not h or h.account ~= account then return { 'NOT_FOUND' } end
if h.swap == swap then return hold.reply('HELD', h) end
if h.swap ~= '' and h.swap:match('^[^:]*') == swap:match('^[^:]*') then return { 'REUSED' } end
if h.state == 'X' then return { 'EXPIRED' } end
if h.state ~= 'A' then return hold.reply('NOT_ACTIVE', h) end
local terms, no = hold.terms()
if not terms then return no end

local old, list = event.numbers(h.ordinals), areas.parse(h.areas)
local own = { count = #old + areas.total(list), seats = {}, areas = areas.by_index(list), presale = h.presale }
for _, ordinal in ipairs(old) do own.seats[ordinal] = true end
local choice = hold.choose(ways[ARGV[7]], account, terms, false, own)
if choice.no then return choice.no end

for _, ordinal in ipairs(choice.ordinals) do own.seats[ordinal] = nil end
local gone = {}
for _, ordinal in ipairs(old) do
  if own.seats[ordinal] then gone[#gone + 1] = ordinal end
end
hold.count(h, -own.count)
if #gone + #list > 0 then
  places.move(gone, places.HELD, 0)
  event.publish('released', id, account, '0', gone, areas.shift(list, 1, 0))
end
h.swap, h.price = swap, ARGV[6]
hold.take(id, h, choice)
return hold.reply('HELD', h)
