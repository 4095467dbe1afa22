-- Bookings, their items, tickets.

CREATE TYPE booking_status AS ENUM ('pending', 'confirmed', 'cancelled');

CREATE TABLE bookings (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    reference text NOT NULL UNIQUE,
    user_id text NOT NULL,
    request_id text NOT NULL DEFAULT uuidv7()::text,
    request_hash bytea NOT NULL DEFAULT '', -- of the rest of the request: the same id with another body is refused
    event_id uuid NOT NULL REFERENCES events,
    hold_id text NOT NULL,
    fence bigint NOT NULL,
    status booking_status NOT NULL DEFAULT 'pending',
    step text NOT NULL DEFAULT 'create-booking',
    total_amount bigint NOT NULL, -- minor units
    currency char(3) NOT NULL,
    price_version int NOT NULL,
    payment_id uuid NOT NULL DEFAULT uuidv7(),
    payment_token text NOT NULL,
    refunded_amount bigint NOT NULL DEFAULT 0,
    contact_name text NOT NULL,
    contact_email text NOT NULL,
    contact_phone text NOT NULL DEFAULT '',
    tickets_issued boolean NOT NULL DEFAULT false,
    cancel_reason text,
    cancel_detail text,
    created_at timestamptz NOT NULL DEFAULT now(),
    confirmed_at timestamptz,
    cancelled_at timestamptz,
    version bigint NOT NULL DEFAULT 1,
    UNIQUE (user_id, request_id),
    CHECK (refunded_amount BETWEEN 0 AND total_amount)
);
CREATE INDEX bookings_by_user ON bookings (user_id, event_id);
CREATE INDEX bookings_by_event ON bookings (event_id, status);
-- One live booking a hold: a second checkout of the same hold finds the first.
CREATE UNIQUE INDEX bookings_live_hold ON bookings (hold_id) WHERE status <> 'cancelled';

-- One row a ticket. A seat, or a place in an area.
CREATE TABLE booking_items (
    booking_id uuid NOT NULL REFERENCES bookings,
    item_no smallint NOT NULL,
    event_id uuid NOT NULL,
    seat_id uuid,
    area_id varchar(10),
    seat_version int, -- the seat's version when the booking was made: checked when it is reserved
    price_tier_id uuid NOT NULL REFERENCES price_tiers,
    price bigint NOT NULL, -- all-in, minor units
    claimed boolean NOT NULL DEFAULT false, -- the booking holds a durable claim on the seat
    PRIMARY KEY (booking_id, item_no),
    FOREIGN KEY (event_id, seat_id) REFERENCES seats (event_id, id),
    FOREIGN KEY (event_id, area_id) REFERENCES areas (event_id, area_id),
    CHECK ((seat_id IS NULL) <> (area_id IS NULL))
);
-- The last line: whatever happens above, one live claim a seat.
CREATE UNIQUE INDEX booking_items_one_claim_a_seat ON booking_items (event_id, seat_id)
    WHERE claimed AND seat_id IS NOT NULL;

CREATE TYPE ticket_status AS ENUM ('valid', 'checked_in', 'void');

CREATE TABLE tickets (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    reference text NOT NULL UNIQUE,
    booking_id uuid NOT NULL,
    item_no smallint NOT NULL,
    event_id uuid NOT NULL,
    user_id text NOT NULL,
    status ticket_status NOT NULL DEFAULT 'valid',
    checked_in_at timestamptz,
    check_in_request text UNIQUE, -- scanner's account and request id
    gate text,
    created_at timestamptz NOT NULL DEFAULT now(),
    version bigint NOT NULL DEFAULT 1,
    FOREIGN KEY (booking_id, item_no) REFERENCES booking_items (booking_id, item_no)
);
CREATE INDEX tickets_by_booking ON tickets (booking_id, item_no);
CREATE UNIQUE INDEX tickets_one_live_an_item ON tickets (booking_id, item_no) WHERE status <> 'void';
