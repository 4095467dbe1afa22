-- On what terms a booking's tickets can be given back: those it was bought on, and those of today.
-- $1 booking
SELECT e.event_date, now() AS now, b.policy_version AS bought_version, bought.windows AS bought,
    e.policy_version AS today_version, today.windows AS today
FROM bookings b
JOIN events e ON e.id = b.event_id
LEFT JOIN refund_policies bought ON bought.event_id = e.id AND bought.policy_version = b.policy_version
LEFT JOIN refund_policies today ON today.event_id = e.id AND today.policy_version = e.policy_version
WHERE b.id = $1
