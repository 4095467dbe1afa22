-- On what terms a booking's tickets can be given back: those it was bought on, and those of today; or, as the event was
-- postponed, for all of the money, to whoever bought for another date, and to all while there is none.
-- $1 booking
SELECT e.event_date, now() AS now, b.policy_version AS bought_version, bought.windows AS bought,
    e.policy_version AS today_version, today.windows AS today,
    NOT e.date_known OR coalesce(now() < e.opt_out_until
        AND b.created_at < (SELECT max(p.created_at) FROM postponements p WHERE p.event_id = e.id), false) AS may_opt_out,
    CASE WHEN e.date_known THEN e.opt_out_until END AS opt_out_until
FROM bookings b
JOIN events e ON e.id = b.event_id
LEFT JOIN refund_policies bought ON bought.event_id = e.id AND bought.policy_version = b.policy_version
LEFT JOIN refund_policies today ON today.event_id = e.id AND today.policy_version = e.policy_version
WHERE b.id = $1
