-- The audit log: who did what, append-only, every entry chained to the one before it by its hash. docs/audit-log.md says which
-- bytes are hashed. The application reads, and appends by audit_append; nothing else.

CREATE TABLE audit_log (
    chain text NOT NULL, -- 'command/admin', 'command/money-07', ...
    seq bigint NOT NULL CHECK (seq > 0), -- without gaps
    at timestamptz NOT NULL,
    actor text NOT NULL, -- an account of staff, or a service; '': nobody, it came about by itself
    roles text NOT NULL, -- those of the actor's token, in alphabetical order
    action text NOT NULL, -- a method, or an act with a name
    subject_kind text NOT NULL,
    subject_id text NOT NULL,
    event_id uuid,
    reason_digest bytea, -- of a reason in audit_reasons; null: none was given
    details text NOT NULL, -- JSON, as it was hashed
    act_key text NOT NULL, -- names an act that could be noted twice; '': it can't
    prev_hash bytea NOT NULL CHECK (octet_length(prev_hash) = 32),
    hash bytea NOT NULL CHECK (octet_length(hash) = 32),
    PRIMARY KEY (chain, seq)
);
CREATE UNIQUE INDEX audit_log_once ON audit_log (chain, act_key) WHERE act_key <> '';
CREATE INDEX audit_log_by_time ON audit_log (at, chain, seq);
CREATE INDEX audit_log_by_subject ON audit_log (subject_id);
CREATE INDEX audit_log_by_event ON audit_log (event_id) WHERE event_id IS NOT NULL;
CREATE INDEX audit_log_by_actor ON audit_log (actor, at) WHERE actor <> '';

-- Reasons in the words of who gave them. Apart from the log, which only has their digests, so that one that names a person can be
-- forgotten without breaking the chain.
CREATE TABLE audit_reasons (
    chain text NOT NULL,
    seq bigint NOT NULL,
    salt bytea NOT NULL, -- so that a forgotten reason can't be guessed from its digest
    reason text NOT NULL,
    PRIMARY KEY (chain, seq),
    FOREIGN KEY (chain, seq) REFERENCES audit_log (chain, seq)
);

-- Where the chains ended at some time.
CREATE TABLE audit_anchors (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at timestamptz NOT NULL DEFAULT now(),
    anchor text NOT NULL
);

CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit log is append-only' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log
    FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_anchors
    FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();
CREATE TRIGGER never_changed BEFORE UPDATE OR TRUNCATE ON audit_reasons
    FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();

-- One field as it is hashed: how many bytes it has, four of them, the highest first; then its bytes.
CREATE FUNCTION audit_field(value text) RETURNS bytea LANGUAGE sql IMMUTABLE STRICT AS $$
    SELECT int4send(octet_length(convert_to(value, 'UTF8'))) || convert_to(value, 'UTF8')
$$;

-- Appends an entry, in the caller's transaction, and answers its number; null: the act with this key was noted before. Entries of one
-- chain wait for each other until the end of the transaction, so this comes last in it.
CREATE FUNCTION audit_append(
    in_chain text, in_actor text, in_roles text, in_action text, in_subject_kind text, in_subject_id text, in_event uuid,
    in_reason text, in_details text, in_key text)
RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${flyway:defaultSchema}, pg_temp AS $$
DECLARE
    last_seq bigint;
    last_hash bytea;
    noted timestamptz;
    new_salt bytea;
    digest bytea;
