-- $1 event. Its bookings are cancelled and refunded by the saga of this kind, which is run by the booking feature.
WITH begun AS (
    INSERT INTO event_cancellations (event_id)
    VALUES ($1)
    ON CONFLICT DO NOTHING)
INSERT INTO sagas (kind, subject_id)
VALUES ('event-cancellation', $1)
ON CONFLICT DO NOTHING
