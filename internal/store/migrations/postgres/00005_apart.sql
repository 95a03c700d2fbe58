-- +goose Up

SET LOCAL search_path = pg_catalog, pg_temp;

UPDATE foia.about SET version = 5 WHERE one = 1;

-- Row security keeps private rows out of what is returned, but EXPLAIN ANALYZE tells how many an index had before they were
-- left out, and the planner counts them: with an index over offices, names or dates, whoever may read could find out by guesses
-- what a private request is about. So standings and deadlines do not have them; whoever may see them folds them.
-- https://www.postgresql.org/docs/current/ddl-rowsecurity.html, on covert channels
-- +goose StatementBegin
CREATE FUNCTION foia.leave_out_private() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM foia.private WHERE request = NEW.request) THEN
        RETURN NULL;
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE FUNCTION foia.take_out_private() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    DELETE FROM foia.deadlines WHERE request = NEW.request;
    DELETE FROM foia.standings WHERE request = NEW.request;
    RETURN NULL;
END $$;
-- +goose StatementEnd

-- The private requests that the caller may see.
-- +goose StatementBegin
CREATE FUNCTION foia.apart() RETURNS SETOF text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT request FROM foia.private WHERE keeper = session_user OR session_user = ANY (people) OR foia.owns()
$$;
-- +goose StatementEnd

CREATE TRIGGER standings_not_private BEFORE INSERT OR UPDATE ON foia.standings FOR EACH ROW EXECUTE FUNCTION foia.leave_out_private();
CREATE TRIGGER deadlines_not_private BEFORE INSERT OR UPDATE ON foia.deadlines FOR EACH ROW EXECUTE FUNCTION foia.leave_out_private();
CREATE TRIGGER private_taken_out AFTER INSERT OR UPDATE ON foia.private FOR EACH ROW EXECUTE FUNCTION foia.take_out_private();
ALTER TABLE foia.standings ENABLE ALWAYS TRIGGER standings_not_private;
ALTER TABLE foia.deadlines ENABLE ALWAYS TRIGGER deadlines_not_private;
ALTER TABLE foia.private ENABLE ALWAYS TRIGGER private_taken_out;

-- Nor does the planner know which offices, subjects and people there are: its estimates would tell. What it knew goes when a
-- column gets the type that it has.
ALTER TABLE foia.requests ALTER office_id TYPE text COLLATE "C", ALTER subject TYPE text;
ALTER TABLE foia.events ALTER by_whom TYPE text, ALTER machine TYPE text, ALTER data TYPE text;
ALTER TABLE foia.requests ALTER office_id SET STATISTICS 0, ALTER subject SET STATISTICS 0, ALTER frozen SET STATISTICS 0;
ALTER TABLE foia.events ALTER kind SET STATISTICS 0, ALTER by_whom SET STATISTICS 0, ALTER machine SET STATISTICS 0,
    ALTER data SET STATISTICS 0;

DELETE FROM foia.deadlines WHERE request IN (SELECT request FROM foia.private);
DELETE FROM foia.standings WHERE request IN (SELECT request FROM foia.private);

REVOKE ALL ON FUNCTION foia.leave_out_private(), foia.take_out_private(), foia.apart() FROM PUBLIC;
