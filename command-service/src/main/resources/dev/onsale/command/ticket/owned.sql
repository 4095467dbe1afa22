-- How many places of an event an account has for good: tickets, bought or received, and what its checkouts have claimed.
-- $1 account, $2 event
SELECT (SELECT count(*) FROM tickets WHERE user_id = $1 AND event_id = $2 AND status <> 'void')
    + (SELECT count(*)
        FROM bookings b
        JOIN booking_items i ON i.booking_id = b.id
        WHERE b.user_id = $1 AND b.event_id = $2 AND b.status <> 'cancelled' AND NOT b.tickets_issued AND i.claimed)
    AS places
