-- Seats and areas of each event.

CREATE TYPE seat_status AS ENUM ('available', 'held', 'reserved', 'sold', 'blocked');

-- No foreign keys to events and price_tiers: seats are written once, with both, in one transaction, and never deleted; checking
-- each of 50,000 rows twice takes longer than writing them.
CREATE TABLE seats (
    id uuid NOT NULL DEFAULT uuidv7(),
    event_id uuid NOT NULL,
    section varchar(50) NOT NULL,
    row varchar(10) NOT NULL,
    number int NOT NULL,
    ordinal int NOT NULL, -- index into the event's packed statuses
    kind smallint NOT NULL DEFAULT 0, -- 0 standard, 1 accessible, 2 companion
    restricted_view boolean NOT NULL DEFAULT false,
    price_tier_id uuid NOT NULL,
    status seat_status NOT NULL DEFAULT 'available',
    held_by text, -- account; with held_until only in pessimistic events
    held_until timestamptz,
    held_hold text, -- the hold these belong to
    version int NOT NULL DEFAULT 0, -- optimistic locking
    fence bigint NOT NULL DEFAULT 0, -- the newest fence this seat has seen
    block_reason text,
    PRIMARY KEY (event_id, id),
    UNIQUE (event_id, section, row, number),
    UNIQUE (event_id, ordinal)
) PARTITION BY HASH (event_id);

DO $$
BEGIN
    FOR i IN 0..15 LOOP
        EXECUTE format('CREATE TABLE seats_%s PARTITION OF seats FOR VALUES WITH (MODULUS 16, REMAINDER %s)
            WITH (fillfactor = 70)', i, i);
    END LOOP;
END $$;

CREATE INDEX seats_by_hold ON seats (event_id, held_hold) WHERE held_hold IS NOT NULL;

-- Holds of pessimistic events: what it takes to restore them if Redis loses them. Their seats name them in held_hold.
CREATE TABLE durable_holds (
    hold_id text PRIMARY KEY,
    event_id uuid NOT NULL REFERENCES events,
    account text NOT NULL,
    body text NOT NULL, -- hash of the request
    price_version int NOT NULL,
    held_until timestamptz NOT NULL
);
CREATE INDEX durable_holds_by_event ON durable_holds (event_id, held_until);

CREATE TABLE areas (
    event_id uuid NOT NULL REFERENCES events,
    area_id varchar(10) NOT NULL,
    area_index int NOT NULL,
    name text NOT NULL,
    price_tier_id uuid NOT NULL REFERENCES price_tiers,
    capacity int NOT NULL,
    reserved int NOT NULL DEFAULT 0 CHECK (reserved >= 0),
    sold int NOT NULL DEFAULT 0 CHECK (sold >= 0),
    blocked int NOT NULL DEFAULT 0 CHECK (blocked >= 0),
    PRIMARY KEY (event_id, area_id),
    UNIQUE (event_id, area_index),
    CHECK (reserved + sold + blocked <= capacity)
);