BEGIN
    PERFORM pg_advisory_xact_lock(1635083380, hashtext(in_chain));
    IF in_key <> '' AND EXISTS (
        SELECT FROM audit_log l WHERE l.chain = in_chain AND l.act_key = in_key AND l.act_key <> '') -- As its index says.
    THEN
        RETURN NULL;
    END IF;
    SELECT l.seq, l.hash INTO last_seq, last_hash FROM audit_log l WHERE l.chain = in_chain ORDER BY l.seq DESC LIMIT 1;
    last_seq := coalesce(last_seq, 0) + 1;
    last_hash := coalesce(last_hash, decode(repeat('00', 32), 'hex'));
    noted := clock_timestamp();
    IF in_reason <> '' THEN
        new_salt := uuid_send(gen_random_uuid());
        digest := sha256(new_salt || convert_to(in_reason, 'UTF8'));
    END IF;
    INSERT INTO audit_log (chain, seq, at, actor, roles, action, subject_kind, subject_id, event_id, reason_digest, details,
        act_key, prev_hash, hash)
    VALUES (in_chain, last_seq, noted, in_actor, in_roles, in_action, in_subject_kind, in_subject_id, in_event, digest, in_details,
        in_key, last_hash, sha256(
            audit_field('onsale-audit-1') || audit_field(in_chain) || audit_field(last_seq::text)
            || audit_field(to_char(noted AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
            || audit_field(in_actor) || audit_field(in_roles) || audit_field(in_action)
            || audit_field(in_subject_kind) || audit_field(in_subject_id) || audit_field(coalesce(in_event::text, ''))
            || audit_field(coalesce(encode(digest, 'hex'), '')) || audit_field(in_details) || audit_field(in_key)
            || audit_field(encode(last_hash, 'hex'))));
    IF in_reason <> '' THEN
        INSERT INTO audit_reasons (chain, seq, salt, reason) VALUES (in_chain, last_seq, new_salt, in_reason);
    END IF;
    RETURN last_seq;
END $$;

-- Forgets the reasons of acts on these subjects, because they may name somebody who is to be forgotten; answers how many.
CREATE FUNCTION audit_forget_reasons(subjects text[]) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = ${flyway:defaultSchema}, pg_temp AS $$
DECLARE
    n bigint;
BEGIN
    DELETE FROM audit_reasons r USING audit_log l
    WHERE l.subject_id = ANY (subjects) AND r.chain = l.chain AND r.seq = l.seq;
    GET DIAGNOSTICS n = ROW_COUNT;
    RETURN n;
END $$;

REVOKE ALL ON FUNCTION
    audit_append(text, text, text, text, text, text, uuid, text, text, text), audit_forget_reasons(text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
    audit_append(text, text, text, text, text, text, uuid, text, text, text), audit_forget_reasons(text[]) TO onsale_app;
REVOKE ALL ON audit_log, audit_reasons, audit_anchors FROM PUBLIC, onsale_app;
GRANT SELECT ON audit_log, audit_reasons TO onsale_app;
GRANT SELECT, INSERT ON audit_anchors TO onsale_app;

-- An erasure forgets the reasons of acts on the account's bookings, payments, refunds and transfers too.
-- Removes an account from all tables, in the caller's transaction, and answers what was removed. The service may not change most of
-- these columns itself: rows that say what was promised stay as they are, but for who it was.
CREATE OR REPLACE FUNCTION erase_account(who text, stands_for text) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    removed jsonb := '{}';
    n bigint;
BEGIN
    n := audit_forget_reasons(ARRAY(SELECT DISTINCT s.subject::text FROM subjects_of_account(who) s));
    removed := removed || jsonb_build_object('reasons', n);
    UPDATE sagas SET data = '{}', failure_detail = NULL
    WHERE state IN ('done', 'undone') AND subject_id IN (SELECT s.subject FROM subjects_of_account(who) s);
    GET DIAGNOSTICS n = ROW_COUNT; removed := removed || jsonb_build_object('sagas', n);
    UPDATE cancellations c SET actor = CASE WHEN c.actor = who THEN stands_for ELSE c.actor END, note = '', version = c.version + 1
    WHERE c.actor = who OR c.booking_id IN (SELECT b.id FROM bookings b WHERE b.user_id = who);
    GET DIAGNOSTICS n = ROW_COUNT; removed := removed || jsonb_build_object('cancellations', n);
    UPDATE ticket_transfers x
    SET from_account = CASE WHEN x.from_account = who THEN stands_for ELSE x.from_account END,
        to_account = CASE WHEN x.to_account = who THEN stands_for ELSE x.to_account END,
        to_email = CASE WHEN x.to_account = who THEN NULL ELSE x.to_email END
    WHERE who IN (x.from_account, x.to_account);
    GET DIAGNOSTICS n = ROW_COUNT; removed := removed || jsonb_build_object('transfers', n);
    UPDATE tickets t SET user_id = stands_for, version = t.version + 1 WHERE t.user_id = who;
    GET DIAGNOSTICS n = ROW_COUNT; removed := removed || jsonb_build_object('tickets', n);
    DELETE FROM idempotency i WHERE i.account = who;
    GET DIAGNOSTICS n = ROW_COUNT; removed := removed || jsonb_build_object('answers', n);
    DELETE FROM activity a WHERE a.account = who;
    GET DIAGNOSTICS n = ROW_COUNT; removed := removed || jsonb_build_object('activity', n);
    UPDATE durable_holds h SET account = stands_for WHERE h.account = who;
    GET DIAGNOSTICS n = ROW_COUNT; removed := removed || jsonb_build_object('durable holds', n);
    UPDATE seats s SET held_by = stands_for
    WHERE s.held_by = who AND s.event_id IN (SELECT h.event_id FROM durable_holds h WHERE h.account = stands_for);
    GET DIAGNOSTICS n = ROW_COUNT; removed := removed || jsonb_build_object('held seats', n);
    UPDATE revoked_admissions r SET account = stands_for, xid = pg_current_xact_id() WHERE r.account = who;
    GET DIAGNOSTICS n = ROW_COUNT; removed := removed || jsonb_build_object('revocations', n);
    UPDATE bookings b
    SET user_id = stands_for, request_hash = '', payment_token = '', contact_name = '', contact_email = '', contact_phone = '',
        cancel_detail = NULL, version = b.version + 1
    WHERE b.user_id = who;
    GET DIAGNOSTICS n = ROW_COUNT; removed := removed || jsonb_build_object('bookings', n);
    RETURN removed;
END $$;
