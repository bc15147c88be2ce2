-- What stores sell, as they list it, and what it is made of here.
CREATE TABLE store_products (
    seq INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    store_id BLOB NOT NULL REFERENCES stores (id),
    -- The store's, so that one index serves each list.
    customer_id BLOB NOT NULL REFERENCES customers (id),
    -- Its id at the store.
    external_id TEXT NOT NULL,
    title TEXT NOT NULL,
    sort_title TEXT NOT NULL,
    -- published, draft, archived
    listing TEXT NOT NULL,
    url TEXT,
    image_url TEXT,
    -- When the store changed it, by the store's clock.
    source_updated_at INTEGER,
    -- SHA-256 of what the store says: tells a change from a repetition. NULL: known from an order only.
    content_hash BLOB,
    -- Connected when every variant is; not_connected while one is not; ignored when none is made here.
    mapping_state TEXT NOT NULL DEFAULT 'not_connected',
    -- A person said that none of its variants is made here, also those to come.
    ignored INTEGER NOT NULL DEFAULT FALSE,
    variant_count INTEGER NOT NULL DEFAULT 0,
    connected_count INTEGER NOT NULL DEFAULT 0,
    -- Title and stock-keeping units, folded.
    search TEXT NOT NULL,
    -- The sync that saw it last, and when one looked and it was not there any more.
    seen_by BLOB,
    gone_at INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    UNIQUE (store_id, external_id)
) STRICT;
CREATE INDEX store_products_list ON store_products (store_id, sort_title, id);
CREATE INDEX store_products_state ON store_products (store_id, mapping_state, sort_title, id) WHERE gone_at IS NULL;
CREATE INDEX store_products_customer ON store_products (customer_id, sort_title, id);

CREATE TABLE store_variants (
    id BLOB NOT NULL PRIMARY KEY,
    product_id BLOB NOT NULL REFERENCES store_products (id),
    store_id BLOB NOT NULL REFERENCES stores (id),
    -- Its id at the store.
    external_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    -- What tells it from the others: `A3 / Silk`.
    title TEXT NOT NULL,
    -- [{"name": "Size", "value": "A3"}]
    options TEXT NOT NULL,
    sku TEXT,
    -- Folded: what equal units are found by.
    sku_key TEXT,
    price_minor INTEGER,
    currency TEXT,
    image_url TEXT,
    -- Not for downloads and vouchers.
    ships INTEGER NOT NULL,
    gone_at INTEGER,
    -- connected, not_connected, ignored
    mapping_state TEXT NOT NULL DEFAULT 'not_connected',
    -- What is made when it is bought.
    catalogue_variant_id BLOB REFERENCES catalogue_variants (id),
    -- How many pieces of it: a pack is sold as one.
    pieces_per_unit INTEGER NOT NULL DEFAULT 1,
    mapped_by BLOB,
    mapped_by_name TEXT,
    -- by_person, or the rule of the auto-match: exact_uid, known_sku, title
    mapped_how TEXT,
    mapped_at INTEGER,
    UNIQUE (product_id, external_id)
) STRICT;
CREATE INDEX store_variants_store ON store_variants (store_id, external_id);
CREATE INDEX store_variants_sku ON store_variants (store_id, sku_key) WHERE sku_key IS NOT NULL;

-- The design of each print area of a connected variant.
CREATE TABLE store_variant_designs (
    store_variant_id BLOB NOT NULL REFERENCES store_variants (id),
    area_key TEXT NOT NULL,
    -- The address it is fetched from; NULL for an upload.
    url TEXT,
    -- The upload, or what was fetched.
    file_id BLOB REFERENCES files (id),
    -- waiting, checked, refused
    state TEXT NOT NULL,
    reason TEXT,
    check_result TEXT,
    -- Changes with every design given: a check of an older one says nothing about it.
    version BLOB NOT NULL,
    PRIMARY KEY (store_variant_id, area_key)
) STRICT;
CREATE UNIQUE INDEX store_variant_designs_version ON store_variant_designs (version);
CREATE INDEX store_variant_designs_file ON store_variant_designs (file_id) WHERE file_id IS NOT NULL;

-- Orders as their store has them: what they are made from, and made from again when something changes here.
CREATE TABLE order_sources (
    order_id BLOB NOT NULL PRIMARY KEY REFERENCES orders (id),
    -- The order as it was read last.
    snapshot TEXT NOT NULL,
    -- By the store's clock: what is older is never applied.
    source_updated_at INTEGER NOT NULL,
    -- SHA-256 of the snapshot but for its time.
    content_hash BLOB NOT NULL,
    read_at INTEGER NOT NULL
) STRICT;

-- What the store of an order is to be told, written with the change that it tells.
CREATE TABLE order_writes (
    id BLOB NOT NULL PRIMARY KEY,
    order_id BLOB NOT NULL REFERENCES orders (id),
    store_id BLOB NOT NULL REFERENCES stores (id),
    -- The parcel it is about; NULL: the order as a whole.
    shipment_id BLOB REFERENCES shipments (id),
    -- in_production, shipped, delivered, cancelled, rest_cancelled
    kind TEXT NOT NULL,
    -- queued, done, already_there, not_supported, superseded, failed
    state TEXT NOT NULL,
    -- Why it failed or waits, with the platform's own words.
    reason TEXT,
    words TEXT,
    -- What the store calls what was written.
    external_id TEXT,
    -- What was sent of the order before this was first told; NULL: it never was, or is no parcel.
    sent_before TEXT,
    -- How often what is told was corrected. A job tells one version; where it is no longer the current one, another
    -- job is queued.
    version INTEGER NOT NULL DEFAULT 0,
    attempts INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX order_writes_order ON order_writes (order_id, kind) WHERE shipment_id IS NULL;
CREATE UNIQUE INDEX order_writes_shipment ON order_writes (shipment_id, kind) WHERE shipment_id IS NOT NULL;
CREATE INDEX order_writes_by_order ON order_writes (order_id, id);
CREATE INDEX order_writes_untold ON order_writes (store_id, id) WHERE state IN ('queued', 'failed');

-- The newest syncs of a store.
CREATE INDEX jobs_store ON jobs (store_id, kind, id) WHERE store_id IS NOT NULL;

CREATE VIRTUAL TABLE store_products_search USING fts5 (
    search, content = 'store_products', content_rowid = 'seq', tokenize = 'trigram'
);
CREATE TRIGGER store_products_search_insert AFTER INSERT ON store_products BEGIN
    INSERT INTO store_products_search (rowid, search) VALUES (new.seq, new.search);
END;
CREATE TRIGGER store_products_search_update AFTER UPDATE OF search ON store_products WHEN old.search <> new.search BEGIN
    INSERT INTO store_products_search (store_products_search, rowid, search) VALUES ('delete', old.seq, old.search);
    INSERT INTO store_products_search (rowid, search) VALUES (new.seq, new.search);
END;
CREATE TRIGGER store_products_search_delete AFTER DELETE ON store_products BEGIN
    INSERT INTO store_products_search (store_products_search, rowid, search) VALUES ('delete', old.seq, old.search);
END;
