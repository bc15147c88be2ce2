-- People and companies ------------------------------------------------------

CREATE TABLE customers (
    seq INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    name TEXT NOT NULL,
    -- Lower case, without accents: what the list sorts by.
    sort_name TEXT NOT NULL,
    reference_id TEXT,
    -- Lower case: two customers must not differ only in capitals, Pressero sends this value back.
    reference_key TEXT,
    description TEXT,
    -- Everything the list searches, as `searchable` writes it: folded, two spaces before each word.
    search TEXT NOT NULL,
    storefronts_access INTEGER NOT NULL DEFAULT FALSE,
    -- State of the client admin's invitation; `invitation_sent` past `invitation_expires_at` reads as expired.
    invitation_state TEXT NOT NULL DEFAULT 'not_invited',
    invitation_expires_at INTEGER,
    -- 1970 when it never ordered: the list sorts by it, and the engines put NULL at opposite ends.
    last_order_at INTEGER NOT NULL DEFAULT 0,
    archived_at INTEGER,
    -- The form that created it: sent twice, it creates one customer.
    form_key BLOB UNIQUE,
    created_at INTEGER NOT NULL,
    created_by BLOB,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX customers_reference ON customers (reference_key) WHERE reference_key IS NOT NULL;
CREATE INDEX customers_sort_name ON customers (sort_name, id);
CREATE INDEX customers_last_order ON customers (last_order_at, id);
-- What the chips above the list count.
CREATE INDEX customers_invitation ON customers (invitation_state, invitation_expires_at) WHERE archived_at IS NULL;

-- One person, one row: an operator, a client user, or both.
CREATE TABLE users (
    id BLOB NOT NULL PRIMARY KEY,
    email TEXT NOT NULL,
    -- Lower case: the log-in name.
    email_key TEXT NOT NULL UNIQUE,
    first_name TEXT NOT NULL,
    last_name TEXT NOT NULL,
    password_hash TEXT,
    password_changed_at INTEGER,
    language TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    theme TEXT NOT NULL DEFAULT 'system',
    -- administrator, operator, production; NULL for people of customers only.
    operator_role TEXT,
    blocked_at INTEGER,
    last_login_at INTEGER,
    -- Name and address as `searchable` writes them.
    search TEXT NOT NULL DEFAULT '',
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX users_operators ON users (operator_role, id) WHERE operator_role IS NOT NULL;

CREATE TABLE memberships (
    id BLOB NOT NULL PRIMARY KEY,
    user_id BLOB NOT NULL REFERENCES users (id),
    customer_id BLOB NOT NULL REFERENCES customers (id),
    role TEXT NOT NULL,
    all_stores INTEGER NOT NULL DEFAULT TRUE,
    -- When the person accepted the invitation: until then the membership lets nobody in.
    accepted_at INTEGER,
    blocked_at INTEGER,
    removed_at INTEGER,
    -- What whoever invites them calls them, and what is searched of that: until they accept, nobody learns of this
    -- customer what they are called elsewhere, or that they are known at all. NULL once they have accepted.
    invited_first_name TEXT,
    invited_last_name TEXT,
    invited_language TEXT,
    invited_search TEXT,
    created_at INTEGER NOT NULL,
    UNIQUE (user_id, customer_id)
) STRICT;
CREATE INDEX memberships_customer ON memberships (customer_id, id);

CREATE TABLE invitations (
    id BLOB NOT NULL PRIMARY KEY,
    user_id BLOB NOT NULL REFERENCES users (id),
    -- NULL: an invitation to the operator console.
    customer_id BLOB REFERENCES customers (id),
    email TEXT NOT NULL,
    language TEXT NOT NULL,
    -- sending, invitation_sent, delivery_failed, active, revoked; expiry is told by expires_at.
    state TEXT NOT NULL,
    -- What the mail server said when it refused.
    failure TEXT,
    expires_at INTEGER NOT NULL,
    sent_at INTEGER,
    accepted_at INTEGER,
    revoked_at INTEGER,
    created_at INTEGER NOT NULL,
    created_by BLOB
) STRICT;
CREATE INDEX invitations_user ON invitations (user_id, id);
CREATE INDEX invitations_customer ON invitations (customer_id, id) WHERE customer_id IS NOT NULL;

-- Links sent by mail. Only the SHA-256 of a token is kept; the mail job makes the token when it sends,
-- so that a repeated attempt may leave several valid tokens for one purpose.
CREATE TABLE link_tokens (
    token_hash BLOB NOT NULL PRIMARY KEY,
    -- invitation, password_reset, first_operator
    purpose TEXT NOT NULL,
    invitation_id BLOB REFERENCES invitations (id),
    user_id BLOB REFERENCES users (id),
    expires_at INTEGER NOT NULL,
    used_at INTEGER,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX link_tokens_invitation ON link_tokens (invitation_id) WHERE invitation_id IS NOT NULL;
CREATE INDEX link_tokens_user ON link_tokens (user_id) WHERE user_id IS NOT NULL;
CREATE INDEX link_tokens_expiry ON link_tokens (expires_at);

CREATE TABLE sessions (
    -- SHA-256 of the session id in the cookie.
    id_hash BLOB NOT NULL PRIMARY KEY,
    user_id BLOB REFERENCES users (id),
    data TEXT NOT NULL,
    -- The browser and the address of the last request.
    user_agent TEXT,
    address TEXT,
    -- When the person had proved who they are, by both steps where they have two; NULL before.
    logged_in_at INTEGER,
    created_at INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    -- Once the session goes on under another id: what that id is made of with this one, and its SHA-256.
    salt BLOB,
    successor BLOB
) STRICT;
CREATE INDEX sessions_user ON sessions (user_id) WHERE user_id IS NOT NULL;
CREATE INDEX sessions_successor ON sessions (successor) WHERE successor IS NOT NULL;
CREATE INDEX sessions_expiry ON sessions (expires_at);
CREATE INDEX sessions_signed_out ON sessions (last_seen_at) WHERE user_id IS NULL;

-- The second step of somebody's log-in: the key they share with the app on their phone.
CREATE TABLE two_factors (
    user_id BLOB NOT NULL PRIMARY KEY REFERENCES users (id),
    -- Sealed.
    secret BLOB NOT NULL,
    -- The 30 seconds whose code was taken last: it is not taken again.
    last_step INTEGER NOT NULL DEFAULT 0,
    -- When a first code was given; NULL while it is being set up.
    confirmed_at INTEGER,
    created_at INTEGER NOT NULL
) STRICT;

-- What lets somebody in once without their phone. Only the SHA-256 of a code is kept.
CREATE TABLE recovery_codes (
    user_id BLOB NOT NULL REFERENCES users (id),
    code_hash BLOB NOT NULL,
    used_at INTEGER,
    PRIMARY KEY (user_id, code_hash)
) STRICT;

-- Browsers that somebody has logged in with: a log-in with another one is told by mail. Only the SHA-256 of the token in
-- the browser's cookie is kept.
CREATE TABLE known_devices (
    user_id BLOB NOT NULL REFERENCES users (id),
    token_hash BLOB NOT NULL,
    seen_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, token_hash)
) STRICT;

-- Failed log-ins per account (`account:<SHA-256 of the name>`) and per address (`address:<ip, IPv6 by /64>`), and those under way.
-- Wrong codes of the second step (`code:<user>`). Requests for reset links per address (`reset:<ip, IPv6 by /64>`).
CREATE TABLE login_limits (
    limit_key TEXT NOT NULL PRIMARY KEY,
    failures INTEGER NOT NULL,
    pending INTEGER NOT NULL DEFAULT 0,
    -- When the last attempt under way began.
    pending_at INTEGER,
    blocked_until INTEGER,
    updated_at INTEGER NOT NULL
) STRICT;

-- Mail ------------------------------------------------------------------------

-- What was sent to whom. Never the body: it holds links that let a person in.
CREATE TABLE mails (
    id BLOB NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    recipient TEXT NOT NULL,
    language TEXT NOT NULL,
    -- queued, sent, failed
    state TEXT NOT NULL,
    -- The server's words: the answer that accepted the mail, or the one that refused it.
    server_answer TEXT,
    attempts INTEGER NOT NULL DEFAULT 0,
    customer_id BLOB REFERENCES customers (id),
    user_id BLOB REFERENCES users (id),
    invitation_id BLOB REFERENCES invitations (id),
    -- For mails about a log-in: the browser and its address.
    user_agent TEXT,
    address TEXT,
    -- Numbers of the orders it is about.
    orders TEXT NOT NULL DEFAULT '[]',
    created_at INTEGER NOT NULL,
    sent_at INTEGER
) STRICT;
CREATE INDEX mails_invitation ON mails (invitation_id, id) WHERE invitation_id IS NOT NULL;
CREATE INDEX mails_created ON mails (created_at);
CREATE INDEX mails_state ON mails (state, id);
CREATE INDEX mails_user ON mails (user_id, kind, created_at) WHERE user_id IS NOT NULL;

-- Files -----------------------------------------------------------------------

-- Content lives in the file store under its SHA-256; a row is one use of it.
CREATE TABLE files (
    id BLOB NOT NULL PRIMARY KEY,
    sha256 BLOB NOT NULL,
    size INTEGER NOT NULL,
    media_type TEXT NOT NULL,
    name TEXT NOT NULL,
    customer_id BLOB REFERENCES customers (id),
    created_by BLOB,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX files_customer ON files (customer_id, id) WHERE customer_id IS NOT NULL;
CREATE INDEX files_content ON files (sha256);
-- What the people of a customer have sent lately.
CREATE INDEX files_sent ON files (customer_id, created_at, size) WHERE customer_id IS NOT NULL AND created_by IS NOT NULL;

-- Catalogue -------------------------------------------------------------------

CREATE TABLE catalogue_products (
    seq INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    uid TEXT NOT NULL UNIQUE,
    name_en TEXT NOT NULL,
    name_es TEXT NOT NULL,
    sort_name TEXT NOT NULL,
    category TEXT NOT NULL,
    -- [{"key": "size", "name_en": "Size", "name_es": "Tamaño", "values": [{"key", "name_en", "name_es"}]}]
    options TEXT NOT NULL,
    min_quantity INTEGER NOT NULL,
    max_quantity INTEGER,
    search TEXT NOT NULL,
    archived_at INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX catalogue_products_sort_name ON catalogue_products (sort_name, id);

-- One row per combination of option values; a product without options has one variant with its own uid.
CREATE TABLE catalogue_variants (
    id BLOB NOT NULL PRIMARY KEY,
    product_id BLOB NOT NULL REFERENCES catalogue_products (id),
    uid TEXT NOT NULL UNIQUE,
    -- {"size": "a3", "paper": "silk"}
    option_values TEXT NOT NULL,
    position INTEGER NOT NULL,
    -- Combinations that an edit removed stay for the orders that name them.
    retired_at INTEGER
) STRICT;
CREATE INDEX catalogue_variants_product ON catalogue_variants (product_id, position);

CREATE TABLE print_areas (
    id BLOB NOT NULL PRIMARY KEY,
    product_id BLOB NOT NULL REFERENCES catalogue_products (id),
    position INTEGER NOT NULL,
    -- front, back, inside …: what `designFileUrl:<key>` names in a CSV.
    area_key TEXT NOT NULL,
    name_en TEXT NOT NULL,
    name_es TEXT NOT NULL,
    -- Micrometres, so that halves of a millimetre stay exact.
    trim_width_um INTEGER NOT NULL,
    trim_height_um INTEGER NOT NULL,
    bleed_um INTEGER NOT NULL,
    min_resolution_dpi INTEGER NOT NULL,
    page_count INTEGER NOT NULL,
    -- pdf,png,jpeg,tiff
    formats TEXT NOT NULL,
    UNIQUE (product_id, area_key)
) STRICT;

-- Stores and orders -------------------------------------------------------------

CREATE TABLE stores (
    id BLOB NOT NULL PRIMARY KEY,
    customer_id BLOB NOT NULL REFERENCES customers (id),
    platform TEXT NOT NULL,
    name TEXT NOT NULL,
    -- Folded: names are unique within a customer whatever their capitals and accents.
    name_key TEXT NOT NULL,
    state TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    created_by BLOB,
    updated_at INTEGER NOT NULL,
    UNIQUE (customer_id, name_key)
) STRICT;

-- The stores of a membership without all_stores.
CREATE TABLE membership_stores (
    membership_id BLOB NOT NULL REFERENCES memberships (id),
    store_id BLOB NOT NULL REFERENCES stores (id),
    PRIMARY KEY (membership_id, store_id)
) STRICT;

CREATE TABLE orders (
    -- The number people say: counted up, shown with the configured prefix.
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id BLOB NOT NULL UNIQUE,
    customer_id BLOB NOT NULL REFERENCES customers (id),
    store_id BLOB NOT NULL REFERENCES stores (id),
    -- That of the store, which never changes: so that one index serves the filter.
    platform TEXT NOT NULL,
    -- The order's id at its source; orderReferenceId of a CSV or form.
    external_id TEXT NOT NULL,
    -- What people at the source call it, where that is not its id: `#1001`.
    source_number TEXT,
    -- By the source's clock: when it was placed.
    placed_at INTEGER,
    -- What the buyer pays, in minor units.
    total_minor INTEGER,
    currency TEXT,
    -- form, csv, webhook, poll, api
    source TEXT NOT NULL,
    status TEXT NOT NULL,
    reason TEXT,
    -- Whether the status is one that a person must end, or the store could not be told.
    needs_attention INTEGER NOT NULL,
    -- Whether the store could not be told something, and a person is to look at it.
    untold INTEGER NOT NULL DEFAULT 0,
    -- SHA-256 of the order's content as it came in: tells a repeated import from a changed one.
    content_hash BLOB NOT NULL,
    -- The token of the form that an order without the customer's reference came with: submitted again, it finds its order.
    form_key BLOB,
    email TEXT,
    phone TEXT,
    -- Parts of the address that a shop does not give are empty: the order waits for them.
    recipient TEXT NOT NULL,
    company TEXT,
    address_line1 TEXT NOT NULL,
    address_line2 TEXT,
    city TEXT NOT NULL,
    region TEXT,
    postcode TEXT,
    country TEXT NOT NULL,
    -- When who it was for was erased last: it says so where nothing of them has come since.
    buyer_erased_at INTEGER,
    -- Why nothing can be sent there; told beside whatever else stops the order.
    address_problem TEXT,
    shipping_method TEXT,
    note TEXT,
    item_count INTEGER NOT NULL,
    shipped_count INTEGER NOT NULL DEFAULT 0,
    search TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    created_by BLOB,
    updated_at INTEGER NOT NULL,
    UNIQUE (store_id, external_id),
    UNIQUE (store_id, form_key)
) STRICT;
-- Lists run by number, newest first.
CREATE INDEX orders_customer ON orders (customer_id, number);
CREATE INDEX orders_status ON orders (status, number);
CREATE INDEX orders_customer_status ON orders (customer_id, status, number);
CREATE INDEX orders_store ON orders (store_id, number);
CREATE INDEX orders_store_status ON orders (store_id, status, number);
-- A buyer who asks to be forgotten is found by address.
CREATE INDEX orders_buyer ON orders (store_id, LOWER(email)) WHERE email IS NOT NULL;
CREATE INDEX orders_platform ON orders (platform, number);
CREATE INDEX orders_platform_status ON orders (platform, status, number);
CREATE INDEX orders_untold ON orders (customer_id, store_id) WHERE untold;
CREATE INDEX orders_attention ON orders (number) WHERE needs_attention;
CREATE INDEX orders_customer_attention ON orders (customer_id, number) WHERE needs_attention;
CREATE INDEX orders_store_attention ON orders (store_id, number) WHERE needs_attention;
CREATE INDEX orders_platform_attention ON orders (platform, number) WHERE needs_attention;

CREATE TABLE order_lines (
    id BLOB NOT NULL PRIMARY KEY,
    order_id BLOB NOT NULL REFERENCES orders (id),
    position INTEGER NOT NULL,
    title TEXT NOT NULL,
    -- print, stock, ignored
    kind TEXT NOT NULL DEFAULT 'print',
    -- Why it is ignored: digital, nothing_left, variant, product, line
    ignored_because TEXT,
    -- NULL while the shop's product is not connected to the catalogue.
    product_uid TEXT,
    -- What the shop says about it: its id there, and the variant as `store_variants` has it.
    external_id TEXT,
    store_variant_id BLOB,
    variant_title TEXT,
    sku TEXT,
    unit_price_minor INTEGER,
    -- What the buyer added: [{"name": "Text", "value": "Happy birthday"}]
    properties TEXT,
    -- When a person let the line go on as it is, or gave a design for it, although the buyer added something.
    personal_looked_at INTEGER,
    -- Whether a person let the line go on although a print area has no design.
    missing_let_pass INTEGER NOT NULL DEFAULT FALSE,
    variant_id BLOB REFERENCES catalogue_variants (id),
    -- Pieces: what the store sells one of may be a pack of several.
    quantity INTEGER NOT NULL,
    pieces_per_unit INTEGER NOT NULL DEFAULT 1,
    -- As how many the store counts these pieces: its own quantity until production began. NULL: no store gave the line.
    store_quantity INTEGER,
    shipped_quantity INTEGER NOT NULL DEFAULT 0,
    -- Pieces that were cancelled after others had left; `quantity` is without them.
    cancelled_quantity INTEGER NOT NULL DEFAULT 0,
    status TEXT NOT NULL,
    reason TEXT,
    -- While on hold: the status it goes back to.
    held_from TEXT,
    UNIQUE (order_id, position)
) STRICT;
CREATE UNIQUE INDEX order_lines_external ON order_lines (order_id, external_id) WHERE external_id IS NOT NULL;
-- Lines that wait for their product to be connected.
CREATE INDEX order_lines_waiting ON order_lines (store_variant_id) WHERE status = 'not_connected';

-- The design of one print area of a line.
CREATE TABLE order_line_files (
    id BLOB NOT NULL PRIMARY KEY,
    line_id BLOB NOT NULL REFERENCES order_lines (id),
    area_key TEXT NOT NULL,
    -- The address it was fetched from; NULL for an upload.
    url TEXT,
    file_id BLOB REFERENCES files (id),
    -- waiting, checked, refused
    state TEXT NOT NULL,
    reason TEXT,
    -- Measurements and warnings of the check: {"width_px", "height_px", "dpi", "pages"}
    check_result TEXT,
    -- Whether a person let the line go on with it, refused as it is.
    let_pass INTEGER NOT NULL DEFAULT FALSE,
    UNIQUE (line_id, area_key)
) STRICT;
CREATE INDEX order_line_files_file ON order_line_files (file_id) WHERE file_id IS NOT NULL;

CREATE TABLE shipments (
    id BLOB NOT NULL PRIMARY KEY,
    order_id BLOB NOT NULL REFERENCES orders (id),
    carrier TEXT NOT NULL,
    tracking_number TEXT,
    tracking_url TEXT,
    shipped_at INTEGER NOT NULL,
    created_by BLOB
) STRICT;
CREATE INDEX shipments_order ON shipments (order_id, id);

CREATE TABLE shipment_lines (
    shipment_id BLOB NOT NULL REFERENCES shipments (id),
    line_id BLOB NOT NULL REFERENCES order_lines (id),
    quantity INTEGER NOT NULL,
    PRIMARY KEY (shipment_id, line_id)
) STRICT;

-- What happened to an order, newest last.
CREATE TABLE order_events (
    id BLOB NOT NULL PRIMARY KEY,
    order_id BLOB NOT NULL REFERENCES orders (id),
    line_id BLOB REFERENCES order_lines (id),
    -- received, status_changed, shipped, file_checked, file_refused, edited …
    kind TEXT NOT NULL,
    from_status TEXT,
    to_status TEXT,
    -- operator, client, system
    actor TEXT NOT NULL,
    actor_name TEXT,
    detail TEXT,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX order_events_order ON order_events (order_id, id);

-- Kept counters, so that no page counts orders. One row per store and status, and per store and day (UTC).
CREATE TABLE order_status_counts (
    store_id BLOB NOT NULL REFERENCES stores (id),
    status TEXT NOT NULL,
    customer_id BLOB NOT NULL REFERENCES customers (id),
    orders INTEGER NOT NULL,
    PRIMARY KEY (store_id, status)
) STRICT;
CREATE INDEX order_status_counts_customer ON order_status_counts (customer_id, status, orders);
CREATE INDEX order_status_counts_status ON order_status_counts (status, orders);

CREATE TABLE order_day_counts (
    store_id BLOB NOT NULL REFERENCES stores (id),
    -- YYYY-MM-DD
    day TEXT NOT NULL,
    customer_id BLOB NOT NULL REFERENCES customers (id),
    orders INTEGER NOT NULL,
    PRIMARY KEY (store_id, day)
) STRICT;
CREATE INDEX order_day_counts_customer ON order_day_counts (customer_id, day, orders);

-- The filters of a list that a person uses again and again.
CREATE TABLE saved_views (
    id BLOB NOT NULL PRIMARY KEY,
    user_id BLOB NOT NULL REFERENCES users (id),
    -- console-orders
    list TEXT NOT NULL,
    name TEXT NOT NULL,
    -- Folded: names are unique among the views of a person whatever their capitals and accents.
    name_key TEXT NOT NULL,
    -- The query of the list's address.
    query TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    UNIQUE (user_id, list, name_key)
) STRICT;

-- Imports -----------------------------------------------------------------------

CREATE TABLE imports (
    id BLOB NOT NULL PRIMARY KEY,
    -- orders, catalogue
    kind TEXT NOT NULL,
    customer_id BLOB REFERENCES customers (id),
    store_id BLOB REFERENCES stores (id),
    file_id BLOB NOT NULL REFERENCES files (id),
    file_name TEXT NOT NULL,
    -- checking, ready, queued, running, succeeded, partly_failed, failed, cancelled
    state TEXT NOT NULL,
    reason TEXT,
    -- What is wrong with the file as a whole.
    problem TEXT,
    -- How the file was read: {"delimiter": "semicolon", "encoding": "windows-1252", "ignored_columns": ["Colour"]}
    dialect TEXT,
    rows_total INTEGER NOT NULL DEFAULT 0,
    -- Rows that are wrong, and right rows of orders that a wrong one holds back.
    rows_bad INTEGER NOT NULL DEFAULT 0,
    rows_held INTEGER NOT NULL DEFAULT 0,
    -- Orders or products that can be created, were created, changed, or are there already.
    ready INTEGER NOT NULL DEFAULT 0,
    created INTEGER NOT NULL DEFAULT 0,
    changed INTEGER NOT NULL DEFAULT 0,
    unchanged INTEGER NOT NULL DEFAULT 0,
    -- The last row of the file whose result is committed.
    rows_done INTEGER NOT NULL DEFAULT 0,
    job_id BLOB,
    created_by BLOB,
    created_at INTEGER NOT NULL,
    finished_at INTEGER
) STRICT;
CREATE INDEX imports_file ON imports (file_id);
CREATE INDEX imports_customer ON imports (customer_id, id) WHERE customer_id IS NOT NULL;

-- What became of a row: problems found by the preview, results of the run.
CREATE TABLE import_rows (
    import_id BLOB NOT NULL REFERENCES imports (id),
    -- Line of the file where the row starts; the header is line 1.
    row_number INTEGER NOT NULL,
    position INTEGER NOT NULL,
    -- The order reference or product uid the row names.
    reference TEXT,
    -- ready, refused, created, changed, unchanged
    outcome TEXT NOT NULL,
    column_name TEXT,
    value TEXT,
    -- Code and arguments of the sentence that says what is wrong.
    problem TEXT,
    -- What the row says, to recognise it by.
    glance TEXT,
    order_id BLOB REFERENCES orders (id),
    PRIMARY KEY (import_id, row_number, position)
) STRICT;
CREATE INDEX import_rows_outcome ON import_rows (import_id, outcome, row_number);
CREATE INDEX import_rows_order ON import_rows (order_id) WHERE order_id IS NOT NULL;

-- Jobs --------------------------------------------------------------------------

CREATE TABLE jobs (
    id BLOB NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    -- At most one running job per lane; NULL: no lane.
    lane TEXT,
    -- At most one unfinished job per (kind, unique_key); NULL: any number.
    unique_key TEXT,
    -- queued, running, succeeded, partly_failed, failed, cancelled, dead
    state TEXT NOT NULL,
    attempt INTEGER NOT NULL DEFAULT 0,
    max_attempts INTEGER NOT NULL,
    run_at INTEGER NOT NULL,
    -- Set while running. The fence grows with every claim: a worker that lost its lease cannot write.
    lease_until INTEGER,
    fence INTEGER NOT NULL DEFAULT 0,
    worker TEXT,
    cancel_requested INTEGER NOT NULL DEFAULT FALSE,
    progress_done INTEGER NOT NULL DEFAULT 0,
    progress_total INTEGER,
    result TEXT,
    reason TEXT,
    -- For operators: what the attempt died of. No personal data, no secrets.
    error TEXT,
    customer_id BLOB REFERENCES customers (id),
    store_id BLOB REFERENCES stores (id),
    created_at INTEGER NOT NULL,
    started_at INTEGER,
    finished_at INTEGER
) STRICT;
-- `state` leads although it is the same in every row: without statistics, jobs_state would be taken instead.
CREATE INDEX jobs_due ON jobs (state, run_at, id) WHERE state = 'queued' AND lane IS NULL;
-- The heads of the lanes, and how recently each lane was served.
CREATE INDEX jobs_lane_due ON jobs (state, lane, run_at, id) WHERE state = 'queued' AND lane IS NOT NULL;
CREATE INDEX jobs_lane_served ON jobs (lane, started_at) WHERE started_at IS NOT NULL;
CREATE INDEX jobs_running ON jobs (state, lease_until) WHERE state = 'running';
CREATE UNIQUE INDEX jobs_lane ON jobs (lane) WHERE state = 'running' AND lane IS NOT NULL;
CREATE UNIQUE INDEX jobs_unique ON jobs (kind, unique_key) WHERE unique_key IS NOT NULL AND state IN ('queued', 'running');
CREATE INDEX jobs_finished ON jobs (finished_at) WHERE finished_at IS NOT NULL;
CREATE INDEX jobs_state ON jobs (state, id);
CREATE INDEX jobs_customer ON jobs (customer_id, id) WHERE customer_id IS NOT NULL;

-- The workers of each process. One that stops in good order takes its row away; one that is killed leaves it.
CREATE TABLE workers (
    name TEXT NOT NULL PRIMARY KEY,
    serves_pages INTEGER NOT NULL,
    slots INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL
) STRICT;

CREATE TABLE job_schedules (
    kind TEXT NOT NULL PRIMARY KEY,
    every_seconds INTEGER NOT NULL,
    jitter_seconds INTEGER NOT NULL,
    next_run_at INTEGER NOT NULL,
    last_run_at INTEGER
) STRICT;

-- Search --------------------------------------------------------------------------

CREATE VIRTUAL TABLE customers_search USING fts5 (
    search, content = 'customers', content_rowid = 'seq', tokenize = 'trigram'
);
CREATE TRIGGER customers_search_insert AFTER INSERT ON customers BEGIN
    INSERT INTO customers_search (rowid, search) VALUES (new.seq, new.search);
END;
CREATE TRIGGER customers_search_update AFTER UPDATE OF search ON customers BEGIN
    INSERT INTO customers_search (customers_search, rowid, search) VALUES ('delete', old.seq, old.search);
    INSERT INTO customers_search (rowid, search) VALUES (new.seq, new.search);
END;
CREATE TRIGGER customers_search_delete AFTER DELETE ON customers BEGIN
    INSERT INTO customers_search (customers_search, rowid, search) VALUES ('delete', old.seq, old.search);
END;

CREATE VIRTUAL TABLE catalogue_products_search USING fts5 (
    search, content = 'catalogue_products', content_rowid = 'seq', tokenize = 'trigram'
);
CREATE TRIGGER catalogue_products_search_insert AFTER INSERT ON catalogue_products BEGIN
    INSERT INTO catalogue_products_search (rowid, search) VALUES (new.seq, new.search);
END;
CREATE TRIGGER catalogue_products_search_update AFTER UPDATE OF search ON catalogue_products BEGIN
    INSERT INTO catalogue_products_search (catalogue_products_search, rowid, search) VALUES ('delete', old.seq, old.search);
    INSERT INTO catalogue_products_search (rowid, search) VALUES (new.seq, new.search);
END;
CREATE TRIGGER catalogue_products_search_delete AFTER DELETE ON catalogue_products BEGIN
    INSERT INTO catalogue_products_search (catalogue_products_search, rowid, search) VALUES ('delete', old.seq, old.search);
END;

CREATE VIRTUAL TABLE orders_search USING fts5 (
    search, content = 'orders', content_rowid = 'number', tokenize = 'trigram'
);
CREATE TRIGGER orders_search_insert AFTER INSERT ON orders BEGIN
    INSERT INTO orders_search (rowid, search) VALUES (new.number, new.search);
END;
CREATE TRIGGER orders_search_update AFTER UPDATE OF search ON orders BEGIN
    INSERT INTO orders_search (orders_search, rowid, search) VALUES ('delete', old.number, old.search);
    INSERT INTO orders_search (rowid, search) VALUES (new.number, new.search);
END;
CREATE TRIGGER orders_search_delete AFTER DELETE ON orders BEGIN
    INSERT INTO orders_search (orders_search, rowid, search) VALUES ('delete', old.number, old.search);
END;
