-- Waiting rooms: what must survive the loss of Redis. Lives in the schema "waiting_room".

CREATE TYPE room_state AS ENUM ('lobby', 'open', 'paused', 'closed');
CREATE TYPE challenge_kind AS ENUM ('none', 'proof_of_work', 'site_verify');

CREATE TABLE rooms (
    event_id uuid PRIMARY KEY,
    state room_state NOT NULL DEFAULT 'lobby',
    epoch int NOT NULL DEFAULT 1, -- admissions of an older one are worth nothing
    open_time timestamptz NOT NULL,
    drain_rate int NOT NULL CHECK (drain_rate > 0), -- visitors a second
    max_active int NOT NULL CHECK (max_active > 0),
    claim_window_ms bigint NOT NULL CHECK (claim_window_ms > 0),
    session_length_ms bigint NOT NULL CHECK (session_length_ms > 0),
    challenge challenge_kind NOT NULL,
    adaptive boolean NOT NULL,
    beacon text NOT NULL DEFAULT '',
    capacity int NOT NULL CHECK (capacity > 0),
    secret bytea NOT NULL, -- 32 bytes: signs place tickets, makes fingerprints of accounts; never leaves
    draw_key bytea NOT NULL, -- 32 bytes: revealed with the draw
    last_word text NOT NULL DEFAULT '',
    open_sale boolean NOT NULL DEFAULT false, -- closed, and nobody needs an admission any more
    created_at timestamptz NOT NULL DEFAULT now(),
    version bigint NOT NULL DEFAULT 1
);

-- What the draw was made from, written once, before anybody is called.
CREATE TABLE draws (
    event_id uuid PRIMARY KEY REFERENCES rooms,
    lobby_size bigint NOT NULL,
    lobby_digest bytea NOT NULL,
    beacon_value text NOT NULL,
    drawn_at timestamptz NOT NULL
);

-- How far the line had come a moment ago: only ever goes up. Brings the line back after Redis has lost it. Whoever moves
-- updated_at on does the chores of that second.
CREATE TABLE progress (
    event_id uuid PRIMARY KEY REFERENCES rooms,
    joined bigint NOT NULL,
    serving_number bigint NOT NULL,
    sale_cursor bigint NOT NULL DEFAULT 0, -- how far the sale's finished sessions have been read
    updated_at timestamptz NOT NULL DEFAULT now()
);

-- Accounts that are never admitted again, and sessions that have ended by an operator's word.
CREATE TABLE revocations (
    event_id uuid NOT NULL REFERENCES rooms,
    account text NOT NULL DEFAULT '',
    session_id text NOT NULL DEFAULT '',
    cause text NOT NULL,
    operator text NOT NULL,
    revoked_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (event_id, account, session_id)
);

CREATE TABLE idempotency (
    account text NOT NULL,
    method text NOT NULL,
    request_id text NOT NULL,
    body_hash bytea NOT NULL,
    response bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (account, method, request_id)
);
CREATE INDEX idempotency_age ON idempotency (created_at);

GRANT USAGE ON SCHEMA waiting_room TO onsale_app;
GRANT SELECT, INSERT, UPDATE ON rooms, draws, progress, revocations TO onsale_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON idempotency TO onsale_app;
