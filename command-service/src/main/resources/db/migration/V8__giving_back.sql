-- Giving back: which tickets a booking has given back, what its buyer gets for them, and on what terms.

-- On what terms fans may give tickets back. A version is never changed, only followed by the next, as prices are.
CREATE TABLE refund_policies (
    event_id uuid NOT NULL REFERENCES events,
    policy_version int NOT NULL CHECK (policy_version > 0),
    windows jsonb NOT NULL, -- the one that closes first in front; see RefundPolicy
    PRIMARY KEY (event_id, policy_version)
);
ALTER TABLE events ADD COLUMN policy_version int NOT NULL DEFAULT 0; -- 0: all of it, until the event begins
ALTER TABLE bookings
    ADD COLUMN policy_version int NOT NULL DEFAULT 0, -- the event's when the booking was made
    ADD COLUMN refund_due bigint NOT NULL DEFAULT 0; -- all that was ever promised back
UPDATE bookings SET refund_due = refunded_amount WHERE refunded_amount > 0;
UPDATE bookings SET refund_due = total_amount WHERE status = 'confirmed' AND tickets_issued AND cancel_reason IS NOT NULL;
ALTER TABLE bookings ADD CHECK (refund_due BETWEEN 0 AND total_amount);

CREATE TYPE cancellation_state AS ENUM (
    'freeing', -- the tickets are void, their seats are about to be free
    'refunding', -- the seats are free, the money is on its way
    'stuck', -- the provider has not given the money back for days: somebody must look
    'done');

-- One time that something of a booking was given back. Without items: money alone.
CREATE TABLE cancellations (
    id uuid PRIMARY KEY,
    booking_id uuid NOT NULL REFERENCES bookings,
    cause text NOT NULL, -- 'CANCELLED_BY_BUYER', 'EVENT_CANCELLED', ...
    actor text NOT NULL, -- the account that asked for it; '': nobody, it came with the event
    note text NOT NULL DEFAULT '', -- why, for support
    refund bigint NOT NULL CHECK (refund >= 0), -- minor units
    fee_kept bigint NOT NULL CHECK (fee_kept >= 0),
    state cancellation_state NOT NULL DEFAULT 'freeing',
    refusal text NOT NULL DEFAULT '', -- the last that the provider said instead of giving the money back
    created_at timestamptz NOT NULL DEFAULT now(),
    tried_since timestamptz NOT NULL DEFAULT now(), -- the money; anew when somebody says so
    stuck_at timestamptz,
    ended_at timestamptz,
    version bigint NOT NULL DEFAULT 1,
    UNIQUE (id, booking_id)
);
CREATE INDEX cancellations_by_booking ON cancellations (booking_id);
CREATE INDEX cancellations_open ON cancellations (id) WHERE state <> 'done';

-- The key is the rule: an item is given back once, whatever happens above.
CREATE TABLE cancelled_items (
    booking_id uuid NOT NULL,
    item_no smallint NOT NULL,
    cancellation_id uuid NOT NULL,
    refund bigint NOT NULL CHECK (refund >= 0),
    fee_kept bigint NOT NULL CHECK (fee_kept >= 0),
    PRIMARY KEY (booking_id, item_no),
    FOREIGN KEY (booking_id, item_no) REFERENCES booking_items (booking_id, item_no),
    FOREIGN KEY (cancellation_id, booking_id) REFERENCES cancellations (id, booking_id)
);
CREATE INDEX cancelled_items_by_cancellation ON cancelled_items (cancellation_id);

-- Nobody can promise more than was paid: what is inserted is counted here, and the check of bookings refuses the rest.
CREATE FUNCTION count_refund_due() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE bookings SET refund_due = refund_due + NEW.refund WHERE id = NEW.booking_id;
    RETURN NULL;
END $$;
CREATE TRIGGER cancellations_are_counted AFTER INSERT ON cancellations
    FOR EACH ROW EXECUTE FUNCTION count_refund_due();

-- A cancellation with its lines: one a ticket, `ticket` the last that was issued for it.
CREATE VIEW given_back AS
SELECT c.id, c.booking_id, c.cause, c.actor, c.note, c.refund, c.fee_kept, b.currency, c.state, c.refusal, c.created_at,
    c.stuck_at, c.ended_at,
    (SELECT jsonb_agg(jsonb_build_object('ticket', (
                SELECT t.id FROM tickets t WHERE t.booking_id = i.booking_id AND t.item_no = i.item_no
                ORDER BY t.created_at DESC, t.id DESC LIMIT 1),
            'place', coalesce(s.section || '-' || s.row || '-' || s.number, i.area_id),
            'price', i.price, 'refund', l.refund, 'kept', l.fee_kept) ORDER BY l.item_no)
        FROM cancelled_items l
        JOIN booking_items i ON i.booking_id = l.booking_id AND i.item_no = l.item_no
        LEFT JOIN seats s ON s.event_id = i.event_id AND s.id = i.seat_id
        WHERE l.cancellation_id = c.id) AS lines
FROM cancellations c
JOIN bookings b ON b.id = c.booking_id;

-- What was promised can't be changed any more, only how far it has come.
GRANT SELECT, INSERT ON refund_policies, cancellations, cancelled_items TO onsale_app;
GRANT SELECT ON given_back TO onsale_app;
GRANT UPDATE (state, refusal, tried_since, stuck_at, ended_at, version) ON cancellations TO onsale_app;
