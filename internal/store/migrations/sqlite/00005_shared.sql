-- +goose Up
PRAGMA user_version = 5;

-- On which machine an event was entered. What was entered before does not say.
ALTER TABLE events ADD COLUMN machine TEXT NOT NULL DEFAULT '';

-- What lists are asked for: the series of a request, and its office. As plain columns they mean the same to every
-- database.
DROP INDEX standings_series;
ALTER TABLE standings ADD COLUMN series TEXT NOT NULL DEFAULT '';
ALTER TABLE standings ADD COLUMN office TEXT NOT NULL DEFAULT '';
CREATE INDEX standings_series ON standings (series, request);
CREATE INDEX standings_office ON standings (office, request);

-- What is kept does not know them yet: it is folded anew.
UPDATE standing_basis SET basis = '';
