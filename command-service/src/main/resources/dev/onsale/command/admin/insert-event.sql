-- $1 name, $2 description, $3 venue, $4 seat map, $5 event date, $6 sale start, $7 sale end, $8 locking mode, $9 hold ttl ms,
-- $10 hold hard maximum ms, $11 ticket limit, $12 capacity, $13 ordinals, $14 whether tickets may change hands,
-- $15 series or null.
INSERT INTO events (name, description, venue_id, seat_map_id, event_date, sale_start, sale_end, locking_mode, hold_ttl_ms,
                    hold_hard_max_ms, ticket_limit, capacity, seat_codes, transfers_allowed, series_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8::text::locking_mode, $9, $10, $11, $12, $13, $14, $15)
RETURNING id
