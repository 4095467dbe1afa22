-- A booking with its items and tickets.
-- $1 booking
SELECT b.id, b.reference, b.user_id, b.event_id, b.status::text AS status, b.step, b.total_amount, b.currency,
    b.refunded_amount, b.contact_name, b.contact_email, b.contact_phone, b.tickets_issued, b.cancel_reason,
    b.cancel_detail, b.created_at, b.confirmed_at, b.late_payment, b.version,
    (SELECT CASE WHEN bool_or(c.state = 'stuck') THEN 'stuck' WHEN bool_or(c.state <> 'done') THEN 'pending'
            WHEN count(*) > 0 THEN 'done' END
        FROM cancellations c
        WHERE c.booking_id = b.id AND c.refund > 0) AS refund_state,
    (SELECT jsonb_agg(jsonb_build_object('section', s.section, 'row', s.row, 'number', s.number, 'ordinal', s.ordinal,
            'kind', s.kind, 'restricted', s.restricted_view, 'area', i.area_id, 'tier', p.code, 'price', i.price,
            'ticket', t.id, 'refund', c.refund) ORDER BY i.item_no)
        FROM booking_items i
        JOIN price_tiers p ON p.id = i.price_tier_id
        LEFT JOIN seats s ON s.event_id = i.event_id AND s.id = i.seat_id
        LEFT JOIN tickets t ON t.booking_id = i.booking_id AND t.item_no = i.item_no AND t.status <> 'void'
        LEFT JOIN cancelled_items c ON c.booking_id = i.booking_id AND c.item_no = i.item_no
        WHERE i.booking_id = b.id) AS items
FROM bookings b
WHERE b.id = $1
