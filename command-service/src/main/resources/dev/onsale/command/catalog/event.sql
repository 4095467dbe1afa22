-- $1 event id. One event with its venue's time zone.
SELECT e.id, e.name, e.description, e.venue_id, e.seat_map_id, e.event_date, v.time_zone, e.status::text AS status,
       e.sale_start, e.sale_end, e.hold_ttl_ms, e.hold_hard_max_ms, e.ticket_limit, e.locking_mode::text AS locking_mode,
       e.price_version, e.capacity, e.version, e.epoch, e.transfers_allowed, e.date_known, e.postponed, e.opt_out_until,
       e.series_id
FROM events e
JOIN venues v ON v.id = e.venue_id
WHERE e.id = $1
