-- Keeps an anchor.
-- $1 anchor
INSERT INTO audit_anchors (anchor) VALUES ($1)
