-- Events with their venue, as the read contract shows them.
SELECT id, name, description, event_date, sale_start, sale_end, status, ticket_limit, capacity, epoch, version,
       seat_map_id, venue_id, venue_name, address, city, country, time_zone, latitude, longitude, transfers_allowed, date_known,
       postponed, opt_out_until, price_version, series_id, series_name, series_description, policy_version, refund_windows
FROM read.events
WHERE id = ANY ($1)
