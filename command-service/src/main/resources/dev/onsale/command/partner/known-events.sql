-- How many of these events exist. $1 events
SELECT count(*) AS events FROM events WHERE id = ANY ($1)
