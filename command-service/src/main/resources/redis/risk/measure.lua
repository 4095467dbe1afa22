-- Measures what an account does with one event, and notes this call: how often and how regularly it calls, for how long it kept seats
-- from others without booking them, how often it caught seats the moment another let them go, and how many accounts share what it shows.
--
-- @keys   holds   hash    hold_id -> packed hold (only read)
--         expiry  zset    hold_id -> when it runs out, or an hour after it ended (only read)
--         account hash    what is known of the account
--         shared... set   accounts that showed the same device, address or means of payment
-- @args   account, member (stands for the account in `shared`), kind (hold, swap or booking), hold_id, solution (id of the challenge
--         that was solved, or empty), window_ms, budget_ms, cool_down_ms, catch_ms, keep_ms, ordinal... (of seats wanted by name)
-- @return {'REPEATED'} (there is such a hold, or it is booked already: what the call asks for was granted before) | {'MEASURED',
--         calls in the window, intervals, their mean in ms, their deviation by the mean in 1/1000, hold-seconds spent in ms,
--         how often the budget was used up, cool-down left in ms, catches, fresh (1: the solution was not used for another hold before),
--         ms since the call before (-1: there was none), accounts...}
-- @retry  Counts as one more call, unless the first was granted.

local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local account, member, kind, hold_id, solution = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]
local window, budget, cool_down = tonumber(ARGV[6]), tonumber(ARGV[7]), tonumber(ARGV[8])
local catch, keep = tonumber(ARGV[9]), ARGV[10]
local HOUR, GRACE, LEAST_BUDGET = 3600000, 10000, 60000
local TIMES, OPEN, CATCHES, SOLVED, SHARING, ENDED, DOUBLED = 32, 16, 16, 16, 64, 32, 7

local function text(number)
  return string.format('%.0f', number)
end

local function words(list, pattern)
  local found = {}
  for word in (list or ''):gmatch(pattern) do
    found[#found + 1] = word
  end
  return found
end

local function push(list, word, most)
  list[#list + 1] = word
  while #list > most do table.remove(list, 1) end
end

-- State, account, expiry and ordinals of a hold; nothing if there is none. One that has run out says so, swept or not.
local function find(id)
  local packed = redis.call('HGET', KEYS[1], id)
  if not packed then return nil end
  local h = words(packed, '%S+')
  local live = h[1] == 'A' or h[1] == 'C'
  local expires = tonumber(h[3])
  return live and expires <= now and 'X' or h[1], h[2], expires, h[10]
end

local state, owner = find(hold_id)
if owner == account and ((kind == 'hold' and (state == 'A' or state == 'C' or state == 'R' or state == 'S'))
    or (kind == 'booking' and (state == 'C' or state == 'R' or state == 'S'))) then
  return { 'REPEATED' }
end

local known = redis.call('HMGET', KEYS[3], 'times', 'open', 'spent', 'level', 'cool', 'catches', 'solved', 'last')
local times, open, catches, solved = words(known[1], '%d+'), words(known[2], '[^,]+'), words(known[6], '%d+'), words(known[7], '[^,]+')
local spent, level, cool = tonumber(known[3] or 0), tonumber(known[4] or 0), tonumber(known[5] or 0)
local last = tonumber(known[8] or -1)

-- Holds that have ended without a booking are charged for the time they lasted. One that isn't there may still be being made.
local still, noted = {}, false
for _, entry in ipairs(open) do
  local id, began = entry:match('^(.+):(%d+)$')
  local ended, whose, expires = find(id)
  if (not ended and now - tonumber(began) < GRACE) or ended == 'A' or ended == 'C' then
    still[#still + 1] = entry
    noted = noted or id == hold_id
  elseif ended == 'X' and whose == account then
    spent = spent + math.max(0, expires - tonumber(began))
  elseif ended == 'L' and whose == account then
    local forgotten = redis.call('ZSCORE', KEYS[2], id)
    spent = spent + (forgotten and math.max(0, tonumber(forgotten) - HOUR - tonumber(began)) or 0)
  end
end
if spent >= math.max(budget / 2 ^ level, LEAST_BUDGET) then
  cool = now + cool_down * 2 ^ math.min(level, DOUBLED)
  level = level + 1
  spent = 0
end

-- Whether one of the seats wanted was another account's until a moment ago.
local function caught()
  local wanted = {}
  for i = 11, #ARGV do wanted[ARGV[i]] = true end
  for _, shift in ipairs({ HOUR, 0 }) do
    local ids = redis.call('ZRANGEBYSCORE', KEYS[2], '(' .. text(now + shift - catch), text(now + shift), 'LIMIT', 0, ENDED)
    for _, id in ipairs(ids) do
      local ended, whose, expires, ordinals = find(id)
      -- One that ended an hour ago, and is not forgotten yet, stands where those stand that run out now.
      local now_free = ended and ended ~= 'A' and ended ~= 'C' and (shift == HOUR or ended == 'X' and expires > now - catch)
      if now_free and whose ~= account then
        for _, ordinal in ipairs(words(ordinals, '%d+')) do
          if wanted[ordinal] then return true end
        end
      end
    end
  end
  return false
end

if kind ~= 'booking' then push(times, text(now), TIMES) end
if kind == 'hold' and not noted then push(still, hold_id .. ':' .. text(now), OPEN) end
if #ARGV > 10 and caught() then push(catches, text(now), CATCHES) end
-- A solution is good for one hold: for as many calls about it as it takes.
local fresh, seen = solution ~= '', false
for _, used in ipairs(solved) do
  local id, what_for = used:match('^(.-):(.*)$')
  if id == solution then fresh, seen = what_for == hold_id, true end
end
if fresh and not seen then push(solved, solution .. ':' .. hold_id, SOLVED) end

local calls, recent, sum, squares = 0, 0, 0, 0
for _, at in ipairs(times) do
  if tonumber(at) > now - window then calls = calls + 1 end
end
for _, at in ipairs(catches) do
  if tonumber(at) > now - HOUR then recent = recent + 1 end
end
local intervals = #times - 1
for i = 2, #times do
  local interval = times[i] - times[i - 1]
  sum, squares = sum + interval, squares + interval * interval
end
local mean = intervals > 0 and sum / intervals or 0
local deviation = mean > 0 and math.sqrt(math.max(0, squares / intervals - mean * mean)) / mean or 0

local answer = {
  'MEASURED', text(calls), text(math.max(0, intervals)), text(mean), text(deviation * 1000), text(spent), text(level),
  text(math.max(0, cool - now)), text(recent), fresh and '1' or '0', text(last < 0 and -1 or now - last),
}
redis.call('HSET', KEYS[3], 'times', table.concat(times, ','), 'open', table.concat(still, ','), 'spent', text(spent),
  'level', text(level), 'cool', text(cool), 'catches', table.concat(catches, ','), 'solved', table.concat(solved, ','),
  'last', text(now))
redis.call('PEXPIRE', KEYS[3], keep)
for i = 4, #KEYS do
  if redis.call('SCARD', KEYS[i]) < SHARING then redis.call('SADD', KEYS[i], member) end
  redis.call('PEXPIRE', KEYS[i], keep)
  answer[#answer + 1] = text(redis.call('SCARD', KEYS[i]))
end
return answer
