-- +goose Up
PRAGMA user_version = 2;

-- Where each request stands, as its events, the law and the calendar give it. Nothing here is a fact of its own: it is
-- folded from the events and can be thrown away, so that lists need not fold a whole log.
CREATE TABLE standings (
    request TEXT PRIMARY KEY NOT NULL REFERENCES requests (id),
    open    INTEGER NOT NULL CHECK (open IN (0, 1)),
    last    TEXT NOT NULL,                   -- day of the last event
    brief   TEXT NOT NULL,                   -- the request in short, as JSON
    state   TEXT NOT NULL                    -- its state, as JSON
) STRICT, WITHOUT ROWID;

CREATE INDEX standings_open ON standings (open, request);
CREATE INDEX standings_last ON standings (last);

-- What is due, by day.
CREATE TABLE deadlines (
    due     TEXT NOT NULL,
    request TEXT NOT NULL,
    n       INTEGER NOT NULL,
    what    TEXT NOT NULL,
    of      TEXT NOT NULL,
    who     TEXT NOT NULL,
    lenient TEXT NOT NULL,
    last    TEXT NOT NULL,
    cite    TEXT NOT NULL,
    PRIMARY KEY (due, request, n)
) STRICT, WITHOUT ROWID;

CREATE INDEX deadlines_request ON deadlines (request);

CREATE INDEX requests_created ON requests (created);

-- What the standings rest on besides the events, and the last event that is in them.
CREATE TABLE standing_basis (
    one   INTEGER PRIMARY KEY CHECK (one = 1),
    basis TEXT NOT NULL,
    n     INTEGER NOT NULL
) STRICT;
INSERT INTO standing_basis (one, basis, n) VALUES (1, '', 0);
