-- $1 event. Its bookings are cancelled and refunded by the saga of this kind, which is run by the booking feature.
INSERT INTO sagas (kind, subject_id)
VALUES ('event-cancellation', $1)
ON CONFLICT DO NOTHING
