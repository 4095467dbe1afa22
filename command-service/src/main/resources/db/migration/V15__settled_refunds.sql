-- A stuck refund can be paid another way: then the provider still has the money, and the booking has got it back.
ALTER TABLE cancellations
    ADD COLUMN settlement text, -- how it was paid, in the words of who did; null: through the provider, or not yet
    ADD COLUMN settled_by text, -- their account
    ADD CHECK ((settlement IS NULL) = (settled_by IS NULL)),
    ADD CHECK (settlement IS NULL OR state = 'done');
GRANT UPDATE (settlement, settled_by) ON cancellations TO onsale_app;

CREATE OR REPLACE VIEW given_back AS
SELECT c.id, c.booking_id, c.cause, c.actor, c.note, c.refund, c.fee_kept, b.currency, c.state, c.refusal, c.created_at,
    c.stuck_at, c.ended_at,
    (SELECT jsonb_agg(jsonb_build_object('ticket', (
                SELECT t.id FROM tickets t WHERE t.booking_id = i.booking_id AND t.item_no = i.item_no
                ORDER BY t.created_at DESC, t.id DESC LIMIT 1),
            'place', coalesce(s.section || '-' || s.row || '-' || s.number, i.area_id),
            'price', i.price, 'refund', l.refund, 'kept', l.fee_kept) ORDER BY l.item_no)
        FROM cancelled_items l
        JOIN booking_items i ON i.booking_id = l.booking_id AND i.item_no = l.item_no
        LEFT JOIN seats s ON s.event_id = i.event_id AND s.id = i.seat_id
        WHERE l.cancellation_id = c.id) AS lines,
    c.settlement, c.settled_by
FROM cancellations c
JOIN bookings b ON b.id = c.booking_id;
