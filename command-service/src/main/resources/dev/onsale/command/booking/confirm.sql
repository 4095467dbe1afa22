-- A booking is confirmed (perhaps after it had been cancelled), and the session that bought it is over.
-- $1 booking, $2 step it comes to
WITH confirmed AS (
    UPDATE bookings
    SET status = 'confirmed', confirmed_at = now(), step = $2, cancel_reason = NULL, cancel_detail = NULL,
        cancelled_at = NULL, version = version + 1
    WHERE id = $1 AND status = 'pending'
    RETURNING event_id, version, admission_session),
finished AS (
    INSERT INTO finished_sessions (event_id, session_id)
    SELECT event_id, admission_session
    FROM confirmed
    WHERE admission_session IS NOT NULL
    ON CONFLICT DO NOTHING)
SELECT event_id, version FROM confirmed
