-- What secrets are sealed with. A key is only known by its name; `sealed_check` is a constant sealed with it,
-- so that a start with another key of the same name, or without it, is noticed.
CREATE TABLE encryption_keys (
    key_id TEXT NOT NULL PRIMARY KEY,
    sealed_check BYTEA NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);

-- The line from a store to its shop. Manual stores have none.
CREATE TABLE store_connections (
    store_id UUID NOT NULL PRIMARY KEY REFERENCES stores (id),
    platform TEXT NOT NULL,
    -- What the shop is called by: `shop.myshopify.com`, an Etsy shop id, the address of a WooCommerce site.
    shop TEXT NOT NULL,
    -- Its id at the platform: the same shop is recognised by it.
    external_id TEXT NOT NULL,
    -- Sealed. NULL once disconnected.
    credentials BYTEA,
    -- When the access token ends; NULL: it does not.
    token_expires_at TIMESTAMPTZ,
    -- One process at a time asks for a new token: until when it may take, and how many have done so.
    refreshing_until TIMESTAMPTZ,
    refresh_fence BIGINT NOT NULL DEFAULT 0,
    -- The path its webhooks come to, which nobody can guess, and what they are signed with (sealed).
    hook_token TEXT NOT NULL UNIQUE,
    hook_secret BYTEA NOT NULL,
    -- What the shop says about itself: name, currency, version, capabilities.
    facts JSONB NOT NULL,
    -- What people chose for it.
    settings JSONB NOT NULL,
    -- Why the store is not connected, with the platform's own words.
    reason TEXT,
    words TEXT,
    -- Failures in a row, and since when.
    failures BIGINT NOT NULL DEFAULT 0,
    failing_since TIMESTAMPTZ,
    -- Reading products and orders: when last, when next, and up to which moment of the shop's own clock.
    products_synced_at TIMESTAMPTZ,
    products_due_at TIMESTAMPTZ,
    products_seen_until TIMESTAMPTZ,
    products_reconciled_at TIMESTAMPTZ,
    orders_synced_at TIMESTAMPTZ,
    orders_due_at TIMESTAMPTZ,
    orders_seen_until TIMESTAMPTZ,
    -- Where a run that was killed midway goes on.
    orders_place JSONB,
    -- What was asked for while the store is not read is done when its orders are next due: those placed since a moment, and
    -- those that wait once more, by what was chosen meanwhile.
    orders_asked_since TIMESTAMPTZ,
    orders_read_again BOOLEAN NOT NULL DEFAULT FALSE,
    webhooks_checked_at TIMESTAMPTZ,
    webhooks_due_at TIMESTAMPTZ,
    -- Which topics are set up, which were repaired, which failed.
    webhook_health JSONB,
    last_webhook_at TIMESTAMPTZ,
    connected_at TIMESTAMPTZ NOT NULL,
    -- When somebody last authorised it: what its platform said before does not count any more.
    authorised_at TIMESTAMPTZ NOT NULL,
    disconnected_at TIMESTAMPTZ,
    updated_at TIMESTAMPTZ NOT NULL
);
-- A shop is connected once at a time.
CREATE UNIQUE INDEX store_connections_shop ON store_connections (platform, external_id) WHERE disconnected_at IS NULL;
CREATE INDEX store_connections_address ON store_connections (platform, shop);
CREATE INDEX store_connections_orders_due ON store_connections (orders_due_at) WHERE orders_due_at IS NOT NULL;
CREATE INDEX store_connections_products_due ON store_connections (products_due_at) WHERE products_due_at IS NOT NULL;
CREATE INDEX store_connections_webhooks_due ON store_connections (webhooks_due_at) WHERE webhooks_due_at IS NOT NULL;

-- A person was sent to a platform to agree, and has not come back yet.
CREATE TABLE store_authorisations (
    -- SHA-256 of what the platform sends back.
    state_hash BYTEA NOT NULL PRIMARY KEY,
    platform TEXT NOT NULL,
    user_id UUID NOT NULL,
    customer_id UUID NOT NULL REFERENCES customers (id),
    -- The shop asked for; NULL where the platform lets the person choose.
    shop TEXT,
    -- The name the store gets; NULL: what the shop calls itself.
    name TEXT,
    -- The store to be connected again.
    store_id UUID REFERENCES stores (id),
    -- What proves that it was us who asked (PKCE), sealed.
    verifier BYTEA,
    expires_at TIMESTAMPTZ NOT NULL,
    used_at TIMESTAMPTZ,
    -- What came of it, where the platform tells the server and not the person.
    connected_store_id UUID REFERENCES stores (id),
    problem JSONB,
    created_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX store_authorisations_expiry ON store_authorisations (expires_at);

-- Everything that was said between stores and the portal.
CREATE TABLE messages (
    id UUID NOT NULL PRIMARY KEY,
    -- in, out
    direction TEXT NOT NULL,
    -- webhook, poll, call
    kind TEXT NOT NULL,
    platform TEXT NOT NULL,
    store_id UUID REFERENCES stores (id),
    customer_id UUID REFERENCES customers (id),
    -- The event as the platform calls it, or the operation.
    topic TEXT NOT NULL,
    -- The same for the same event delivered again.
    dedupe_key TEXT,
    -- received, parked, done, ignored, failed, dead
    state TEXT NOT NULL,
    reason TEXT,
    method TEXT,
    url TEXT,
    status BIGINT,
    -- Secrets are taken out of everything.
    headers JSONB,
    body BYTEA,
    answer BYTEA,
    -- What a webhook is about.
    subject JSONB,
    -- When it happened by the platform's clock.
    happened_at TIMESTAMPTZ,
    -- What became of it: the normalised value, the rows it changed.
    result JSONB,
    order_id UUID REFERENCES orders (id),
    job_id UUID,
    attempt BIGINT NOT NULL DEFAULT 1,
    duration_us BIGINT,
    created_at TIMESTAMPTZ NOT NULL,
    finished_at TIMESTAMPTZ,
    UNIQUE (store_id, dedupe_key)
);
CREATE INDEX messages_store ON messages (store_id, id);
CREATE INDEX messages_customer ON messages (customer_id, id);
CREATE INDEX messages_state ON messages (state, id);
CREATE INDEX messages_order ON messages (order_id, id) WHERE order_id IS NOT NULL;
CREATE INDEX messages_parked ON messages (store_id, id) WHERE state = 'parked';
CREATE INDEX messages_platform ON messages (platform, id);
CREATE INDEX messages_kind ON messages (kind, id);
CREATE INDEX messages_topic ON messages (topic, id);
-- What waits for a person: the list asks for both states at once. COALESCE keeps SQLite from reading each from
-- `messages_state` and sorting them.
CREATE INDEX messages_stopped ON messages (id) WHERE COALESCE(state, '') IN ('failed', 'dead');
CREATE INDEX messages_created ON messages (created_at);
-- Most of all messages, and the first to go.
CREATE INDEX messages_polls ON messages (created_at) WHERE kind = 'poll' AND state = 'done';
-- The badge asks how many are dead, up to a hundred.
CREATE INDEX messages_dead ON messages (customer_id) WHERE state = 'dead';

-- The store that a mail is about.
ALTER TABLE mails ADD COLUMN store_id UUID REFERENCES stores (id);
