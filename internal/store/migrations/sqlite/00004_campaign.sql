-- +goose Up
PRAGMA user_version = 4;

-- The campaign that a request was made in; empty if it was made alone. Like the rest of the row it repeats what the
-- request says, so that the requests of a campaign can be looked up.
ALTER TABLE standings ADD COLUMN campaign TEXT NOT NULL DEFAULT '';
CREATE INDEX standings_campaign ON standings (campaign, request);

-- What is kept does not know its campaign yet: it is folded anew.
UPDATE standing_basis SET basis = '';
