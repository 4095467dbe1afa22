-- Begins the saga of every payment that has money though its booking has ended without it, is being taken back, or is none of
-- ours: once for each time that money shows. Bookings that were sold have their own cancellation, which gives the money back.
-- A run that has only its letter left to send begins again too, and takes that letter along; one that is under way sees what
-- there is by itself, and what it may have missed is found by the sweep.
-- $1 payments, $2 their bookings, $3 their versions
WITH shown AS (
    SELECT DISTINCT ON (n.payment_id) n.payment_id, n.version, b.id AS booking_id
    FROM unnest($1::uuid[], $2::uuid[], $3::bigint[]) AS n (payment_id, booking_id, version)
    LEFT JOIN bookings b ON b.id = n.booking_id AND b.payment_id = n.payment_id
    WHERE b.id IS NULL
        OR (b.status = 'cancelled' AND (b.confirmed_at IS NULL OR b.cancel_reason = 'PAYMENT_DECLINED'))
        OR (b.status = 'pending' AND EXISTS (
            SELECT FROM sagas g WHERE g.kind = 'booking' AND g.subject_id = b.id AND g.state = 'compensating'))
    ORDER BY n.payment_id, n.version DESC)
INSERT INTO sagas (kind, subject_id, data)
SELECT 'late-payment', payment_id,
    jsonb_build_object('payment', payment_id, 'booking', booking_id, 'version', version, 'way', 'open')
FROM shown
ON CONFLICT (kind, subject_id) DO UPDATE
SET state = 'running', step = 0, attempt = 0, failure = NULL, failure_detail = NULL,
    data = CASE WHEN sagas.state = 'running' THEN excluded.data || jsonb_build_object('untold', sagas.data - 'untold')
        ELSE excluded.data END,
    background = false, owner = NULL, owner_epoch = sagas.owner_epoch + 1, lease_until = '-infinity',
    next_run_at = now(), created_at = now(), updated_at = now()
WHERE (sagas.state IN ('done', 'undone') OR sagas.background)
    AND (sagas.data ->> 'version')::bigint < (excluded.data ->> 'version')::bigint
RETURNING subject_id
