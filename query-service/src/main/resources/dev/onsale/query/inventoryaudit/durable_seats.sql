-- What every seat of an event is in PostgreSQL.
SELECT ordinal, status
FROM read.seats
WHERE event_id = $1
