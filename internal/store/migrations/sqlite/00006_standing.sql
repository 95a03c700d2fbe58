-- +goose Up
PRAGMA user_version = 6;

-- The same table with a row ID. Without one, the rows, of some two kilobytes each, are the B-tree that is searched: a page of it
-- has two or three of them, and to look one up takes ten pages and an overflow page (sqlite.org/withoutrowid.html, section 4).
CREATE TABLE standings_by_row (
    request   TEXT PRIMARY KEY NOT NULL REFERENCES requests (id),
    open      INTEGER NOT NULL CHECK (open IN (0, 1)),
    last      TEXT NOT NULL,
    brief     TEXT NOT NULL,
    state     TEXT NOT NULL,
    campaign  TEXT NOT NULL DEFAULT '',
    series    TEXT NOT NULL DEFAULT '',
    addressee TEXT NOT NULL DEFAULT '',
    assignee  TEXT NOT NULL DEFAULT ''
) STRICT;
INSERT INTO standings_by_row (request, open, last, brief, state, campaign, series, addressee, assignee)
    SELECT request, open, last, brief, state, campaign, series, addressee, assignee FROM standings ORDER BY request;
DROP TABLE standings;
ALTER TABLE standings_by_row RENAME TO standings;

CREATE INDEX standings_open ON standings (open, request);
CREATE INDEX standings_last ON standings (last);
CREATE INDEX standings_campaign ON standings (campaign, request);
CREATE INDEX standings_series ON standings (series, request);
CREATE INDEX standings_addressee ON standings (addressee, request);
CREATE INDEX standings_assignee ON standings (assignee, request);
