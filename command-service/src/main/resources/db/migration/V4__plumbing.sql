-- Sagas, idempotency, outbox.

CREATE TYPE saga_state AS ENUM ('running', 'compensating', 'done', 'undone');

CREATE TABLE sagas (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    kind text NOT NULL, -- 'booking', 'cancellation', ...
    subject_id uuid NOT NULL, -- the booking, the event
    state saga_state NOT NULL DEFAULT 'running',
    step int NOT NULL DEFAULT 0, -- the step to do next, or to undo next while compensating
    attempt int NOT NULL DEFAULT 0, -- tries at this step
    data jsonb NOT NULL DEFAULT '{}',
    failure text, -- why it compensates
    failure_detail text,
    background boolean NOT NULL DEFAULT false, -- nobody waits for the next step
    owner text, -- the node that works on it
    owner_epoch bigint NOT NULL DEFAULT 0, -- fence: a save by an older owner changes no row
    lease_until timestamptz NOT NULL DEFAULT '-infinity',
    next_run_at timestamptz NOT NULL DEFAULT now(),
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (kind, subject_id)
);
CREATE INDEX sagas_due ON sagas (background, next_run_at) WHERE state IN ('running', 'compensating');

-- The first answer to each request id, for calls whose effect has no natural key.
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

-- What changed, in the order of commits: read behind pg_snapshot_xmin, by (xid, id).
CREATE TABLE outbox (
    id bigint GENERATED ALWAYS AS IDENTITY,
    xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    shard int NOT NULL,
    event_id uuid NOT NULL,
    kind text NOT NULL, -- 'event', 'booking', 'ticket'
    aggregate_id uuid NOT NULL,
    version bigint NOT NULL,
    trace text,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (shard, xid, id)
);

-- How far each shard's relay has come.
CREATE TABLE outbox_cursors (
    shard int PRIMARY KEY,
    xid xid8 NOT NULL,
    id bigint NOT NULL
);
