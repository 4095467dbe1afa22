-- Every event whose state follows its seats.
SELECT id
FROM events
WHERE status IN ('on_sale', 'sold_out')
