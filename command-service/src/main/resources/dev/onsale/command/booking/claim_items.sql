-- Makes the claims of a booking durable; the unique index refuses a second live claim of a seat. Changes nothing if its buyer
-- would own more tickets of the event than it allows, counting those received: the inventory counts only what is held and bought.
-- $1 booking
UPDATE booking_items i
SET claimed = true
FROM bookings b
JOIN events e ON e.id = b.event_id
WHERE i.booking_id = $1 AND NOT i.claimed AND b.id = i.booking_id
    AND e.ticket_limit >= (SELECT count(*) FROM booking_items mine WHERE mine.booking_id = $1)
        + (SELECT count(*) FROM tickets t WHERE t.user_id = b.user_id AND t.event_id = b.event_id AND t.status <> 'void')
        + (SELECT count(*)
            FROM bookings o
            JOIN booking_items c ON c.booking_id = o.id
            WHERE o.user_id = b.user_id AND o.event_id = b.event_id AND o.status <> 'cancelled' AND NOT o.tickets_issued
                AND o.id <> $1 AND c.claimed)
