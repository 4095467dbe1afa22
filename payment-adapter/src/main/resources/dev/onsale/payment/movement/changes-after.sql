-- Payments with a known outcome that changed behind a place ($1 transaction, $2 payment), $3 at the most. Transactions that
-- still run are waited for: nothing can appear before a place that was read. A place beyond every transaction is of a
-- database that was lost since: everything is told anew.
SELECT id, booking_id, standing::text, version, changed_xid::text AS xid
FROM payment.payments
WHERE open_movement IS NULL
    AND (changed_xid, id) > (CASE WHEN $1::text::xid8 < pg_snapshot_xmax(pg_current_snapshot())
                             THEN $1::text::xid8 ELSE '0'::xid8 END, $2::uuid)
    AND changed_xid < pg_snapshot_xmin(pg_current_snapshot())
ORDER BY changed_xid, id
LIMIT $3
