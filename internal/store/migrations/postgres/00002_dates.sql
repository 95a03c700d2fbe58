-- +goose Up

SET LOCAL search_path = pg_catalog, pg_temp;

UPDATE foia.about SET version = 2 WHERE one = 1;

-- What is due is folded from the events by foia, and a database cannot tell whether that was done right. Whoever may write
-- standings may hide a deadline, with whatever program. So only those who own the log do, who could change everything in
-- it; for everybody else, foia folds what the owner's standings do not have yet. Which those are is noted by the database.
-- +goose StatementBegin
CREATE FUNCTION foia.mark_stale() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    INSERT INTO foia.stale (request) SELECT DISTINCT request FROM entered ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
-- +goose StatementEnd

CREATE TRIGGER events_stale AFTER INSERT ON foia.events REFERENCING NEW TABLE AS entered FOR EACH STATEMENT EXECUTE FUNCTION foia.mark_stale();
ALTER TABLE foia.events ENABLE ALWAYS TRIGGER events_stale;
DROP FUNCTION foia.mark_hidden();

-- +goose StatementBegin
DO $$
BEGIN
    EXECUTE format('REVOKE INSERT, UPDATE, DELETE ON foia.standings, foia.deadlines, foia.standing_basis, foia.stale FROM %I', current_database() || '_writer');
END $$;
-- +goose StatementEnd

-- What writers could change until now is folded anew.
UPDATE foia.standing_basis SET basis = '', n = 0 WHERE one = 1;
DELETE FROM foia.stale;
REVOKE ALL ON FUNCTION foia.mark_stale() FROM PUBLIC;
