-- Events that belong together: a tour, a festival, a season.
CREATE TABLE series (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    name text NOT NULL,
    description text NOT NULL DEFAULT '',
    created_at timestamptz NOT NULL DEFAULT now()
);
ALTER TABLE events ADD COLUMN series_id uuid REFERENCES series; -- null: in none
CREATE INDEX events_by_series ON events (series_id) WHERE series_id IS NOT NULL;

GRANT SELECT, INSERT ON series TO onsale_app;

CREATE OR REPLACE VIEW read.events AS
SELECT e.id, e.name, e.description, e.event_date, e.sale_start, e.sale_end, e.status::text AS status, e.ticket_limit,
       e.capacity, e.seat_codes, e.price_version, e.epoch, e.version, e.seat_map_id, m.content_hash,
       v.id AS venue_id, v.name AS venue_name, v.address, v.city, v.country, v.time_zone, v.latitude, v.longitude,
       e.transfers_allowed, e.date_known, e.postponed, e.opt_out_until,
       e.series_id, s.name AS series_name, s.description AS series_description,
       e.policy_version, r.windows AS refund_windows -- null: nobody has set any
FROM events e
JOIN seat_maps m ON m.id = e.seat_map_id
JOIN venues v ON v.id = e.venue_id
LEFT JOIN series s ON s.id = e.series_id
LEFT JOIN refund_policies r ON r.event_id = e.id AND r.policy_version = e.policy_version;
