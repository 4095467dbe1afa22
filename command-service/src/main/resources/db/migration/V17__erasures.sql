-- Accounts whose personal data was removed. The account itself is not here: a hash of it, and what stands for it now.
CREATE TABLE erasures (
    id uuid PRIMARY KEY,
    account_hash text NOT NULL,
    pseudonym text NOT NULL UNIQUE,
    reason text NOT NULL,
    actor text NOT NULL,
    parts jsonb NOT NULL DEFAULT '[]', -- store, what, count
    created_at timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz
);
GRANT SELECT, INSERT, UPDATE (parts, finished_at) ON erasures TO onsale_app;

-- All that hangs on an account: its bookings, and what sagas are about that concern them.
CREATE FUNCTION subjects_of_account(who text) RETURNS TABLE (subject uuid, booking uuid) LANGUAGE sql STABLE AS $$
    SELECT b.id, b.id FROM bookings b WHERE b.user_id = who
    UNION ALL SELECT b.payment_id, b.id FROM bookings b WHERE b.user_id = who
    UNION ALL SELECT c.id, c.booking_id FROM cancellations c JOIN bookings b ON b.id = c.booking_id WHERE b.user_id = who
    UNION ALL SELECT x.id, NULL FROM ticket_transfers x WHERE who IN (x.from_account, x.to_account)
$$;

-- Removes an account from all tables, in the caller's transaction, and answers what was removed. The service may not change most of
-- these columns itself: rows that say what was promised stay as they are, but for who it was.
CREATE FUNCTION erase_account(who text, stands_for text) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    removed jsonb := '{}';
    n bigint;
BEGIN
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
REVOKE ALL ON FUNCTION erase_account(text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION erase_account(text, text), subjects_of_account(text) TO onsale_app;
