-- Who decided what: written with the change itself, never changed, and deleted only when it is old.
CREATE TABLE audit_entries (
    id BLOB NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL,
    -- operator, client, system
    actor_kind TEXT NOT NULL,
    -- The person, and what they were called. No reference: the log outlives what it tells of.
    actor_id BLOB,
    actor_name TEXT,
    -- The name as searches know it: people are found by it.
    actor_key TEXT,
    customer_id BLOB,
    action TEXT NOT NULL,
    object_kind TEXT,
    object_id BLOB,
    -- What the object was called.
    object_label TEXT,
    -- The fields that changed, before and after. No secrets, and no buyer's personal data.
    old_values TEXT,
    new_values TEXT,
    request_id TEXT,
    address TEXT
) STRICT;
CREATE INDEX audit_entries_at ON audit_entries (at);
CREATE INDEX audit_entries_customer ON audit_entries (customer_id, id);
CREATE INDEX audit_entries_actor ON audit_entries (actor_id, id);
CREATE INDEX audit_entries_action ON audit_entries (action, id);
CREATE INDEX audit_entries_object ON audit_entries (object_id, id);
CREATE INDEX audit_entries_object_kind ON audit_entries (object_kind, id);

-- The one door: entries from before this moment may be deleted. It is at least four weeks ago, by this machine's clock.
CREATE TABLE audit_retention (
    only_row INTEGER PRIMARY KEY DEFAULT TRUE CHECK (only_row),
    kept_since INTEGER NOT NULL
) STRICT;
INSERT INTO audit_retention (only_row, kept_since) VALUES (TRUE, 0);

CREATE TRIGGER audit_entries_kept BEFORE UPDATE ON audit_entries BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only');
END;
CREATE TRIGGER audit_entries_not_deleted BEFORE DELETE ON audit_entries
WHEN old.at >= (SELECT kept_since FROM audit_retention) BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only');
END;
-- REPLACE deletes without asking the trigger above.
CREATE TRIGGER audit_entries_not_replaced BEFORE INSERT ON audit_entries
WHEN EXISTS (SELECT 1 FROM audit_entries WHERE id = new.id) BEGIN
    SELECT RAISE(ABORT, 'the audit log is append-only');
END;

CREATE TRIGGER audit_retention_kept BEFORE UPDATE ON audit_retention
WHEN new.kept_since > (unixepoch() - 28 * 86400) * 1000000 BEGIN
    SELECT RAISE(ABORT, 'the audit log is kept for four weeks at least');
END;
CREATE TRIGGER audit_retention_not_deleted BEFORE DELETE ON audit_retention BEGIN
    SELECT RAISE(ABORT, 'the audit log is kept for four weeks at least');
END;
CREATE TRIGGER audit_retention_not_replaced BEFORE INSERT ON audit_retention BEGIN
    SELECT RAISE(ABORT, 'the audit log is kept for four weeks at least');
END;

-- Operators who look at a customer's Storefronts. Whatever ends it takes the row away and records the end with that: it is
-- recorded once, also where nobody ends it and the time is up.
CREATE TABLE viewings (
    id BLOB NOT NULL PRIMARY KEY,
    user_id BLOB NOT NULL REFERENCES users (id),
    customer_id BLOB NOT NULL REFERENCES customers (id),
    ends_at INTEGER NOT NULL
) STRICT;
