-- The places of a booking come to be in this area of their tier.
-- $1 booking, $2 index of the area
UPDATE booking_items i
SET area_id = a.area_id
FROM areas a
WHERE i.booking_id = $1 AND i.area_id IS NOT NULL AND NOT i.claimed
    AND a.event_id = i.event_id AND a.area_index = $2 AND a.price_tier_id = i.price_tier_id
