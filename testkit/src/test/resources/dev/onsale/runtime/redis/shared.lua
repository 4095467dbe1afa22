local function push(key, text)
  return redis.call('RPUSH', key, text)
end
