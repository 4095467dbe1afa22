-- What the hold and booking calls of each command node came to in the last ten seconds. Written once a second; a crash may
-- forget it.

CREATE UNLOGGED TABLE node_calls (
    node uuid PRIMARY KEY, -- made up at each start
    buckets bigint[] NOT NULL, -- how many calls took how long
    failed bigint NOT NULL, -- by no fault of the caller
    written_at timestamptz NOT NULL DEFAULT now()
);

GRANT SELECT, INSERT, UPDATE, DELETE ON node_calls TO onsale_app;
