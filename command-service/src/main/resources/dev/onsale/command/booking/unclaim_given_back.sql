-- The claims of the items of a cancellation end.
-- $1 cancellation
UPDATE booking_items i
SET claimed = false
FROM cancelled_items c
WHERE c.cancellation_id = $1 AND i.booking_id = c.booking_id AND i.item_no = c.item_no AND i.claimed
