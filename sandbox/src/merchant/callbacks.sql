-- What was sent in all: of more than 64 kB the beginning is kept.
ALTER TABLE callbacks ADD COLUMN body_length INTEGER NOT NULL DEFAULT 0;
UPDATE callbacks SET body_length = length(body);

-- What a callback says of a payment, in one form for whatever bytes say it.
ALTER TABLE callbacks ADD COLUMN claim TEXT;
CREATE INDEX callbacks_by_claim ON callbacks (claim);
