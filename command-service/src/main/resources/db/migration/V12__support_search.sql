-- What support finds, and who has looked.

-- A place that was given back is the booking's no more, and shown apart.
CREATE OR REPLACE VIEW read.bookings AS
SELECT b.id, b.reference, b.user_id, b.event_id, e.name AS event_name, b.status::text AS status, b.step, b.total_amount,
       b.currency, b.refunded_amount, b.payment_id, b.contact_name, b.contact_email, b.contact_phone, b.cancel_reason,
       b.created_at, b.confirmed_at, b.cancelled_at, b.version,
       ARRAY(SELECT coalesce(s.section || '-' || s.row || '-' || s.number, i.area_id)
             FROM booking_items i
             LEFT JOIN seats s ON s.event_id = i.event_id AND s.id = i.seat_id
             LEFT JOIN cancelled_items g ON g.booking_id = i.booking_id AND g.item_no = i.item_no
             WHERE i.booking_id = b.id AND g.item_no IS NULL
             ORDER BY i.item_no) AS places,
       ARRAY(SELECT coalesce(s.section || '-' || s.row || '-' || s.number, i.area_id)
             FROM booking_items i
             LEFT JOIN seats s ON s.event_id = i.event_id AND s.id = i.seat_id
             JOIN cancelled_items g ON g.booking_id = i.booking_id AND g.item_no = i.item_no
             WHERE i.booking_id = b.id
             ORDER BY i.item_no) AS places_given_back
FROM bookings b
JOIN events e ON e.id = b.event_id;

-- Every look of support at bookings, written before the answer. The read side may add and read, nobody may change.
CREATE SCHEMA audit;
CREATE TABLE audit.access_records (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    actor text NOT NULL,
    roles text[] NOT NULL,
    method text NOT NULL,
    question jsonb NOT NULL, -- personal values as keyed hashes
    bookings uuid[] NOT NULL, -- those shown
    shown bigint NOT NULL, -- how many; of an export, which does not list them, at its end
    reason text NOT NULL, -- why unmasked; empty: masked
    trace_id text NOT NULL,
    peer text NOT NULL
);
CREATE INDEX access_records_by_time ON audit.access_records (at, id);
CREATE INDEX access_records_by_actor ON audit.access_records (actor, at, id);
CREATE INDEX access_records_by_booking ON audit.access_records USING gin (bookings);

CREATE FUNCTION audit.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'access records are never changed' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER access_records_only_grow BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.access_records
    FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_change();

GRANT USAGE ON SCHEMA audit TO onsale_reader;
GRANT SELECT, INSERT ON audit.access_records TO onsale_reader;
