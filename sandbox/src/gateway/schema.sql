CREATE TABLE gw_account (
    customer_id TEXT PRIMARY KEY,
    signing_key TEXT NOT NULL,
    public_key TEXT NOT NULL UNIQUE,
    private_key TEXT NOT NULL,
    agreement TEXT NOT NULL,
    merchant_name TEXT NOT NULL
) STRICT;

CREATE TABLE gw_session (
    bearer TEXT PRIMARY KEY,
    customer_id TEXT NOT NULL REFERENCES gw_account,
    expires_at INTEGER NOT NULL
) STRICT;

CREATE TABLE gw_transaction (
    ref_payco INTEGER PRIMARY KEY,
    customer_id TEXT NOT NULL REFERENCES gw_account,
    invoice TEXT NOT NULL,
    description TEXT NOT NULL,
    value INTEGER NOT NULL,
    paid_value INTEGER,
    state INTEGER NOT NULL,
    receipt TEXT NOT NULL,
    approval_code TEXT NOT NULL DEFAULT '000000',
    payer TEXT NOT NULL,
    confirmation_url TEXT NOT NULL,
    confirmation_method TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    state_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    UNIQUE (customer_id, invoice)
) STRICT;

CREATE TABLE gw_outbox (
    id INTEGER PRIMARY KEY,
    ref_payco INTEGER NOT NULL REFERENCES gw_transaction,
    method TEXT NOT NULL,
    url TEXT NOT NULL,
    parameters TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    next_attempt_at INTEGER NOT NULL,
    delivered_at INTEGER,
    last_answer TEXT
) STRICT;

CREATE INDEX gw_outbox_due ON gw_outbox (next_attempt_at) WHERE delivered_at IS NULL;
