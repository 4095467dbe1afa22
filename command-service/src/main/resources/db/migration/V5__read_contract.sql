-- What the read side may see: views, published as a contract. Their columns are only ever added to.
CREATE SCHEMA read;

CREATE VIEW read.events AS
SELECT e.id, e.name, e.description, e.event_date, e.sale_start, e.sale_end, e.status::text AS status, e.ticket_limit,
       e.capacity, e.seat_codes, e.price_version, e.epoch, e.version, e.seat_map_id, m.content_hash,
       v.id AS venue_id, v.name AS venue_name, v.address, v.city, v.country, v.time_zone, v.latitude, v.longitude
FROM events e
JOIN seat_maps m ON m.id = e.seat_map_id
JOIN venues v ON v.id = e.venue_id;

CREATE VIEW read.prices AS
SELECT p.event_id, p.price_version, t.code, t.name, p.currency, p.face_minor, p.fee_minor, p.tax_minor
FROM prices p
JOIN price_tiers t ON t.id = p.price_tier_id;

CREATE VIEW read.seat_maps AS
SELECT id, content_hash, layout FROM seat_maps;

CREATE VIEW read.seats AS
SELECT s.event_id, s.section, s.row, s.number, s.ordinal, s.kind, s.restricted_view, t.code AS price_tier,
       s.status::text AS status
FROM seats s
JOIN price_tiers t ON t.id = s.price_tier_id;

CREATE VIEW read.areas AS
SELECT a.event_id, a.area_id, a.area_index, a.name, t.code AS price_tier, a.capacity, a.reserved, a.sold, a.blocked
FROM areas a
JOIN price_tiers t ON t.id = a.price_tier_id;

CREATE VIEW read.bookings AS
SELECT b.id, b.reference, b.user_id, b.event_id, e.name AS event_name, b.status::text AS status, b.step, b.total_amount,
       b.currency, b.refunded_amount, b.payment_id, b.contact_name, b.contact_email, b.contact_phone, b.cancel_reason,
       b.created_at, b.confirmed_at, b.cancelled_at, b.version,
       ARRAY(SELECT coalesce(s.section || '-' || s.row || '-' || s.number, i.area_id)
             FROM booking_items i
             LEFT JOIN seats s ON s.event_id = i.event_id AND s.id = i.seat_id
             WHERE i.booking_id = b.id
             ORDER BY i.item_no) AS places
FROM bookings b
JOIN events e ON e.id = b.event_id;

-- The service works with rows, never with tables; the read side sees the contract and nothing else.
GRANT USAGE ON SCHEMA public TO onsale_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO onsale_app;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO onsale_app;
GRANT USAGE ON SCHEMA read TO onsale_reader, onsale_app;
GRANT SELECT ON ALL TABLES IN SCHEMA read TO onsale_reader, onsale_app;
