-- +goose Up

SET LOCAL search_path = pg_catalog, pg_temp;

UPDATE foia.about SET version = 3 WHERE one = 1;

-- The columns by which requests are looked up follow from what was frozen, as dates follow from the events: a writer who
-- could put the fingerprint of a request that others are about to make into their own would keep them from making it.
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION foia.request_in_order() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    frozen record;
BEGIN
    IF NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM foia.requests WHERE year = NEW.year) THEN
        RAISE EXCEPTION 'the log is append-only: a request takes the next number of its year';
    END IF;
    IF NEW.sha256 <> encode(sha256(convert_to(NEW.frozen, 'UTF8')), 'hex') OR json_typeof(NEW.frozen::json) <> 'object' THEN
        RAISE EXCEPTION 'the log is append-only: a request is written with the hash of what was frozen';
    END IF;
    SELECT * INTO STRICT frozen FROM json_to_record(NEW.frozen::json) AS x (id text, fingerprint text, office_id text, subject text, created text);
    IF frozen.id IS DISTINCT FROM NEW.id THEN
        RAISE EXCEPTION 'the log is append-only: a request is written with the hash of what was frozen';
    END IF;
    IF frozen.fingerprint IS DISTINCT FROM NEW.fingerprint OR frozen.office_id IS DISTINCT FROM NEW.office_id
            OR frozen.subject IS DISTINCT FROM NEW.subject OR frozen.created IS DISTINCT FROM NEW.created THEN
        RAISE EXCEPTION 'the log is append-only: fingerprint, office, subject and date of a request are those that were frozen';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd

REVOKE ALL ON FUNCTION foia.request_in_order() FROM PUBLIC;
