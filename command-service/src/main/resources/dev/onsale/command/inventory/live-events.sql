-- Events whose holds may run out: loaded, and on sale or not long ago.
SELECT id, locking_mode::text AS locking_mode
FROM events
WHERE epoch > 0 AND (status IN ('on_sale', 'sold_out') OR sale_end > now() - interval '2 days')
