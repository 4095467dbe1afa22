-- What accounts did, call by call, for support: "why didn't I get my seats?". Written behind the calls, so that none waits for it;
-- old rows are forgotten.
CREATE TABLE activity (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL,
    account text NOT NULL,
    method text NOT NULL,
    outcome text NOT NULL,
    event_id uuid,
    booking_id uuid,
    hold_id text,
    detail jsonb NOT NULL,
    trace text,
    took_ms bigint NOT NULL
);
CREATE INDEX activity_by_account ON activity (account, at);
CREATE INDEX activity_by_booking ON activity (booking_id, at) WHERE booking_id IS NOT NULL;
CREATE INDEX activity_by_age ON activity USING brin (at);
GRANT SELECT, INSERT, DELETE ON activity TO onsale_app;

CREATE VIEW read.activity AS
SELECT at, account, method, outcome, event_id, booking_id, hold_id, detail, trace, took_ms FROM activity;

-- What became of bookings, from what is stored of them: one row for each thing that happened.
CREATE VIEW read.booking_facts AS
SELECT b.id AS booking_id, b.created_at AS at, 'booking-made' AS what, '' AS outcome,
       jsonb_build_object('reference', b.reference, 'hold', b.hold_id, 'total', b.total_amount, 'currency', b.currency) AS detail
FROM bookings b
UNION ALL
SELECT b.id, b.confirmed_at, 'booking-confirmed', '', jsonb_build_object('late_payment', b.late_payment)
FROM bookings b
WHERE b.confirmed_at IS NOT NULL
UNION ALL
SELECT b.id, b.cancelled_at, 'booking-cancelled', coalesce(b.cancel_reason, ''), '{}'::jsonb
FROM bookings b
WHERE b.cancelled_at IS NOT NULL
UNION ALL
SELECT t.booking_id, t.created_at, CASE WHEN t.replaces IS NULL THEN 'ticket-issued' ELSE 'ticket-transferred' END, '',
       jsonb_build_object('ticket', t.id, 'reference', t.reference, 'item', t.item_no, 'owner', t.user_id, 'replaces', t.replaces)
FROM tickets t
UNION ALL
SELECT t.booking_id, t.checked_in_at, 'ticket-checked-in', '', jsonb_build_object('ticket', t.id, 'gate', t.gate)
FROM tickets t
WHERE t.checked_in_at IS NOT NULL
UNION ALL
SELECT c.booking_id, c.created_at, 'given-back', c.cause,
       jsonb_build_object('cancellation', c.id, 'by', c.actor, 'refund', c.refund, 'fee_kept', c.fee_kept)
FROM cancellations c
UNION ALL
SELECT c.booking_id, c.ended_at, 'refund-done', CASE WHEN c.settlement IS NULL THEN '' ELSE 'SETTLED' END,
       jsonb_build_object('cancellation', c.id, 'refund', c.refund)
FROM cancellations c
WHERE c.ended_at IS NOT NULL AND c.refund > 0
UNION ALL
SELECT c.booking_id, c.stuck_at, 'refund-stuck', c.refusal, jsonb_build_object('cancellation', c.id, 'refund', c.refund)
FROM cancellations c
WHERE c.stuck_at IS NOT NULL
UNION ALL
SELECT s.subject_id, s.updated_at, 'checkout-' || s.state, coalesce(s.failure, ''),
       jsonb_build_object('step', s.step, 'attempt', s.attempt, 'detail', s.failure_detail)
FROM sagas s
WHERE s.kind = 'booking'
UNION ALL
SELECT c.booking_id, s.updated_at, 'letter-' || s.state, '', jsonb_build_object('cancellation', c.id, 'attempt', s.attempt)
FROM sagas s
JOIN cancellations c ON c.id = s.subject_id
WHERE s.kind = 'cancellation-letter';

GRANT SELECT ON read.activity, read.booking_facts TO onsale_reader, onsale_app;
