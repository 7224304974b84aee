// The shop's tables: SQLite in one file, every commit on the disk before it is answered.
import { randomBytes } from 'node:crypto';

import Database from 'libsql';

const SCHEMA = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA foreign_keys = ON;
  CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS orders (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, pesos INTEGER NOT NULL, placed_at INTEGER NOT NULL
  ) STRICT;
  -- 'issued' is the voucher as the gateway gave it; the columns beside it are what moves since.
  CREATE TABLE IF NOT EXISTS vouchers (
    token TEXT PRIMARY KEY,
    order_id TEXT NOT NULL REFERENCES orders,
    invoice TEXT NOT NULL UNIQUE,
    payment_id TEXT UNIQUE,
    supersedes TEXT,
    superseded_by TEXT,
    status TEXT NOT NULL,
    pesos INTEGER NOT NULL,
    issued TEXT,
    amount_paid INTEGER,
    paid_at TEXT,
    payer TEXT NOT NULL,
    consent TEXT NOT NULL,
    request_id TEXT,
    created_at INTEGER NOT NULL
  ) STRICT;
  -- Whatever races: an order never has two vouchers that could both be paid.
  CREATE UNIQUE INDEX IF NOT EXISTS one_live_voucher ON vouchers (order_id)
    WHERE status IN ('preparing', 'pending');
  CREATE TABLE IF NOT EXISTS idempotency_keys (
    key TEXT PRIMARY KEY, token TEXT NOT NULL REFERENCES vouchers ON DELETE CASCADE
  ) STRICT;
  CREATE TABLE IF NOT EXISTS history (
    id INTEGER PRIMARY KEY, token TEXT NOT NULL REFERENCES vouchers ON DELETE CASCADE,
    at INTEGER NOT NULL, status TEXT NOT NULL, cause TEXT NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS exchanges (
    id INTEGER PRIMARY KEY, at INTEGER NOT NULL, request TEXT NOT NULL, body TEXT, status INTEGER, answer TEXT NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS callbacks (
    id INTEGER PRIMARY KEY, received_at INTEGER NOT NULL, url TEXT NOT NULL, headers TEXT NOT NULL,
    body BLOB NOT NULL, digest TEXT NOT NULL, verdict TEXT NOT NULL, reason TEXT, token TEXT
  ) STRICT;
`;

/** Columns that a file of an earlier version lacks. */
const NEWER = {
  // What was sent in all: of more than 64 kB the beginning is kept.
  body_length: 'INTEGER',
  // What a callback says of a payment, in one form for whatever bytes say it.
  claim: 'TEXT',
};

/** Opens the file, and makes it on the first start. */
export function open(path, products) {
  const db = new Database(path);
  db.exec(SCHEMA);
  const known = db.prepare('PRAGMA table_info(callbacks)').all().map(({ name }) => name);
  for (const [name, type] of Object.entries(NEWER)) {
    if (!known.includes(name)) db.exec(`ALTER TABLE callbacks ADD COLUMN ${name} ${type}`);
  }
  const store = {
    /** The first row, or undefined. */
    get: (sql, ...values) => db.prepare(sql).get(...values),
    all: (sql, ...values) => db.prepare(sql).all(...values),
    run: (sql, ...values) => db.prepare(sql).run(...values),
    /** Runs `change` whole or not at all, and returns what it returns. */
    write: (change) => db.transaction(change).immediate(),
    close: () => db.close(),
  };
  for (const { orderId, name, pesos } of products) {
    store.run('INSERT OR IGNORE INTO orders VALUES (?, ?, ?, ?)', orderId, name, pesos, Date.now());
  }
  return store;
}

/** A value that is made once and kept. */
export function setting(store, name, make = () => randomBytes(32).toString('hex')) {
  const known = store.get('SELECT value FROM settings WHERE name = ?', name);
  if (known) return known.value;
  const value = make();
  store.run('INSERT INTO settings VALUES (?, ?)', name, value);
  return value;
}
