-- +goose Up

-- 'FOIA' in ASCII: tells file(1) and foia itself whose file this is.
PRAGMA application_id = 1179601217;
-- The number of this migration: foia compares it with one query when it opens the log.
PRAGMA user_version = 1;

-- A request as it was frozen. The columns repeat parts of the JSON for looking up; the JSON is what counts.
CREATE TABLE requests (
    id          TEXT PRIMARY KEY NOT NULL,
    year        INTEGER NOT NULL CHECK (year BETWEEN 1776 AND 2200),
    number      INTEGER NOT NULL CHECK (number >= 1),
    fingerprint TEXT NOT NULL,
    office_id   TEXT NOT NULL,
    subject     TEXT NOT NULL,
    created     TEXT NOT NULL,               -- ISO date, empty if unknown
    frozen      TEXT NOT NULL,               -- the exact bytes that were hashed
    sha256      TEXT NOT NULL CHECK (length(sha256) = 64),
    UNIQUE (year, number),
    CHECK (id = printf('%d-%04d', year, number))
) STRICT;

CREATE INDEX requests_fingerprint ON requests (fingerprint);

-- What happened. n numbers the events of the whole log without a gap, so that the loss of the last one shows.
CREATE TABLE events (
    n        INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    request  TEXT NOT NULL REFERENCES requests (id),
    seq      INTEGER NOT NULL CHECK (seq >= 1),
    kind     TEXT NOT NULL CHECK (kind <> ''),
    on_day   TEXT NOT NULL,                  -- ISO date, empty if unknown
    recorded TEXT NOT NULL,                  -- RFC 3339, UTC
    by_whom  TEXT NOT NULL,
    data     TEXT NOT NULL,                  -- JSON object of strings
    prev     TEXT NOT NULL,                  -- hash of the event before it in this request; empty for the first
    hash     TEXT NOT NULL CHECK (length(hash) = 64),
    UNIQUE (request, seq)
) STRICT;

-- Nothing is changed or removed. REPLACE would delete without firing the triggers on delete where recursive_triggers
-- is off, therefore an insert must also continue the numbers.

-- +goose StatementBegin
CREATE TRIGGER requests_no_update BEFORE UPDATE ON requests BEGIN
    SELECT RAISE(ABORT, 'the log is append-only: a request cannot be changed');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER requests_no_delete BEFORE DELETE ON requests BEGIN
    SELECT RAISE(ABORT, 'the log is append-only: a request cannot be removed');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER requests_in_order BEFORE INSERT ON requests
WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM requests WHERE year = NEW.year) BEGIN
    SELECT RAISE(ABORT, 'the log is append-only: a request takes the next number of its year');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER events_no_update BEFORE UPDATE ON events BEGIN
    SELECT RAISE(ABORT, 'the log is append-only: an event cannot be changed');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER events_no_delete BEFORE DELETE ON events BEGIN
    SELECT RAISE(ABORT, 'the log is append-only: an event cannot be removed');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER events_in_order BEFORE INSERT ON events
WHEN EXISTS (SELECT 1 FROM events WHERE n = NEW.n)
  OR NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM events WHERE request = NEW.request)
  OR NEW.prev <> coalesce((SELECT hash FROM events WHERE request = NEW.request ORDER BY seq DESC LIMIT 1), '') BEGIN
    SELECT RAISE(ABORT, 'the log is append-only: an event follows the last one of its request');
END;
-- +goose StatementEnd
