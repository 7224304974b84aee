CREATE TABLE gw_kushki_account (
    public_merchant_id TEXT PRIMARY KEY,
    private_merchant_id TEXT NOT NULL UNIQUE,
    webhook_secret TEXT NOT NULL,
    merchant_name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE gw_kushki_token (
    token TEXT PRIMARY KEY,
    public_merchant_id TEXT NOT NULL REFERENCES gw_kushki_account,
    collector TEXT NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;

-- A token serves once.
CREATE TABLE gw_kushki_payout (
    ticket_number TEXT PRIMARY KEY,
    transaction_reference TEXT NOT NULL,
    public_merchant_id TEXT NOT NULL REFERENCES gw_kushki_account,
    token TEXT NOT NULL UNIQUE REFERENCES gw_kushki_token,
    pin TEXT NOT NULL UNIQUE,
    collector TEXT NOT NULL,
    metadata TEXT NOT NULL,
    webhooks TEXT NOT NULL,
    state TEXT NOT NULL,
    authorization TEXT,
    created_at INTEGER NOT NULL,
    state_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;

CREATE TABLE gw_kushki_outbox (
    id INTEGER PRIMARY KEY,
    ticket_number TEXT NOT NULL REFERENCES gw_kushki_payout,
    url TEXT NOT NULL,
    body TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    next_attempt_at INTEGER NOT NULL,
    delivered_at INTEGER,
    last_answer TEXT
) STRICT;

CREATE INDEX gw_kushki_outbox_due ON gw_kushki_outbox (next_attempt_at) WHERE delivered_at IS NULL;
