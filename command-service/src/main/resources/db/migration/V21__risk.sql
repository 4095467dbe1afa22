-- Verdicts about calls that looked like a scalper's, and whom support lets through all the same.

-- Key of the hashes under which devices, addresses and means of payment are compared.
CREATE TABLE risk_key (
    the_only_one boolean PRIMARY KEY DEFAULT true CHECK (the_only_one),
    key text NOT NULL
);
INSERT INTO risk_key (key) VALUES (replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''));

-- Written behind the calls, so that none waits for it; old rows are forgotten.
CREATE TABLE risk_verdicts (
    id uuid PRIMARY KEY,
    at timestamptz NOT NULL,
    account text NOT NULL,
    event_id uuid NOT NULL,
    method text NOT NULL,
    verdict text NOT NULL CHECK (verdict IN ('challenge', 'slow', 'deny')),
    enforced boolean NOT NULL,
    score double precision NOT NULL,
    signals jsonb NOT NULL, -- name, strength, weight, shows
    calls int NOT NULL
);
CREATE INDEX risk_verdicts_by_account ON risk_verdicts (account, at);
CREATE INDEX risk_verdicts_by_event ON risk_verdicts (event_id, at);
CREATE INDEX risk_verdicts_by_time ON risk_verdicts (at, id);

CREATE TABLE risk_overrides (
    id uuid PRIMARY KEY DEFAULT uuidv7(),
    account text NOT NULL,
    event_id uuid NOT NULL,
    reason text NOT NULL,
    actor text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    ends_at timestamptz NOT NULL,
    revoked_at timestamptz,
    revoked_by text,
    revoke_reason text
);
CREATE INDEX risk_overrides_by_account ON risk_overrides (account, event_id);
CREATE INDEX risk_overrides_live ON risk_overrides (ends_at) WHERE revoked_at IS NULL;

GRANT SELECT ON risk_key TO onsale_app;
GRANT SELECT, INSERT, DELETE ON risk_verdicts TO onsale_app;
GRANT SELECT, INSERT, UPDATE (revoked_at, revoked_by, revoke_reason) ON risk_overrides TO onsale_app;

-- Removes an account from these tables; answers what was removed. Beside erase_account, in the same statement.
CREATE FUNCTION erase_risk(who text, stands_for text) RETURNS jsonb LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
    removed jsonb := '{}';
    n bigint;
BEGIN
    DELETE FROM risk_verdicts v WHERE v.account = who;
    GET DIAGNOSTICS n = ROW_COUNT; removed := removed || jsonb_build_object('risk verdicts', n);
    UPDATE risk_overrides o
    SET account = stands_for, reason = '', revoke_reason = CASE WHEN o.revoked_at IS NULL THEN NULL ELSE '' END
    WHERE o.account = who;
    GET DIAGNOSTICS n = ROW_COUNT; removed := removed || jsonb_build_object('risk overrides', n);
    RETURN removed;
END $$;
REVOKE ALL ON FUNCTION erase_risk(text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION erase_risk(text, text) TO onsale_app;
