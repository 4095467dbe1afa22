-- Appends to a list, if there is memory.
--
-- @keys   list   list  grows
-- @args   text
-- @return {'GROWN', length}
-- @retry  Appends once more.
-- @include shared.lua
return { 'GROWN', push(KEYS[1], ARGV[1]) }
