-- What happens after the sale: tickets change hands, events are called off or put off.

-- Postponed: `event_date` is the last date told, and counts for nothing while `date_known` is false.
ALTER TABLE events
    ADD COLUMN transfers_allowed boolean NOT NULL DEFAULT true,
    ADD COLUMN date_known boolean NOT NULL DEFAULT true,
    ADD COLUMN postponed int NOT NULL DEFAULT 0, -- how often
    ADD COLUMN opt_out_until timestamptz; -- whoever bought may give back everything until then, and while there is no date

CREATE TABLE ticket_transfers (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    event_id uuid NOT NULL REFERENCES events,
    from_account text NOT NULL,
    to_account text NOT NULL,
    to_email text, -- null: nobody is told by mail
    created_at timestamptz NOT NULL DEFAULT now(),
    CHECK (from_account <> to_account)
);

-- The old ticket stays, void, with its owner; the one that took its place points back at it.
ALTER TABLE tickets
    ADD COLUMN transfers smallint NOT NULL DEFAULT 0, -- how often its place has changed hands
    ADD COLUMN transfer_id uuid REFERENCES ticket_transfers,
    ADD COLUMN replaces uuid REFERENCES tickets,
    ADD CHECK ((transfers = 0) = (replaces IS NULL) AND (transfer_id IS NULL) = (replaces IS NULL));
-- The last line: whatever happens above, a ticket is given away once.
CREATE UNIQUE INDEX tickets_replaced_once ON tickets (replaces) WHERE replaces IS NOT NULL;
CREATE INDEX tickets_by_transfer ON tickets (transfer_id) WHERE transfer_id IS NOT NULL;
CREATE INDEX tickets_by_owner ON tickets (user_id, event_id) WHERE status <> 'void';

-- Events called off, and how far their money is back.
CREATE TABLE event_cancellations (
    event_id uuid PRIMARY KEY REFERENCES events,
    started_at timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz -- every booking has come to its end
);
CREATE INDEX event_cancellations_running ON event_cancellations (event_id) WHERE finished_at IS NULL;
INSERT INTO event_cancellations (event_id, started_at, finished_at)
SELECT subject_id, created_at, CASE WHEN state = 'done' THEN updated_at END
FROM sagas
WHERE kind = 'event-cancellation';

-- When the next refund of a cancelled event may go out, over all nodes and all events; moved on by whoever takes that moment.
CREATE TABLE refund_pace (
    one boolean PRIMARY KEY DEFAULT true CHECK (one), -- there is one row
    next_at timestamptz NOT NULL DEFAULT '-infinity'
);
INSERT INTO refund_pace DEFAULT VALUES;
CREATE INDEX cancellations_with_events ON cancellations (booking_id) WHERE cause = 'EVENT_CANCELLED' AND state <> 'done';

-- Every time an event was put off.
CREATE TABLE postponements (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    event_id uuid NOT NULL REFERENCES events,
    number int NOT NULL, -- 1 and up within the event
    old_date timestamptz, -- null: was to be told
    new_date timestamptz, -- null: to be told
    opt_out_until timestamptz NOT NULL,
    reason text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (event_id, number)
);

GRANT SELECT, INSERT ON ticket_transfers, postponements TO onsale_app;
GRANT SELECT, INSERT, UPDATE ON event_cancellations TO onsale_app;
GRANT SELECT, UPDATE ON refund_pace TO onsale_app;

CREATE OR REPLACE VIEW read.events AS
SELECT e.id, e.name, e.description, e.event_date, e.sale_start, e.sale_end, e.status::text AS status, e.ticket_limit,
       e.capacity, e.seat_codes, e.price_version, e.epoch, e.version, e.seat_map_id, m.content_hash,
       v.id AS venue_id, v.name AS venue_name, v.address, v.city, v.country, v.time_zone, v.latitude, v.longitude,
       e.transfers_allowed, e.date_known, e.postponed, e.opt_out_until
FROM events e
JOIN seat_maps m ON m.id = e.seat_map_id
JOIN venues v ON v.id = e.venue_id;
