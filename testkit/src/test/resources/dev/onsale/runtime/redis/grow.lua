-- Appends to a list, whatever the memory says.
--
-- @keys   list   list  grows
-- @args   text
-- @return {'GROWN', length}
-- @retry  Appends once more.
-- @flags  allow-oom
-- @include shared.lua
return { 'GROWN', push(KEYS[1], ARGV[1]) }
