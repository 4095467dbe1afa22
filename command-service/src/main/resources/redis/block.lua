-- Takes free seats off sale: all of them or none.
--
-- @keys   meta    hash    epoch, version, sale window, limit
--         seats   string  one status byte per seat ordinal
--         areas   hash    area index -> free,held,reserved,sold,blocked
--         holds   hash    hold_id -> packed hold
--         expiry  zset    hold_id -> when it runs out, or is forgotten
--         fans    hash    account -> held and bought
--         changes stream  of the shard
--         presales hash   what was taken in presales: by fan, by presale, by code
-- @args   event, trace, ordinal... (1 to 1000, ascending)
-- @return {'BLOCKED', ordinal...} (those that were not blocked before) | {'TAKEN', ordinal...} | {'NO_SUCH_SEAT', ordinal}
--         | {'DUE'} (sweep_expired, then call again) | {'NO_EPOCH'}
-- @retry  As often as you like.

-- @include /redis/part/event.lua
-- @include /redis/part/places.lua
-- @include /redis/part/areas.lua
-- @include /redis/part/hold.lua
-- @include /redis/part/ending.lua

if not event.loaded() then return { 'NO_EPOCH' } end
local choice = hold.settled(function()
  local free, taken = {}, {}
  for i = 3, #ARGV do
    local ordinal = tonumber(ARGV[i])
    local status = places.status(ordinal)
    if not status then return { no = { 'NO_SUCH_SEAT', ordinal } } end
    if status == 0 then
      free[#free + 1] = ordinal
    elseif status ~= 4 then
      taken[#taken + 1] = ordinal
    end
  end
  return { ordinals = free, missing = '', no = #taken > 0 and { 'TAKEN', unpack(taken) } or nil }
end)
if choice.no then return choice.no end
if #choice.ordinals > 0 then
  places.move(choice.ordinals, places.FREE, 4)
  event.publish('blocked', '', '', '4', choice.ordinals, '')
end
return { 'BLOCKED', unpack(choice.ordinals) }
