-- $1 event id. Terms of sale, and whether it is on sale.
SELECT status IN ('on_sale', 'sold_out') AS open, sale_start, sale_end, ticket_limit, hold_ttl_ms, hold_hard_max_ms,
    locking_mode::text AS locking_mode, presales_version
FROM events
WHERE id = $1
