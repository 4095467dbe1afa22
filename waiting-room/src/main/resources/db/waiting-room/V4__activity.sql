-- What accounts did with their turns, call by call, for support. Written behind the calls; old rows are forgotten.
CREATE TABLE activity (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL,
    account text NOT NULL,
    method text NOT NULL,
    outcome text NOT NULL,
    event_id uuid,
    booking_id uuid,
    hold_id text,
    detail jsonb NOT NULL,
    trace text,
    took_ms bigint NOT NULL
);
CREATE INDEX activity_by_account ON activity (account, at);
CREATE INDEX activity_by_age ON activity USING brin (at);
GRANT SELECT, INSERT, DELETE ON activity TO onsale_app;
