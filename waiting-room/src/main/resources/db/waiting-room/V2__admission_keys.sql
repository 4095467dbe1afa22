-- The keys that sign admissions. The newest that may sign signs; the others are shown until nobody can have a token of theirs.

CREATE TABLE admission_keys (
    key_id text PRIMARY KEY,
    secret text NOT NULL, -- private JWK; never leaves
    signs_at timestamptz NOT NULL, -- shown before, so that whoever verifies knows it by then
    retires_at timestamptz, -- null: no newer one yet
    created_at timestamptz NOT NULL DEFAULT now()
);

GRANT SELECT, INSERT, UPDATE, DELETE ON admission_keys TO onsale_app;
