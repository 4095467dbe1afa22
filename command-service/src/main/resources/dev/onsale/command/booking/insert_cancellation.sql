-- Something of a booking is given back.
-- $1 cancellation, $2 booking, $3 cause, $4 account that asked, $5 note, $6 refund, $7 fee kept
INSERT INTO cancellations (id, booking_id, cause, actor, note, refund, fee_kept)
VALUES ($1, $2, $3, $4, $5, $6, $7)
