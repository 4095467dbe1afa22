-- What every seat of an event is in PostgreSQL: for events that are not loaded into Redis.
SELECT ordinal, status
FROM read.seats
WHERE event_id = $1
