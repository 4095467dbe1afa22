-- Venues, seat maps, events, prices. Roles onsale_app (rows only) and onsale_reader (schema "read" only) exist already.

CREATE TABLE venues (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    name text NOT NULL,
    address text NOT NULL,
    city text NOT NULL,
    country char(2) NOT NULL,
    time_zone text NOT NULL,
    latitude double precision NOT NULL,
    longitude double precision NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);

-- One immutable version of a venue's seats; `layout` is the imported JSON, normalised.
CREATE TABLE seat_maps (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    venue_id uuid NOT NULL REFERENCES venues,
    name text NOT NULL,
    version int NOT NULL,
    layout jsonb NOT NULL,
    content_hash text NOT NULL,
    seat_count int NOT NULL,
    area_capacity int NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (venue_id, name, version)
);

CREATE TYPE event_status AS ENUM ('draft', 'on_sale', 'sold_out', 'closed', 'cancelled');
CREATE TYPE locking_mode AS ENUM ('optimistic', 'pessimistic');

CREATE TABLE events (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    name varchar(255) NOT NULL,
    description text NOT NULL DEFAULT '',
    venue_id uuid NOT NULL REFERENCES venues,
    seat_map_id uuid NOT NULL REFERENCES seat_maps,
    event_date timestamptz NOT NULL,
    sale_start timestamptz NOT NULL,
    sale_end timestamptz NOT NULL,
    status event_status NOT NULL DEFAULT 'draft',
    locking_mode locking_mode NOT NULL DEFAULT 'optimistic',
    hold_ttl_ms bigint NOT NULL,
    hold_hard_max_ms bigint NOT NULL,
    ticket_limit int NOT NULL CHECK (ticket_limit > 0),
    capacity int NOT NULL,
    seat_codes int NOT NULL, -- length of the packed statuses: seats and the separators between runs
    price_version int NOT NULL DEFAULT 1,
    epoch int NOT NULL DEFAULT 0, -- which load of the inventory into Redis is current; 0: never loaded
    version bigint NOT NULL DEFAULT 1,
    cancel_reason text,
    created_at timestamptz NOT NULL DEFAULT now(),
    CHECK (sale_start < sale_end)
);

CREATE TABLE price_tiers (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    event_id uuid NOT NULL REFERENCES events,
    code text NOT NULL,
    name text NOT NULL,
    UNIQUE (event_id, code)
);

-- Prices are never changed, only followed by the next version: a hold's quote names the version it was made from.
CREATE TABLE prices (
    event_id uuid NOT NULL REFERENCES events,
    price_version int NOT NULL,
    price_tier_id uuid NOT NULL REFERENCES price_tiers,
    currency char(3) NOT NULL,
    face_minor bigint NOT NULL CHECK (face_minor >= 0),
    fee_minor bigint NOT NULL CHECK (fee_minor >= 0),
    tax_minor bigint NOT NULL CHECK (tax_minor >= 0),
    PRIMARY KEY (event_id, price_version, price_tier_id)
);
