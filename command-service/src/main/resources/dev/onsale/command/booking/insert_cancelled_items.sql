-- Items are given back; each can be only once.
-- $1 booking, $2 cancellation, $3 items, $4 refund and $5 fee kept of each
INSERT INTO cancelled_items (booking_id, item_no, cancellation_id, refund, fee_kept)
SELECT $1, item_no, $2, refund, fee_kept
FROM unnest($3::smallint[], $4::bigint[], $5::bigint[]) AS i (item_no, refund, fee_kept)
