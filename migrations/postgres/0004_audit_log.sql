-- Who decided what: written with the change itself, never changed, and deleted only when it is old.
CREATE TABLE audit_entries (
    id UUID NOT NULL PRIMARY KEY,
    at TIMESTAMPTZ NOT NULL,
    -- operator, client, system
    actor_kind TEXT NOT NULL,
    -- The person, and what they were called. No reference: the log outlives what it tells of.
    actor_id UUID,
    actor_name TEXT,
    -- The name as searches know it: people are found by it.
    actor_key TEXT,
    customer_id UUID,
    action TEXT NOT NULL,
    object_kind TEXT,
    object_id UUID,
    -- What the object was called.
    object_label TEXT,
    -- The fields that changed, before and after. No secrets, and no buyer's personal data.
    old_values JSONB,
    new_values JSONB,
    request_id TEXT,
    address TEXT
);
CREATE INDEX audit_entries_at ON audit_entries (at);
CREATE INDEX audit_entries_customer ON audit_entries (customer_id, id);
CREATE INDEX audit_entries_actor ON audit_entries (actor_id, id);
CREATE INDEX audit_entries_action ON audit_entries (action, id);
CREATE INDEX audit_entries_object ON audit_entries (object_id, id);
CREATE INDEX audit_entries_object_kind ON audit_entries (object_kind, id);

-- The one door: entries from before this moment may be deleted. It is at least four weeks ago, by this database's clock.
CREATE TABLE audit_retention (
    only_row BOOLEAN PRIMARY KEY DEFAULT TRUE CHECK (only_row),
    kept_since TIMESTAMPTZ NOT NULL
);
INSERT INTO audit_retention (kept_since) VALUES ('epoch');

CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND TG_LEVEL = 'ROW' THEN
        IF OLD.at < (SELECT kept_since FROM audit_retention) THEN
            RETURN OLD;
        END IF;
    END IF;
    RAISE EXCEPTION 'the audit log is append-only';
END $$;
CREATE TRIGGER audit_entries_kept BEFORE UPDATE OR DELETE ON audit_entries
    FOR EACH ROW EXECUTE FUNCTION audit_is_append_only();
CREATE TRIGGER audit_entries_not_emptied BEFORE TRUNCATE ON audit_entries
    FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();

CREATE FUNCTION audit_retention_is_long() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW.kept_since <= now() - INTERVAL '28 days' THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'the audit log is kept for four weeks at least';
END $$;
CREATE TRIGGER audit_retention_kept BEFORE UPDATE OR DELETE ON audit_retention
    FOR EACH ROW EXECUTE FUNCTION audit_retention_is_long();
CREATE TRIGGER audit_retention_not_emptied BEFORE TRUNCATE ON audit_retention
    FOR EACH STATEMENT EXECUTE FUNCTION audit_retention_is_long();

-- Operators who look at a customer's Storefronts. Whatever ends it takes the row away and records the end with that: it is
-- recorded once, also where nobody ends it and the time is up.
CREATE TABLE viewings (
    id UUID NOT NULL PRIMARY KEY,
    user_id UUID NOT NULL REFERENCES users (id),
    customer_id UUID NOT NULL REFERENCES customers (id),
    ends_at TIMESTAMPTZ NOT NULL
);
