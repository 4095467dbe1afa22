-- An event is cancelled, with all its bookings.
-- $1 event
UPDATE event_cancellations SET finished_at = now() WHERE event_id = $1 AND finished_at IS NULL
