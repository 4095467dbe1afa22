-- Accounts that bought more tickets than the event allows, or own more by now.
SELECT 'account ' || b.user_id || ' has ' || count(*) || ' tickets of ' || e.ticket_limit AS finding
FROM events e
JOIN bookings b ON b.event_id = e.id AND b.status = 'confirmed'
JOIN booking_items i ON i.booking_id = b.id
WHERE e.id = ?::uuid
  AND NOT EXISTS (SELECT FROM cancelled_items c WHERE c.booking_id = i.booking_id AND c.item_no = i.item_no)
GROUP BY b.user_id, e.ticket_limit
HAVING count(*) > e.ticket_limit
UNION ALL
SELECT 'account ' || t.user_id || ' owns ' || count(*) || ' tickets of ' || e.ticket_limit
FROM events e
JOIN tickets t ON t.event_id = e.id AND t.status <> 'void'
WHERE e.id = ?::uuid
GROUP BY t.user_id, e.ticket_limit
HAVING count(*) > e.ticket_limit
