-- Where each chain ends. Looks up one entry a chain, however long they are.
WITH RECURSIVE chains AS (
    (SELECT chain FROM audit_log ORDER BY chain LIMIT 1)
    UNION ALL
    SELECT (SELECT l.chain FROM audit_log l WHERE l.chain > c.chain ORDER BY l.chain LIMIT 1)
    FROM chains c
    WHERE c.chain IS NOT NULL)
SELECT c.chain, h.seq, encode(h.hash, 'hex') AS hash, now() AS now
FROM chains c
CROSS JOIN LATERAL (SELECT l.seq, l.hash FROM audit_log l WHERE l.chain = c.chain ORDER BY l.seq DESC LIMIT 1) h
WHERE c.chain IS NOT NULL
