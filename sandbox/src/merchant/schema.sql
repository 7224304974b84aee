CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

CREATE TABLE orders (
    id TEXT PRIMARY KEY,
    product TEXT NOT NULL,
    pesos INTEGER NOT NULL CHECK (pesos > 0),
    hold_minutes INTEGER,
    placed_at INTEGER NOT NULL,
    closed_at INTEGER
) STRICT;

CREATE TABLE visits (
    session TEXT NOT NULL,
    order_id TEXT NOT NULL REFERENCES orders,
    PRIMARY KEY (session, order_id)
) STRICT, WITHOUT ROWID;

-- `issued` is the voucher as the gateway gave it; the columns beside it are what moves since.
CREATE TABLE vouchers (
    token TEXT PRIMARY KEY,
    order_id TEXT NOT NULL REFERENCES orders,
    invoice TEXT NOT NULL UNIQUE,
    supersedes TEXT REFERENCES vouchers,
    payment_id TEXT UNIQUE,
    status TEXT NOT NULL,
    issued TEXT,
    pesos INTEGER NOT NULL,
    expires_at INTEGER,
    order_expires_at INTEGER,
    amount_paid INTEGER,
    paid_at INTEGER,
    superseded_by TEXT REFERENCES vouchers,
    payer TEXT NOT NULL,
    consent_version TEXT NOT NULL,
    consent_accepted_at INTEGER NOT NULL,
    consent_recorded_at INTEGER NOT NULL,
    request_id TEXT,
    created_at INTEGER NOT NULL
) STRICT;

-- Whatever races: an order never has two vouchers that could both be paid.
CREATE UNIQUE INDEX one_live_voucher ON vouchers (order_id) WHERE status IN ('preparing', 'pending');

CREATE TABLE idempotency_keys (
    key TEXT PRIMARY KEY,
    token TEXT NOT NULL REFERENCES vouchers ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE history (
    id INTEGER PRIMARY KEY,
    token TEXT NOT NULL REFERENCES vouchers ON DELETE CASCADE,
    at INTEGER NOT NULL,
    status TEXT NOT NULL,
    cause TEXT NOT NULL,
    trace_id TEXT NOT NULL
) STRICT;

CREATE TABLE gateway_exchanges (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    trace_id TEXT NOT NULL,
    request TEXT NOT NULL,
    request_body TEXT NOT NULL,
    answer_status INTEGER,
    answer TEXT NOT NULL
) STRICT;

CREATE TABLE callbacks (
    id INTEGER PRIMARY KEY,
    received_at INTEGER NOT NULL,
    trace_id TEXT NOT NULL,
    method TEXT NOT NULL,
    url TEXT NOT NULL,
    headers TEXT NOT NULL,
    body BLOB NOT NULL,
    digest TEXT NOT NULL,
    verdict TEXT NOT NULL,
    reason TEXT,
    token TEXT REFERENCES vouchers
) STRICT;

CREATE INDEX callbacks_by_digest ON callbacks (digest);
