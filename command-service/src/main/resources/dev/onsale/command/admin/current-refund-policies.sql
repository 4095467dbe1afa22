-- $1 events. The current refund policy of each, and the currency its fees are in; without windows where nobody has set any.
SELECT e.id AS event_id, e.policy_version, r.windows,
    (SELECT min(p.currency) FROM prices p WHERE p.event_id = e.id AND p.price_version = e.price_version) AS currency
FROM events e
LEFT JOIN refund_policies r ON r.event_id = e.id AND r.policy_version = e.policy_version
WHERE e.id = ANY ($1)
