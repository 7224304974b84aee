-- Cash paid out: a voucher like the others, that pays one of them back.
ALTER TABLE vouchers ADD COLUMN kind TEXT NOT NULL DEFAULT 'payment' CHECK (kind IN ('payment', 'pickup'));
ALTER TABLE vouchers ADD COLUMN refunds TEXT REFERENCES vouchers;
-- Serves once at the gateway; kept before it is used.
ALTER TABLE vouchers ADD COLUMN gateway_token TEXT;

DROP INDEX one_live_voucher;
CREATE UNIQUE INDEX one_live_voucher ON vouchers (order_id, kind) WHERE status IN ('preparing', 'pending');
