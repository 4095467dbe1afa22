-- How far the digest of the lobby had come a moment ago, so that a lobby whose Redis was lost goes on with it.

ALTER TABLE progress
    ADD COLUMN digest_of bigint NOT NULL DEFAULT 0, -- how many entries it is over
    ADD COLUMN lobby_digest bytea NOT NULL DEFAULT '\x';
