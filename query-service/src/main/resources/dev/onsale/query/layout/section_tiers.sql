-- Which price tier each section of an event has.
SELECT DISTINCT section, price_tier
FROM read.seats
WHERE event_id = $1
