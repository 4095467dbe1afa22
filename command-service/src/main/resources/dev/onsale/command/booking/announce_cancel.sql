-- A cancellation begins.
-- $1 booking, $2 reason and $3 step it comes to, if it is the whole booking's; null: a part's
UPDATE bookings
SET cancel_reason = coalesce($2, cancel_reason), step = coalesce($3, step), version = version + 1
WHERE id = $1
RETURNING event_id, version
