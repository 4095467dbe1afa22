-- A booking ends cancelled.
-- $1 booking, $2 reason, $3 detail, $4 money given back
UPDATE bookings
SET status = 'cancelled', cancelled_at = now(), cancel_reason = coalesce(cancel_reason, $2), cancel_detail = $3,
    refunded_amount = $4, refund_due = greatest(refund_due, $4), version = version + 1
WHERE id = $1 AND status <> 'cancelled'
RETURNING event_id, version
