-- Puts a pseudonym in the place of an account: in some holds of it that have ended or are booked, and in what it holds and has
-- bought. Holds that can still run out, or have without anybody noticing, are left alone: release them first.
--
-- @keys   meta    hash    epoch, version, sale window, limit
--         seats   string  one status byte per seat ordinal
--         areas   hash    area index -> free,held,reserved,sold,blocked
--         holds   hash    hold_id -> packed hold
--         expiry  zset    hold_id -> when it runs out, or is forgotten
--         fans    hash    account -> held and bought
--         changes stream  of the shard
--         presales hash   what was taken in presales: by fan, by presale, by code
-- @args   event, trace, account, pseudonym, hold_id... (up to 100)
-- @return {'RENAMED', how many, how many were left alone} | {'NO_EPOCH'}
-- @retry  As often as you like: what is renamed is not found again.
-- @flags  allow-oom

-- @include /redis/part/event.lua
-- @include /redis/part/hold.lua

if not event.loaded() then return { 'NO_EPOCH' } end
local account, pseudonym = ARGV[3], ARGV[4]
local renamed, alone = 0, 0
for i = 5, #ARGV do
  local h = hold.find(ARGV[i])
  if h and h.account == account then
    if hold.live(h) then
      alone = alone + 1
    else
      h.account = pseudonym
      hold.save(ARGV[i], h)
      renamed = renamed + 1
    end
  end
end
local count = alone == 0 and tonumber(redis.call('HGET', event.fans, account) or 0) or 0
if alone == 0 then
  redis.call('HDEL', event.fans, account)
  if count > 0 then redis.call('HINCRBY', event.fans, pseudonym, count) end
end
return { 'RENAMED', event.text(renamed), event.text(alone) }
