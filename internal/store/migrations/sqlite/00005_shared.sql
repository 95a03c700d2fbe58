-- +goose Up
PRAGMA user_version = 5;

-- On which machine an event was entered. What was entered before does not say.
ALTER TABLE events ADD COLUMN machine TEXT NOT NULL DEFAULT '';

-- What lists are asked for: the series of a request, its office, and who works on it. As plain columns they mean the same to every
-- database.
DROP INDEX standings_series;
ALTER TABLE standings ADD COLUMN series TEXT NOT NULL DEFAULT '';
ALTER TABLE standings ADD COLUMN addressee TEXT NOT NULL DEFAULT '';
ALTER TABLE standings ADD COLUMN assignee TEXT NOT NULL DEFAULT '';
CREATE INDEX standings_series ON standings (series, request);
CREATE INDEX standings_addressee ON standings (addressee, request);
CREATE INDEX standings_assignee ON standings (assignee, request);

-- What is kept does not know them yet: it is folded anew.
UPDATE standing_basis SET basis = '';

-- Frozen files, in pieces, where documents are kept in the database.
CREATE TABLE documents (
    request TEXT NOT NULL REFERENCES requests (id),
    sha256  TEXT NOT NULL CHECK (length(sha256) = 64),
    piece   INTEGER NOT NULL CHECK (piece >= 0),
    content BLOB NOT NULL,
    PRIMARY KEY (request, sha256, piece)
) STRICT;

-- +goose StatementBegin
CREATE TRIGGER documents_no_update BEFORE UPDATE ON documents BEGIN
    SELECT RAISE(ABORT, 'the log is append-only: a document cannot be changed');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER documents_no_delete BEFORE DELETE ON documents BEGIN
    SELECT RAISE(ABORT, 'the log is append-only: a document cannot be removed');
END;
-- +goose StatementEnd

-- REPLACE would delete without firing the trigger above where recursive_triggers is off.
-- +goose StatementBegin
CREATE TRIGGER documents_in_order BEFORE INSERT ON documents
WHEN EXISTS (SELECT 1 FROM documents WHERE request = NEW.request AND sha256 = NEW.sha256 AND piece = NEW.piece) BEGIN
    SELECT RAISE(ABORT, 'the log is append-only: a document is kept once');
END;
-- +goose StatementEnd
